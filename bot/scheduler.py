"""APScheduler calls the ticks; it keeps no plans. What is due stands in the database."""

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
"""A message put into the outbox waits no longer than this for somebody to look."""


def run_tick(weft: Weft, tick: Tick) -> None:
    """A tick that fails is called again at its next turn; nothing it did halfway is kept."""
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
    """In this order. As long as none of them has anything to do, all are asked in one reading."""
    waiting = deque(ticks)
    while waiting:
        pass_over_idle(weft, waiting)
        if waiting:
            run_tick(weft, waiting.popleft())


def pass_over_idle(weft: Weft, waiting: deque[Tick]) -> None:
    """A question that can't be answered is left to its tick: it runs, and what is wrong shows and is told of there."""
    with suppress(Exception), weft.bot.look() as work:
        while waiting and not waiting[0].is_due(work):
            weft.bot.watcher.tick_ended(waiting.popleft().name, well=True)


def run_all_ticks(weft: Weft) -> None:
    """Every tick once, in the order of the features: at the start, in tests and in the demo."""
    run_when_due(weft, *(tick for feature in weft.features for tick in feature.ticks))


def run_while_clock_is_right(weft: Weft, *ticks: Tick) -> None:
    """What a tick writes down by a wrong clock would stay: then none runs."""
    if weft.clock_guard.check():
        run_when_due(weft, *ticks)


def run_last_ticks(weft: Weft) -> None:
    """When the process stops in order and nothing comes in any more."""
    for feature in weft.features:
        for tick in feature.ticks:
            if tick.is_last_too:
                run_tick(weft, tick)


class DaemonThreads(BaseExecutor):  # type: ignore[misc]
    """A thread for each call. Unlike those of a pool, none keeps the process from ending while Slack lets it wait."""

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
    """The carrier's own thread."""
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
