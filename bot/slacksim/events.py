"""From the workspace to the bot: envelopes, and the queue of those that wait for delivery."""

import random
import uuid
from collections import deque
from dataclasses import dataclass, field, replace
from typing import Protocol, runtime_checkable

from bot.slacksim.state import Json

RETRY_AFTER = (0, 60, 360)
"""Seconds after which Slack tries again: at once, a minute later, five minutes after that."""
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
        """When Slack sends an event once more; None when it has given up, and for what a person can do again."""
        if not self.is_event or self.retry_attempt >= RETRIES:
            return None
        happened: int = self.payload["event_time"]
        return happened + RETRY_AFTER[self.retry_attempt]

    def again(self) -> "Envelope":
        return replace(self, id=str(uuid.uuid4()), retry_attempt=self.retry_attempt + 1, retry_reason="timeout")


@dataclass(frozen=True)
class Ack:
    """The bot has taken the envelope, and may have answered at once."""

    payload: Json = field(default_factory=dict)


class Transport(Protocol):
    # Events that the bot's own calls cause arrive by themselves, as they do in reality. Where this is False they
    # wait for the next thing a person does: a bot that is called in its own thread must not be called within a call.
    in_background: bool

    @property
    def is_listening(self) -> bool: ...

    def deliver(self, envelope: Envelope) -> Ack | None: ...


@runtime_checkable
class GoesOn(Protocol):
    """A transport whose app does something after its answer, and has to be told when that has arrived."""

    def followed(self) -> None: ...


@runtime_checkable
class DrawsAgain(Protocol):
    """A transport whose app draws once more some seconds after its answer."""

    def seconds_passed(self) -> None: ...


class Deliveries:
    """Each envelope is delivered once, unless a fault says otherwise; what is not acknowledged is kept."""

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
        """The answer to a form was done: whoever is called in this thread may go on."""
        if isinstance(self.transport, GoesOn):
            self.transport.followed()

    def seconds_passed(self) -> None:
        """So few that no one has done anything meanwhile."""
        if isinstance(self.transport, DrawsAgain):
            self.transport.seconds_passed()

    def settle(self) -> None:
        """Deliver whatever waits, and what that brings about."""
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
        """Only events are tried again; a person whose click went nowhere has to click again."""
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
        """Those whose time has come, as often as it has come. What Slack has given up is forgotten."""
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
