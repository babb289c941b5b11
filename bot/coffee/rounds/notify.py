"""Notifies the people of a new round, in batches, so that clicks don't wait.

Progress is in the database: after a crash it resumes, and no one is notified twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import combinations

from bot.coffee.matches import preferences
from bot.coffee.rounds import blocks
from bot.coffee.rounds.introduction import introduce
from bot.connections.service import record_contacts
from bot.core import keys
from bot.core.work import Bot, Work
from bot.people.hours import hours_of
from storage.kinds import ContactKind
from storage.people import people
from storage.people.people import Person
from storage.rounds import rounds, turns
from storage.rounds.rounds import Absence, Round

A_MORNING = timedelta(hours=4)
AT_ONCE = 25
"""Batch size: messages in one transaction."""


def tell_of_rounds(bot: Bot) -> None:
    with bot.look() as work:
        begun = rounds.rounds_to_tell(work)
    for round_id in begun:
        while tell_some(bot, round_id):
            pass


def tell_some(bot: Bot, round_id: int) -> bool:
    """Notify a batch. False if no one was left."""
    with bot.begin() as work:
        this_round = rounds.get_round(work, round_id=round_id)
        if introduce_some(work, this_round) or tell_left_alone(work, this_round):
            return True
        this_round.told_at = work.now
    return False


def introduce_some(work: Work, this_round: Round) -> int:
    matches = rounds.matches_to_introduce(work, round_id=this_round.id, limit=AT_ONCE)
    known = people.get_many(work, person_ids=[seat.person_id for match in matches for seat in match.seats])
    for match in matches:
        sitting = [known[seat.person_id] for seat in match.seats]
        introduce(work, this_round.program, this_round, match, sitting, at=free_morning(work, this_round, sitting))
    preferences.mark_fulfilled(work, [[known[seat.person_id] for seat in match.seats] for match in matches])
    together = [pair for match in matches for pair in combinations([seat.person_id for seat in match.seats], 2)]
    record_contacts(work, [(a, b, ContactKind.INTRODUCTION) for a, b in together])
    return len(matches)


def free_morning(work: Work, this_round: Round, sitting: Sequence[Person]) -> datetime | None:
    """Return the next working day if another program has just introduced one of them; None for now.

    Two introductions in one morning get no answer, and a round lasts at least a week, so one can wait a day.
    """
    busy = turns.introduced_since(
        work, person_ids=[person.person_id for person in sitting], since=work.now - A_MORNING, but=this_round.program_id
    )
    return hours_of(sitting[0]).next_moment(work.now + timedelta(days=1)) if busy else None


def tell_left_alone(work: Work, this_round: Round) -> int:
    absences = rounds.absences_to_tell(work, round_id=this_round.id, limit=AT_ONCE)
    known = people.get_many(work, person_ids=[absence.person_id for absence in absences])
    for absence in absences:
        absence.is_to_tell = False
        if absence.person_id in known:
            tell_why(work, this_round, absence, known[absence.person_id])
    return len(absences)


def tell_why(work: Work, this_round: Round, absence: Absence, person: Person) -> None:
    work.send(
        blocks.left_alone(this_round.program, absence.reason, after=this_round.id),
        to=person.person_id,
        key=keys.left_alone(this_round.id, person.person_id),
        at=hours_of(person).next_moment(work.now),
        until=this_round.ends_at,
    )
