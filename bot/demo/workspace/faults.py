"""What can go wrong between the bot and Slack, on demand."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.demo.workspace.state import Json


class Line(Enum):
    """What happens to the connection."""

    WORKS = auto()
    DROPPED_BEFORE = auto()
    DROPPED_AFTER = auto()


@dataclass(frozen=True)
class Answer:
    body: Json | str | bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    line: Line = Line.WORKS
    delay: float = 0.0

    @property
    def error(self) -> str | None:
        """What went wrong as the caller sees it; None when the call was carried out and answered."""
        if self.line is not Line.WORKS:
            return self.line.name.lower()
        if isinstance(self.body, str | bytes):
            return "nonsense"
        return None if self.body.get("ok") else str(self.body.get("error"))


@dataclass(frozen=True)
class Fault:
    """`instead`: answered without doing anything. Otherwise the call is carried out, and its answer spoiled."""

    instead: Answer | None = None
    line: Line = Line.WORKS
    delay: float = 0.0


class Faults:
    """Each waits for the next `times` calls of its method. Several for one method come in the order given."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def take(self, method: str) -> Fault | None:
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None

    def _add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method].extend([fault] * times)

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 30) -> None:
        self._add(method, Fault(instead=too_many(retry_after)), times)

    def server_error(self, method: str, times: int = 1, status: int = 500) -> None:
        self._add(method, Fault(instead=Answer({"ok": False, "error": "internal_error"}, status)), times)

    def refuse(self, method: str, error: str, times: int = 1) -> None:
        """Any error may be named here: Slack adds new ones without asking."""
        self._add(method, Fault(instead=Answer({"ok": False, "error": error})), times)

    def lose_answer(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(line=Line.DROPPED_AFTER), times)

    def drop_request(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(instead=Answer({}, line=Line.DROPPED_BEFORE)), times)

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """In real time: a client's timeout doesn't follow the workspace's clock."""
        self._add(method, Fault(delay=seconds), times)

    def nonsense(self, method: str, times: int = 1) -> None:
        self._add(method, Fault(instead=Answer("<!DOCTYPE html><title>Slack is down</title>")), times)


def too_many(retry_after: int) -> Answer:
    return Answer({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(retry_after)})
