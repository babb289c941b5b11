"""Envelopes from the workspace to the bot, and their delivery queue."""

import random
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from bot.slacksim.state import Json

RETRY_AFTER = (0, 60, 360)
"""Slack's retry delays in seconds, each since the event: at once, after one minute, after five more."""
RETRIES = len(RETRY_AFTER)


@dataclass(frozen=True)
class Envelope:
    kind: str
    payload: Json
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    retry_attempt: int = 0
    retry_reason: str = ""

    @property
    def is_event(self) -> bool:
        return self.kind == "events_api"

    @property
    def accepts_response_payload(self) -> bool:
        return not self.is_event

    @property
    def next_retry(self) -> int | None:
        """Return the Unix time of the next retry. None after the last one and for interactions: no retries."""
        if not self.is_event or self.retry_attempt >= RETRIES:
            return None
        happened: int = self.payload["event_time"]
        return happened + RETRY_AFTER[self.retry_attempt]

    def again(self) -> "Envelope":
        return replace(self, id=str(uuid.uuid4()), retry_attempt=self.retry_attempt + 1, retry_reason="timeout")


@dataclass(frozen=True)
class Ack:
    """The bot's acknowledgement of an envelope, with its immediate response, if any."""

    payload: Json = field(default_factory=dict)


class Transport(Protocol):
    # Whether events caused by the bot's own calls arrive by themselves, as in reality. If False, they wait for a
    # person's next action: a bot that runs in the caller's thread must not be called during a call.
    in_background: bool

    @property
    def is_listening(self) -> bool: ...

    def deliver(self, envelope: Envelope) -> Ack | None: ...


@runtime_checkable
class GoesOn(Protocol):
    """A transport whose app continues after its response, and must be told when that has arrived."""

    def followed(self) -> None: ...


@runtime_checkable
class DrawsAgain(Protocol):
    """A transport whose app updates a view again some seconds after its response."""

    def seconds_passed(self) -> None: ...


class Deliveries:
    """Delivery queue. Each envelope is delivered once, unless a fault says otherwise; unacknowledged ones are kept."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self.pending: deque[Envelope] = deque()
        self.held: list[Envelope] = []
        self.unacknowledged: list[Envelope] = []
        self.is_holding = False
        self.is_doubling = False

    def put(self, envelope: Envelope) -> None:
        if not self.transport.is_listening:
            return
        copies = [envelope, envelope.again()] if self.is_doubling else [envelope]
        (self.held if self.is_holding else self.pending).extend(copies)

    def followed(self) -> None:
        """Signal that a form's response was applied, so that an app in this thread may continue."""
        if isinstance(self.transport, GoesOn):
            self.transport.followed()

    def seconds_passed(self) -> None:
        """Signal that a few seconds have passed without any other action."""
        if isinstance(self.transport, DrawsAgain):
            self.transport.seconds_passed()

    def settle(self) -> None:
        """Deliver everything that is queued, including what that causes."""
        while self.pending:
            try:
                envelope = self.pending.popleft()
            except IndexError:
                return
            self.send(envelope)

    def send(self, envelope: Envelope) -> Ack | None:
        ack = self.transport.deliver(envelope)
        if ack is None:
            self.unacknowledged.append(envelope)
        return ack

    def resend_unacknowledged(self) -> int:
        """Retry events at once. Interactions aren't retried: people have to click again."""
        waiting, self.unacknowledged = self.unacknowledged, []
        again = [each.again() for each in waiting if each.next_retry is not None]
        for envelope in again:
            self.send(envelope)
        return len(again)

    @property
    def next_retry(self) -> int | None:
        moments = [each.next_retry for each in self.unacknowledged]
        return min((moment for moment in moments if moment is not None), default=None)

    def retry(self, now: float) -> None:
        """Retry events at every retry time up to `now`, and drop those that are out of retries."""
        while (moment := self.next_retry) is not None and moment <= now:
            due = next(each for each in self.unacknowledged if each.next_retry == moment)
            self.unacknowledged.remove(due)
            self.send(due.again())
        self.unacknowledged = [each for each in self.unacknowledged if each.next_retry is not None]
        self.settle()

    def release(self, order: random.Random | None) -> None:
        held, self.held, self.is_holding = self.held, [], False
        if order is not None:
            order.shuffle(held)
        self.pending.extend(held)
        self.settle()
