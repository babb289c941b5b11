"""Splits a message that Slack rejects as too long, although it is within the documented limits."""

from bot.core.parts import batches
from bot.core.work import Work
from bot.delivery.failures import Failure
from storage.kinds import Attention, Deed, DeliveryState, Importance
from storage.outbox import outbox
from storage.outbox.outbox import OutboxMessage

TOO_LONG = {"msg_blocks_too_long", "msg_too_long"}
PIECE = 3000
"""Characters: one full section."""


def is_too_long(row: OutboxMessage, failure: Failure) -> bool:
    return failure.code in TOO_LONG and bool(row.blocks)


def requeue_split(work: Work, row: OutboxMessage) -> None:
    """Requeue a message in pieces; the first keeps its key. A single block, or a change, is sent as text alone."""
    first, *others = batches(row.blocks, PIECE)
    row.state, row.is_uncertain, row.error = DeliveryState.WAITING, False, None
    if not others or row.deed is not Deed.POST:
        row.blocks = []
        return
    row.blocks = first
    for number, blocks in enumerate(others, 2):
        outbox.put(
            work,
            key=row.message_key.piece(number),
            recipient=row.recipient,
            text=row.text,
            blocks=blocks,
            due_at=row.due_at,
            importance=Importance(row.importance),
            attention=Attention.ASKED_FOR,
            expires_at=row.expires_at,
            thread_ts=row.thread_ts,
        )
