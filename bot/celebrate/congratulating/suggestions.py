"""Opt-in suggestions: share a win, and thank a person they met."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.celebrate.congratulating import service as congratulating
from bot.celebrate.making.blocks import mention_or_forgotten
from bot.celebrate.shoutouts.blocks import say_thanks
from bot.celebrate.texts import suggestions as texts
from bot.celebrate.wins.blocks import share
from bot.core.calendar import WEEKDAYS, zone_or_utc
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.work import Work
from storage.celebrations import celebrations
from storage.connections import connections
from storage.connections.connections import Meeting
from storage.people import people
from storage.rounds import check_ins

FRIDAY = 4
A_WEEK = timedelta(days=7)
SOON, LATE = timedelta(days=1), timedelta(days=7)
"""Age limits of a meeting: it has had time to help, and is still fresh."""


def share_a_win(work: Work, person_ids: Sequence[str]) -> Iterable[Suggestion]:
    """Suggest it on Fridays, unless the person has shared a win this week."""
    known = people.get_many(work, person_ids=person_ids)
    local = {one: work.now.astimezone(zone_or_utc(person.zone)) for one, person in known.items()}
    on_friday = [one for one in known if local[one].weekday() == FRIDAY]
    have_shared = celebrations.winners_among(work, person_ids=on_friday, since=work.now - A_WEEK)
    for person_id in on_friday:
        if person_id not in have_shared:
            yield reminder(person_id, local[person_id], work)


def reminder(person_id: str, local: datetime, work: Work) -> Suggestion:
    return Suggestion(
        person_id=person_id,
        about=f"win:{local:%G-%V}",
        why=texts.ITS_FRIDAY(),
        step=texts.WHAT_WENT_WELL(),
        action=share(),
        value=0.6,
        until=work.now + timedelta(hours=12),
    )


def thank_a_helper(work: Work, person_ids: Sequence[str]) -> Iterable[Suggestion]:
    """Suggest a person they met this week and haven't thanked since.

    Only people who confirmed the meeting themselves are asked: their partner's confirmation is private.
    """
    asked = set(person_ids)
    thanked = celebrations.thankers_of(work, person_ids=person_ids, since=work.now - LATE)
    meetings = connections.meetings_between(
        work, person_ids=person_ids, since=work.now.date() - LATE, until=work.now.date() - SOON
    )
    silent = check_ins.silent_people(work, origins=[one.origin for one in meetings])
    there = {seat.person_id for meeting in meetings for seat in meeting.seats}
    cards = people.cards(work, person_ids=sorted(there))
    for meeting in meetings:
        together = [seat.person_id for seat in meeting.seats if seat.person_id in cards]
        for person_id in (one for one in together if one in asked and (meeting.origin, one) not in silent):
            others = [one for one in together if one != person_id and cards[one].is_here]
            if others and not any((person_id, one) in thanked for one in others):
                yield thanks(person_id, others[0], meeting, work)


def thanks(person_id: str, other_id: str, meeting: Meeting, work: Work) -> Suggestion:
    person = mention_or_forgotten(other_id)
    is_a_week_ago = work.now.date() - meeting.met_on >= A_WEEK
    day = WEEKDAYS[meeting.met_on.weekday()]
    return Suggestion(
        person_id=person_id,
        about=f"thanks:{meeting.id}",
        why=texts.YOU_MET_A_WEEK_AGO(person=person) if is_a_week_ago else texts.YOU_MET_ON(person=person, day=day),
        step=texts.TELL_THEM(),
        action=say_thanks((other_id,)),
        value=0.3,
        until=work.now + LATE,
    )


NUDGES = (
    NudgeKind("congratulate", texts.GOOD_NEWS(), congratulating.suggest, rest=timedelta(days=3)),
    NudgeKind("share_a_win", texts.FRIDAY_REMINDER(), share_a_win, is_on_by_default=False),
    NudgeKind("thank_a_helper", texts.THANKING(), thank_a_helper, is_on_by_default=False),
)
