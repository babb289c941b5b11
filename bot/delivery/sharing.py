"""Merges messages that wait for one person into one post: sent, searched for and retried as a whole.

The choice is made when the first of them is claimed, and committed before Slack is called. After a crash in between all
of them are uncertain, and each is searched for under the post's key.
"""

from collections.abc import Sequence

from bot.core.blocks import divider
from bot.core.message import Block, Message
from bot.core.work import Bot, Work
from bot.delivery import budget
from storage.kinds import Attention, DeliveryState
from storage.outbox import sending, sharing
from storage.outbox.outbox import OutboxMessage

AT_MOST = 5
"""Messages per post: more would be a page, and this stays far from Slack's limit of 50 blocks."""


def take_along(work: Work, row: OutboxMessage) -> None:
    """Claim mergeable messages to the same person for this post."""
    if not row.shares or row.is_uncertain:
        return
    for other in sharing.companions(work, row, now=work.now, limit=AT_MOST - 1):
        other.state, other.said_with, other.epoch = DeliveryState.SENDING, row.key, row.epoch
        count_attempt(work, other, row)


def count_attempt(work: Work, row: OutboxMessage, first: OutboxMessage) -> None:
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or first.first_attempt_at


def words(bot: Bot, row: OutboxMessage) -> Message:
    """Return the content of the post, merged messages included."""
    if not row.shares:
        return Message(row.text, row.blocks)
    with bot.look() as work:
        there = sharing.of_one_post(work, row, lock=False)
        rows = [one for one in there if one.id == row.id or sharing.is_on_its_way(one)]
    return Message("\n".join(one.text for one in rows), blocks_of(rows)) if rows else Message(row.text, row.blocks)


def blocks_of(rows: Sequence[OutboxMessage]) -> list[Block]:
    first, *others = rows
    return first.blocks + [block for other in others for block in (divider(), *other.blocks)]


def on_the_way(work: Work, row: OutboxMessage) -> Sequence[OutboxMessage]:
    """Return this message and those merged with it that are in flight."""
    return [one for one in of_post(work, row) if one.id == row.id or sharing.is_on_its_way(one)]


def of_post(work: Work, row: OutboxMessage) -> Sequence[OutboxMessage]:
    """Lock all messages of this post. Returns an empty list if they were deleted meanwhile."""
    if row.shares:
        return sharing.of_one_post(work, row)
    found = sending.get_locked(work, row.id)
    return [found] if found is not None else []


def part(work: Work, row: OutboxMessage) -> None:
    """Undo the merge after a failed post: requeue the merged messages and refund their quota."""
    for one in of_post(work, row):
        budget.give_back(work, one)
        if one.id != row.id and sharing.is_on_its_way(one):
            one.state, one.is_uncertain = DeliveryState.WAITING, False
            one.due_at = row.due_at  # Same due time, so that they merge again.
        one.said_with = None


def unmerge(work: Work, row: OutboxMessage) -> bool:
    """Requeue the parts of a refused post individually, as perhaps only one of them is the reason.

    Returns False if the message was not merged.
    """
    merged = on_the_way(work, row)
    if len(merged) < 2:
        return False
    part(work, row)
    for number, one in enumerate(merged):
        one.state, one.is_uncertain, one.shares = DeliveryState.WAITING, False, False
        if number:  # Together they used one slot of the day's quota, and still do.
            one.attention = Attention.ASKED_FOR
    return True
