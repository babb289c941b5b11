"""`weft run`: the bot at work, until it is told to stop."""

import logging
import random
import signal
import threading
from contextlib import ExitStack

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.app import Weft, compose
from bot.cli.check import code_of, words_for
from bot.cli.health import show_health, watch
from bot.cli.logs import without_words
from bot.cli.memory import share_one_arena
from bot.cli.opening import open_database, upgraded
from bot.config import Settings, check_tokens
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.core.watcher import NOBODY, Watcher
from bot.scheduler import carry_until, run_all_ticks, run_last_ticks, schedule
from bot.slack.contact import Socket
from bot.version import VERSION
from storage.db import Database

logger = logging.getLogger(__name__)


def run(settings: Settings, stopped: threading.Event | None = None) -> None:
    """Work until SIGINT, SIGTERM or the event. Raises SetupError when it can't begin."""
    check_tokens(settings)
    share_one_arena()
    stopped = stopped or stop_on_signals()
    with ExitStack() as stack:
        database = open_database(settings.database_url)
        stack.callback(database.close)
        upgraded(database)
        weft = connect(settings, database, watch(settings))
        stack.callback(weft.carrier.release)
        stack.callback(run_last_ticks, weft)
        carrying = threading.Thread(
            target=carry_until, args=(stopped, weft.bot, weft.carrier.carry), name="carrier", daemon=True
        )
        carrying.start()
        stack.callback(carrying.join, 15)
        stack.callback(stopped.set)
        stack.callback(weft.carrier.stop)
        scheduler = schedule(weft)
        scheduler.start()
        stack.callback(scheduler.shutdown)
        socket = prepare_socket(settings, weft)
        show_health(settings, weft, socket, stack)
        listen(settings, weft, socket, stack)
        threading.Thread(target=run_all_ticks, args=(weft,), name="first look", daemon=True).start()
        logger.info("Weft is running", extra=about_start(settings, weft))
        stopped.wait()


def about_start(settings: Settings, weft: Weft) -> dict[str, str]:
    return {
        "workspace": weft.bot.workspace_id,
        "version": VERSION,
        "database": weft.bot.db.address,
        "mode": "Socket Mode" if settings.http_port is None else "HTTP",
    }


def connect(settings: Settings, database: Database, watcher: Watcher = NOBODY) -> Weft:
    try:
        return compose(
            database,
            SystemClock(),
            random.SystemRandom(),
            token=settings.slack_bot_token,
            api_url=settings.slack_api_url,
            signing_secret=settings.slack_signing_secret if settings.http_port else "",
            watcher=watcher,
        )
    except (SlackClientError, OSError) as problem:
        raise SetupError(words_for(problem)) from problem


def prepare_socket(settings: Settings, weft: Weft) -> Socket | None:
    """None with an address of our own, where Slack comes to us."""
    if settings.http_port is not None:
        return None
    logger_of_sdk = without_words("bot.socket_mode")
    return Socket(weft.app, settings.slack_app_token, weft.bot.clock, logger_of_sdk)


def listen(settings: Settings, weft: Weft, socket: Socket | None, stack: ExitStack) -> None:
    if settings.http_port is not None:
        from bot.cli.http import events, serve

        serve(events(weft.app), "HTTP_PORT", settings.http_port, stack)
    if socket is None:
        return
    try:
        stack.callback(socket.close)
        socket.connect()
    except SlackApiError as problem:
        raise SetupError(
            f"Slack does not take SLACK_APP_TOKEN ({code_of(problem)}). `weft check` says more."
        ) from problem
    except (SlackClientError, OSError) as problem:
        raise SetupError("Slack can't be reached for Socket Mode. `weft check` says more.") from problem


def stop_on_signals() -> threading.Event:
    stopped = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    return stopped
