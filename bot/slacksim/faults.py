"""Fault injection between the bot and Slack."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from bot.slacksim.state import Content


class Line(Enum):
    """State of the connection during a call."""

    WORKS = auto()
    DROPPED_BEFORE = auto()
    DROPPED_AFTER = auto()
    TIMED_OUT = auto()
    """Cut at once, so that no test waits. Slack still has the request and carries it out later."""


@dataclass(frozen=True)
class Answer:
    """A response. `body` is sent as is if it is text or bytes, and as JSON otherwise."""

    body: Content
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    line: Line = Line.WORKS
    delay: float = 0.0
    pause: float = 0.0
    """Real seconds between bytes of the body."""

    @property
    def error(self) -> str | None:
        """Return the error as the caller sees it; None if the call was carried out and answered."""
        if self.line is not Line.WORKS:
            return self.line.name.lower()
        if not isinstance(self.body, dict):
            return "nonsense"
        return None if self.body.get("ok") else str(self.body.get("error"))


@dataclass(frozen=True)
class Fault:
    """A fault of one call. `instead` answers without carrying it out; otherwise only the response is affected."""

    instead: Answer | None = None
    afterwards: Answer | None = None
    """Replaces the response after the call was carried out."""
    late: timedelta | None = None
    """Delay after which the call is carried out, unnoticed by the caller."""
    line: Line = Line.WORKS
    delay: float = 0.0
    pause: float = 0.0


class Faults:
    """Pending faults. Each applies to the next `times` calls of its method; several apply in order."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self.history_lags_by = timedelta()
        self.silence_ends_after: timedelta | None = None
        self._late_acknowledgements: deque[float] = deque()

    def take(self, method: str) -> Fault | None:
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def calm(self) -> None:
        """Remove all pending faults."""
        self._waiting.clear()
        self.history_lags_by, self.silence_ends_after = timedelta(), None

    def _add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method].extend([fault] * times)

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 30) -> None:
        self._add(method, Fault(instead=too_many(retry_after)), times)

    def server_error(self, method: str, times: int = 1, status: int = 500) -> None:
        self._add(method, Fault(instead=Answer({"ok": False, "error": "internal_error"}, status)), times)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Refuse with any error, documented or not: Slack adds new ones."""
        self._add(method, Fault(instead=Answer({"ok": False, "error": error})), times)

    def lose_answer(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(line=Line.DROPPED_AFTER), times)

    def drop_request(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(instead=Answer({}, line=Line.DROPPED_BEFORE)), times)

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """Delay the response in real time, since client timeouts don't follow the workspace's clock."""
        self._add(method, Fault(delay=seconds), times)

    def trickle(self, method: str, pause: float, times: int = 1) -> None:
        """Send the response byte by byte, `pause` real seconds apart, so that no single read times out."""
        self._add(method, Fault(pause=pause), times)

    def nonsense(self, method: str, times: int = 1) -> None:
        self.answer(method, "<!DOCTYPE html><title>Slack is down</title>", times=times)

    def answer(
        self,
        method: str,
        body: Content,
        status: int = 200,
        headers: dict[str, str] | None = None,
        *,
        is_done: bool = False,
        times: int = 1,
    ) -> None:
        """Send any response, as portals and proxies do. `is_done`: only after the call was carried out."""
        answer = Answer(body, status, headers or {})
        self._add(method, Fault(afterwards=answer) if is_done else Fault(instead=answer), times)

    def acknowledge_late(self, seconds: float, times: int = 1) -> None:
        """Apply a form's response this many real seconds late, after whatever the app does meanwhile."""
        self._late_acknowledgements.extend([seconds] * times)

    def take_late_acknowledgement(self) -> float | None:
        return self._late_acknowledgements.popleft() if self._late_acknowledgements else None

    # In workspace time

    def late(self, method: str, seconds: float, times: int = 1) -> None:
        """Let the caller time out, and carry out the call `seconds` later, whatever it has done by then."""
        self._add(method, Fault(late=timedelta(seconds=seconds)), times)

    def history_lag(self, seconds: float) -> None:
        """Hide messages from histories and replies for `seconds` after they are posted."""
        self.history_lags_by = timedelta(seconds=seconds)

    def closes_silent(self, seconds: float) -> None:
        """Close connections that had no request for longer than `seconds`."""
        self.silence_ends_after = timedelta(seconds=seconds)


def too_many(retry_after: int) -> Answer:
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(retry_after)})
