"""Outcomes of nudges: used, answered, ignored or never delivered."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.work import Work
from bot.nudges import rules
from storage import nudges
from storage.kinds import DeliveryState, NudgeOutcome
from storage.nudges import Nudge, Waiting


def settle(work: Work, person_ids: Sequence[str]) -> None:
    """Settle earlier nudges. Those never delivered are deleted, so that they may be suggested again."""
    open_ones = nudges.unsettled(work, person_ids=person_ids)
    for one in open_ones:
        if one.sent_at is not None:
            mark_shown(work, one.nudge, one.sent_at)
        elif not is_on_its_way(one, work.now):
            work.session.delete(one.nudge)
    work.session.flush()
    by_message: dict[str, list[Nudge]] = {}
    for one in open_ones:
        if one.sent_at is not None and one.sent_at <= work.now - rules.IGNORED_AFTER:
            by_message.setdefault(one.nudge.message_key, []).append(one.nudge)
    for key, left in by_message.items():
        leave_open(work, left, answered=is_answered(work, key))


def is_on_its_way(one: Waiting, now: datetime) -> bool:
    moving = one.state in {DeliveryState.WAITING, DeliveryState.SENDING}
    return moving and (one.expires_at is None or one.expires_at > now)


def mark_shown(work: Work, nudge: Nudge, at: datetime) -> None:
    if nudge.shown_at is not None:
        return
    nudge.shown_at = at
    taste = nudges.taste(work, person_id=nudge.person_id, kind=nudge.kind)
    taste.last_at = max(at, taste.last_at or at)


def is_answered(work: Work, message_key: str) -> bool:
    there = nudges.in_message(work, message_key=message_key)
    return any(one.outcome is not None for one in there)


def leave_open(work: Work, left: Sequence[Nudge], *, answered: bool) -> None:
    """Close unanswered nudges of a message. Answering one of several means that the others were not ignored."""
    for nudge in left:
        nudge.outcome = NudgeOutcome.PASSED if answered else NudgeOutcome.IGNORED
        nudge.settled_at = work.now
        if not answered:
            taste = nudges.taste(work, person_id=nudge.person_id, kind=nudge.kind)
            taste.ignored += 1


def outcomes_of(rows: Mapping[int, Nudge]) -> dict[int, NudgeOutcome]:
    return {number: row.outcome for number, row in rows.items() if row.outcome is not None}
