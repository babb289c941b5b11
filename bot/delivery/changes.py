"""Follow-up operations on a message: update it, delete it, or share its file. Each waits until the message is posted;
of several changes only the newest is carried out.
"""

import enum
from collections.abc import Sequence

from bot.core.work import Work
from bot.delivery.calls import PacedCalls, Posted, address
from bot.delivery.pacing import CHANGE, HISTORY, OPEN, POST, REMOVE, REPLIES, SHARE, UPLOAD
from storage.kinds import Deed, DeliveryState
from storage.outbox import outbox
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import Claimed, Outgoing

NEVER_ARRIVES = {DeliveryState.GIVEN_UP, DeliveryState.CANCELLED, DeliveryState.PAST}
METHODS = {Deed.POST: (POST,), Deed.SHARE: (UPLOAD, SHARE), Deed.CHANGE: (CHANGE,), Deed.REMOVE: (REMOVE,)}


class Turn(enum.Enum):
    NOW = "it may be done now"
    LATER = "what it follows is still on its way"
    NEVER = "what it follows never arrives, or something newer takes its place"


def methods_for(row: Outgoing) -> Sequence[str]:
    """Return the Slack methods that the next step of this message calls."""
    if row.is_uncertain and is_looked_for(row):
        return (history_method(row),) if row.conversation_id or not row.people else (OPEN, history_method(row))
    return METHODS[row.deed]


def history_method(row: Outgoing) -> str:
    return HISTORY if row.thread_ts is None else REPLIES


def is_looked_for(row: OutboxMessage | Outgoing) -> bool:
    """Return whether an uncertain attempt must be searched for. Updates and deletions are idempotent: just repeated."""
    return row.deed in (Deed.POST, Deed.SHARE)


def take_turn(work: Work, row: OutboxMessage) -> Turn:
    """Decide whether a follow-up may be carried out, and copy its target's channel and timestamp to it."""
    key = row.about_key or ""
    first = outbox.message(work, key=key)
    changes = outbox.changes_of(work, key=key)
    if first is None or first.state in NEVER_ARRIVES or is_overtaken(row, changes):
        return Turn.NEVER
    if first.ts is None:
        return Turn.LATER
    row.conversation_id = first.conversation_id
    row.ts = first.ts if row.deed is not Deed.SHARE else None
    return Turn.NOW


def is_overtaken(row: OutboxMessage, changes: Sequence[OutboxMessage]) -> bool:
    if row.deed is Deed.SHARE:
        return any(change.deed is Deed.REMOVE for change in changes)
    return changes[-1].id != row.id


def perform(slack: PacedCalls, row: Claimed) -> Posted:
    there = Posted(address(row), row.ts)
    return slack.change(row, there) if row.deed is Deed.CHANGE else slack.remove(there)
