"""What is known of a message while Slack is called, when no transaction is open."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from storage.kinds import Attention, Deed, DeliveryState
from storage.outbox.outbox import OutboxMessage, people_in


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as far as it decides whether and where it can go now."""

    id: int
    workspace_id: str
    key: str
    recipient: str
    deed: Deed
    thread_ts: str | None
    conversation_id: str | None
    attention: Attention
    has_file: bool
    state: DeliveryState
    first_attempt_at: datetime | None
    is_uncertain: bool
    epoch: int
    looks: int
    sent_at: datetime | None
    ts: str | None

    @property
    def people(self) -> list[str]:
        return people_in(self.recipient)


@dataclass(frozen=True, slots=True)
class Claimed(Outgoing):
    """A claimed message, with the content to send."""

    text: str
    blocks: list[dict[str, Any]]


COLUMNS = [getattr(OutboxMessage, one.name) for one in fields(Outgoing)]


def claimed(row: OutboxMessage) -> Claimed:
    return Claimed(**{one.name: getattr(row, one.name) for one in fields(Claimed)})
