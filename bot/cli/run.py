"""`weft run`: the bot at work, until it is told to stop."""

import logging
import random
import signal
import threading
from contextlib import ExitStack

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.app import Weft, compose
from bot.cli.check import code_of, words_for
from bot.cli.logs import without_words
from bot.cli.opening import open_database, upgraded
from bot.config import Settings, check_tokens
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.scheduler import carry_until, run_all_ticks, schedule
from storage.db import Database

logger = logging.getLogger(__name__)


def run(settings: Settings, stopped: threading.Event | None = None) -> None:
    """Work until SIGINT, SIGTERM or the event. Raises SetupError when it can't begin."""
    check_tokens(settings)
    stopped = stopped or stop_on_signals()
    with ExitStack() as stack:
        database = open_database(settings.database_url)
        stack.callback(database.close)
        upgraded(database)
        weft = connect(settings, database)
        stack.callback(weft.carrier.release)
        carrying = threading.Thread(
            target=carry_until, args=(stopped, weft.bot, weft.carrier.carry), name="carrier", daemon=True
        )
        carrying.start()
        stack.callback(carrying.join, 15)
        stack.callback(stopped.set)
        scheduler = schedule(weft)
        scheduler.start()
        stack.callback(scheduler.shutdown)
        listen(settings, weft, stack)
        threading.Thread(target=run_all_ticks, args=(weft,), name="first look", daemon=True).start()
        logger.info("Weft is running", extra={"workspace": weft.bot.workspace_id})
        stopped.wait()


def connect(settings: Settings, database: Database) -> Weft:
    try:
        return compose(
            database,
            SystemClock(),
            random.SystemRandom(),
            token=settings.slack_bot_token,
            api_url=settings.slack_api_url,
            signing_secret=settings.slack_signing_secret if settings.http_port else "",
        )
    except (SlackClientError, OSError) as problem:
        raise SetupError(words_for(problem)) from problem


def listen(settings: Settings, weft: Weft, stack: ExitStack) -> None:
    if settings.http_port is not None:
        from bot.cli.http import serve

        serve(weft.app, settings.http_port, stack)
        return
    try:
        handler = SocketModeHandler(weft.app, settings.slack_app_token, logger=without_words("bot.socket_mode"))
        stack.callback(handler.close)
        handler.connect()  # type: ignore[no-untyped-call]
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
