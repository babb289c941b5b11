"""What is done a little later, in threads that nobody waits for: after acknowledgements."""

import logging
from collections.abc import Callable
from threading import Lock, Timer

from slack_sdk.errors import SlackApiError

from bot.slack.replies import understood

logger = logging.getLogger(__name__)

Work = Callable[[], None]
LONGEST = 10.0
"""Seconds that a stop waits for work that has begun."""


class Deferred:
    """Work of which none is lost at the stop: `finish` does at once what still waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[Timer, Work] = {}
        self._at_work: set[Timer] = set()

    def after(self, seconds: float, work: Work) -> Callable[[], None]:
        """Returns what cancels it."""
        timer = Timer(seconds, lambda: self._do(timer))
        timer.daemon = True
        with self._lock:
            self._waiting[timer] = work
            timer.start()
        return lambda: self._cancel(timer)

    def finish(self) -> None:
        for _ in range(2):  # What a form leaves to be done may leave its second drawing.
            with self._lock:
                pending = [*self._waiting, *self._at_work]
            for timer in pending:
                timer.cancel()
                self._do(timer)
                timer.join(LONGEST)

    def _cancel(self, timer: Timer) -> None:
        timer.cancel()
        with self._lock:
            self._waiting.pop(timer, None)

    def _do(self, timer: Timer) -> None:
        with self._lock:
            work = self._waiting.pop(timer, None)
            if work is None:
                return
            self._at_work.add(timer)
        calmly(work)
        with self._lock:
            self._at_work.discard(timer)


def calmly(work: Work) -> None:
    """In a thread of its own nobody else hears of a failure."""
    try:
        work()
    except SlackApiError as refusal:
        logger.warning("what follows an acknowledgement was refused", extra={"code": understood(refusal)})
    except Exception as failure:
        logger.exception("what follows an acknowledgement failed", extra={"kind": type(failure).__name__})
