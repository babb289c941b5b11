"""What is done a little later, in threads that nobody waits for: after acknowledgements."""

import logging
from collections.abc import Callable
from threading import Lock, Timer

from slack_sdk.errors import SlackApiError

from bot.slack.replies import understood

logger = logging.getLogger(__name__)

Work = Callable[[], None]


class Deferred:
    """Work of which none is lost at the stop: `finish` does at once what still waits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[Timer, Work] = {}

    def after(self, seconds: float, work: Work) -> Callable[[], None]:
        """Returns what cancels it."""
        timer = Timer(seconds, lambda: self._do(timer))
        timer.daemon = True
        with self._lock:
            self._waiting[timer] = work
        timer.start()
        return lambda: self._cancel(timer)

    def finish(self) -> None:
        """What is left over may leave something to be done, too."""
        while waiting := list(self._waiting):
            for timer in waiting:
                timer.cancel()
                self._do(timer)

    def _cancel(self, timer: Timer) -> None:
        timer.cancel()
        with self._lock:
            self._waiting.pop(timer, None)

    def _do(self, timer: Timer) -> None:
        with self._lock:
            work = self._waiting.pop(timer, None)
        if work is not None:
            calmly(work)


def calmly(work: Work) -> None:
    """In a thread of its own nobody else hears of a failure."""
    try:
        work()
    except SlackApiError as refusal:
        logger.warning("what follows an acknowledgement was refused", extra={"code": understood(refusal)})
    except Exception as failure:
        logger.exception("what follows an acknowledgement failed", extra={"kind": type(failure).__name__})
