"""What waits for one person is merged into one message: posted once, found once, and sent or not as a whole.

Which messages these are is decided when the first of them goes, and stands in the database before Slack is asked: a
crash in between leaves all of them uncertain, and each is looked for under the key that the post has.
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
"""Messages in one: more would be a page, and far from Slack's limit of 50 blocks."""


def take_along(work: Work, row: OutboxMessage) -> None:
    """Whatever may be said in the same breath goes with this one."""
    if not row.shares or row.is_uncertain:
        return
    for other in sharing.companions(work, row, now=work.now, limit=AT_MOST - 1):
        other.state, other.said_with, other.epoch = DeliveryState.SENDING, row.key, row.epoch
        count_attempt(work, other, row)


def count_attempt(work: Work, row: OutboxMessage, first: OutboxMessage) -> None:
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or first.first_attempt_at


def words(bot: Bot, row: OutboxMessage) -> Message:
    """What the post says."""
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
    """This message and what goes with it."""
    return [one for one in of_post(work, row) if one.id == row.id or sharing.is_on_its_way(one)]


def of_post(work: Work, row: OutboxMessage) -> Sequence[OutboxMessage]:
    """All messages of this post, locked. An empty list when they were deleted meanwhile."""
    if row.shares:
        return sharing.of_one_post(work, row)
    found = sending.get_locked(work, row.id)
    return [found] if found is not None else []


def part(work: Work, row: OutboxMessage) -> None:
    """It was not posted: what was to go together waits again, and took nothing of anybody's peace."""
    for one in of_post(work, row):
        budget.give_back(work, one)
        if one.id != row.id and sharing.is_on_its_way(one):
            one.state, one.is_uncertain = DeliveryState.WAITING, False
            one.due_at = row.due_at  # So that they find together again, however often each was tried.
        one.said_with = None


def unmerge(work: Work, row: OutboxMessage) -> bool:
    """Slack refuses the merged post, which need not hold for each of its messages: requeue all of them, alone.

    False when the message was alone already.
    """
    merged = on_the_way(work, row)
    if len(merged) < 2:
        return False
    part(work, row)
    for number, one in enumerate(merged):
        one.state, one.is_uncertain, one.shares = DeliveryState.WAITING, False, False
        if number:  # Together they took one place of the person's day, and they still do.
            one.attention = Attention.ASKED_FOR
    return True
