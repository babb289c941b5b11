"""Runs the ticks with APScheduler. Jobs are not persisted: due work is found in the database."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from apscheduler.executors.base import BaseExecutor, run_job
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError

from bot.app import Weft
from bot.core.feature import Tick
from bot.core.work import Bot
from bot.slack.client import SLACK_FAILURES

logger = logging.getLogger(__name__)

LONGEST_SLEEP = timedelta(seconds=1)
"""Polling interval: the longest that a new outbox message waits to be noticed."""


def run_tick(weft: Weft, tick: Tick) -> None:
    """Run a tick. After a failure it runs again at its next interval; its unfinished transaction is rolled back."""
    try:
        tick.run(weft.bot, weft.reads)
    except (*SLACK_FAILURES, OperationalError) as problem:
        logger.warning("a tick did not get through", extra={"tick": tick.name, "kind": type(problem).__name__})
    except Exception:
        logger.exception("a tick failed", extra={"tick": tick.name})
    else:
        weft.bot.watcher.tick_ended(tick.name, well=True)
        return
    weft.bot.watcher.tick_ended(tick.name, well=False)


def run_when_due(weft: Weft, *ticks: Tick) -> None:
    """Run due ticks in order. Consecutive idle ticks are checked in a single read transaction."""
    waiting = deque(ticks)
    while waiting:
        skip_idle(weft, waiting)
        if waiting:
            run_tick(weft, waiting.popleft())


def skip_idle(weft: Weft, waiting: deque[Tick]) -> None:
    """Drop leading ticks that have nothing to do. A tick whose check fails runs, so that its error is reported."""
    with suppress(Exception), weft.bot.look() as work:
        while waiting and not waiting[0].is_due(work):
            weft.bot.watcher.tick_ended(waiting.popleft().name, well=True)


def run_all_ticks(weft: Weft) -> None:
    """Run every tick once in feature order: on startup, in tests and in the demo."""
    run_when_due(weft, *(tick for feature in weft.features for tick in feature.ticks))


def run_while_clock_is_right(weft: Weft, *ticks: Tick) -> None:
    """Run due ticks unless the clock is wrong: they would store wrong times."""
    if weft.clock_guard.check():
        run_when_due(weft, *ticks)


def run_last_ticks(weft: Weft) -> None:
    """Run the shutdown ticks, once no more events come in."""
    for feature in weft.features:
        for tick in feature.ticks:
            if tick.is_last_too:
                run_tick(weft, tick)


class DaemonThreads(BaseExecutor):  # type: ignore[misc]
    """Executor with a daemon thread per job: unlike pool threads, they don't block exit while Slack is slow."""

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:  # noqa: ANN401 - APScheduler has no types
        threading.Thread(target=self._call, args=(job, run_times), name=job.id, daemon=True).start()

    def _call(self, job: Any, run_times: list[datetime]) -> None:  # noqa: ANN401
        self._run_job_success(job.id, run_job(job, job._jobstore_alias, run_times, self._logger.name))


def schedule(weft: Weft) -> BackgroundScheduler:
    scheduler = BackgroundScheduler(timezone="UTC", executors={"default": DaemonThreads()})
    for feature in weft.features:
        for tick in feature.ticks:
            scheduler.add_job(
                run_while_clock_is_right,
                "interval",
                seconds=tick.every.total_seconds(),
                args=(weft, tick),
                id=f"{feature.name}: {tick.name}",
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
    return scheduler


def carry_until(stopped: threading.Event, bot: Bot, carry: Callable[[], datetime | None]) -> None:
    """Run the sender until `stopped` is set: the loop of its thread."""
    while not stopped.is_set():
        carry_once(carry)
        stopped.wait(LONGEST_SLEEP.total_seconds())


def carry_once(carry: Callable[[], datetime | None]) -> datetime | None:
    try:
        return carry()
    except OperationalError as problem:
        logger.warning("delivery did not get through", extra={"kind": type(problem).__name__})
    except Exception:
        logger.exception("delivery failed and goes on")
    return None
