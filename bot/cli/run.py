"""`weft run`: the bot process."""

import logging
import random
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.app import Weft, compose
from bot.cli.health import show_health, watch
from bot.cli.logs import without_words
from bot.cli.memory import share_one_arena
from bot.cli.opening import open_database, upgraded
from bot.cli.refusals import code_of, words_for
from bot.cli.rights import close_to_others, files_of
from bot.config import Settings, check_tokens
from bot.core import resync
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.core.watcher import NULL_METRICS, Metrics
from bot.delivery.process_lock import lock_beside
from bot.scheduler import carry_until, run_last_ticks, run_while_clock_is_right, schedule
from bot.slack.contact import Contact, Socket
from bot.slack.ours import check_same_app
from bot.version import VERSION
from storage.db import Database

logger = logging.getLogger(__name__)


def run(settings: Settings, stopped: threading.Event | None = None, *, add_workspace: bool = False) -> None:
    """Run until SIGINT, SIGTERM or `stopped`. Raises SetupError if it can't start.

    `add_workspace`: allow a database that already belongs to another workspace.
    """
    check_tokens(settings)
    share_one_arena()
    stopped = stopped or stop_on_signals()
    with ExitStack() as stack:
        database = open_database(settings.database_url)
        stack.callback(database.close)
        close_to_others(files_of(database))
        upgraded(database)
        weft = connect(settings, database, watch(settings), add_workspace=add_workspace)
        stack.callback(weft.carrier.release)
        stack.callback(run_last_ticks, weft)
        carrying = threading.Thread(
            target=carry_until, args=(stopped, weft.bot, weft.clock_guard.carry), name="carrier", daemon=True
        )
        carrying.start()
        stack.callback(carrying.join, 15)
        stack.callback(stopped.set)
        stack.callback(weft.carrier.stop)
        scheduler = schedule(weft)
        scheduler.start()
        stack.callback(scheduler.shutdown)
        edge = receiver(settings, weft) if settings.http_port is not None else socket_mode(settings, weft)
        show_health(settings, weft, edge.contact, stack)
        stack.callback(weft.app.finish)
        edge.listen(stack)
        ticks = [tick for feature in weft.features for tick in feature.ticks]
        first_look = partial(run_while_clock_is_right, weft, *ticks)
        threading.Thread(target=first_look, name="first look", daemon=True).start()
        logger.info("Weft is running", extra=about_start(settings, weft))
        stopped.wait()


def about_start(settings: Settings, weft: Weft) -> dict[str, str]:
    return {
        "workspace": weft.bot.workspace_id,
        "version": VERSION,
        "database": weft.bot.db.address,
        "mode": "Socket Mode" if settings.http_port is None else "HTTP",
    }


def connect(
    settings: Settings, database: Database, watcher: Metrics = NULL_METRICS, *, add_workspace: bool = True
) -> Weft:
    try:
        return compose(
            database,
            SystemClock(),
            random.SystemRandom(),
            token=settings.slack_bot_token,
            api_url=settings.slack_api_url,
            watcher=watcher,
            may_add_workspace=add_workspace,
            lock=lock_beside(database),
        )
    except (SlackClientError, OSError) as problem:
        raise SetupError(words_for(problem)) from problem


@dataclass(frozen=True, slots=True)
class Edge:
    """One of the two transports from Slack to the bot."""

    contact: Callable[[], Contact]
    listen: Callable[[ExitStack], None]


def receiver(settings: Settings, weft: Weft) -> Edge:
    from bot.cli.http import Receiver, serve

    port = settings.http_port or 0
    receives = Receiver(weft.app, settings.slack_signing_secret, weft.bot.clock)
    listen = partial(serve, receives.pages(), "HTTP_PORT", port, host=settings.http_host)
    return Edge(receives.contact, listen)


def socket_mode(settings: Settings, weft: Weft) -> Edge:
    check_same_app(weft.app_id, settings.slack_app_token)
    socket = Socket(
        weft.app,
        settings.slack_app_token,
        weft.bot.clock,
        without_words("bot.socket_mode"),
        on_gap=partial(resync.request, weft.bot),
    )
    return Edge(socket.contact, partial(connect_socket, socket))


def connect_socket(socket: Socket, stack: ExitStack) -> None:
    try:
        stack.callback(socket.close)
        socket.connect()
    except SlackApiError as problem:
        raise SetupError(
            f"Slack rejected SLACK_APP_TOKEN ({code_of(problem)}). Run `weft check` to see how to fix it."
        ) from problem
    except (SlackClientError, OSError) as problem:
        raise SetupError(
            "Can't reach Slack for Socket Mode. Check your network, your proxy, and SLACK_API_URL."
        ) from problem


def stop_on_signals() -> threading.Event:
    stopped = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    return stopped
