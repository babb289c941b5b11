"""Domain events: what one feature does and others care about. Raised with `work.raise_`, in the same transaction.

A few are questions: what their handlers return goes to the one who raised them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import DomainEvent
from storage.kinds import Deed, MessageKind
from storage.outbox.keys import MessageKey


@dataclass(frozen=True, slots=True)
class PersonGone(DomainEvent[None]):
    """Someone left the company, can't be reached any longer, or asked to be forgotten."""

    person_id: str


@dataclass(frozen=True, slots=True)
class MessageDelivered(DomainEvent[None]):
    """A message has arrived in Slack. Raised in the transaction that notes it, so once for each."""

    key: MessageKey
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class MessageLost(DomainEvent[None]):
    """A message that permanently failed to be delivered."""

    key: MessageKey
    deed: Deed
    """Whether it was to be posted, or to change a message that was."""
    recipients: tuple[str, ...]
    gone: tuple[str, ...]
    """Recipients who are unreachable."""
    error: str

    def is_post(self, kind: MessageKind) -> bool:
        """Whether it is a message of this kind, as a whole or its first part."""
        return self.key.kind is kind and self.deed is Deed.POST and self.key.part == 1


@dataclass(frozen=True, slots=True)
class MeetingRecorded(DomainEvent[list[dict[str, Any]]]):
    """People met, and one of them has just said so. Handlers return buttons for what that person may do next."""

    person_id: str
    """The person who said so."""
    partners: tuple[str, ...]
    origin: str
    """Source of the meeting as stored: `match:12`."""


@dataclass(frozen=True, slots=True)
class TeamWished(DomainEvent[list[Block]]):
    """Someone wishes for a coffee in a team. Handlers return what becomes of it and what can be done at once."""

    person_id: str
    team: str


@dataclass(frozen=True, slots=True)
class SuggestionUsed(DomainEvent[list[Block]]):
    """Someone pressed a button in a suggestion. The handler returns what the message shows from now on."""

    person_id: str
    suggestion_id: int
    action_id: str
    shown: list[Block]


@dataclass(frozen=True, slots=True)
class DayPlanned(DomainEvent[Collection[str]]):
    """Raised before these people get something that can wait. Handlers return those they will write to today."""

    person_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class HomeOpened(DomainEvent[list[Block]]):
    """Someone looks at a page of their Home. The handler returns what they see."""

    person_id: str
    page: Page
