"""Messages that change another one, or take it back: each waits for the other to arrive, and only the newest counts."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.work import Work
from bot.delivery import files
from bot.delivery.calls import PacedCalls, Posted, address
from bot.delivery.pacing import CHANGE, REMOVE
from storage import outbox
from storage.kinds import Deed, DeliveryState
from storage.outbox import OutboxMessage

UNTIL_IT_ARRIVES = timedelta(seconds=5)
NEVER_ARRIVES = {DeliveryState.GIVEN_UP, DeliveryState.CANCELLED}


def methods_for(row: OutboxMessage) -> Sequence[str]:
    """What Slack is asked to do with a message of the outbox."""
    match row.deed:
        case Deed.POST:
            return files.methods_for(row)
        case Deed.CHANGE:
            return (CHANGE,)
        case Deed.REMOVE:
            return (REMOVE,)


def can_be_done(work: Work, row: OutboxMessage) -> bool:
    key = row.about_key or ""
    first = outbox.message(work.session, workspace_id=work.workspace_id, key=key)
    newest = outbox.changes_of(work.session, workspace_id=work.workspace_id, key=key)[-1]
    if first is None or is_beyond_reach(first) or newest.id != row.id:
        row.state = DeliveryState.CANCELLED
        return False
    if first.ts is None:
        row.state, row.due_at = DeliveryState.WAITING, work.now + UNTIL_IT_ARRIVES
        return False
    row.conversation_id, row.ts = first.conversation_id, first.ts
    return True


def is_beyond_reach(first: OutboxMessage) -> bool:
    """It never arrives; or it is a file, of which Slack does not tell where it stands."""
    return first.state in NEVER_ARRIVES or (first.state is DeliveryState.SENT and first.ts is None)


def perform(slack: PacedCalls, row: OutboxMessage) -> Posted:
    there = Posted(address(row), row.ts)
    return slack.change(row, there) if row.deed is Deed.CHANGE else slack.remove(there)
