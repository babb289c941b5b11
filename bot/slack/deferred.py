"""Background work that runs shortly after an acknowledgement, in threads of its own."""

import logging
from collections.abc import Callable
from threading import Lock, Timer

from slack_sdk.errors import SlackApiError

from bot.slack.replies import understood

logger = logging.getLogger(__name__)

Work = Callable[[], None]
LONGEST = 10.0
"""Shutdown timeout, in seconds, for work that has begun."""


class Deferred:
    """Timers whose work isn't lost on shutdown: `finish` runs what is still pending."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[Timer, Work] = {}
        self._at_work: set[Timer] = set()

    def after(self, seconds: float, work: Work) -> Callable[[], None]:
        """Schedule work. Returns a function that cancels it."""
        timer = Timer(seconds, lambda: self._do(timer))
        timer.daemon = True
        with self._lock:
            self._waiting[timer] = work
            timer.start()
        return lambda: self._cancel(timer)

    def finish(self) -> None:
        for _ in range(2):  # Twice, as a form's pending work may schedule its second redraw.
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
    """Run work and log its failure: in a thread of its own nothing else would report it."""
    try:
        work()
    except SlackApiError as refusal:
        logger.warning("what follows an acknowledgement was refused", extra={"code": understood(refusal)})
    except Exception as failure:
        logger.exception("what follows an acknowledgement failed", extra={"kind": type(failure).__name__})
