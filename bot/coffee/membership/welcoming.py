"""The welcome to a program: one for each person, kept up to date until it is sent."""

from datetime import datetime

from bot.coffee.matches.check_ins.service import partners_of
from bot.coffee.membership import blocks
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program.rhythm import rhythm_of
from bot.core.message import Message
from bot.core.work import Work
from bot.people.hours import hours_of
from storage.kinds import MatchState
from storage.people.people import Person
from storage.programs.programs import Program
from storage.rounds import rounds


def greet(work: Work, program: Program, person: Person) -> None:
    """Send the welcome: once for each program, however often someone rejoins."""
    at = hours_of(person).next_moment(work.now)
    message = draw(work, program, person.person_id, at)
    work.send(message, to=person.person_id, key=f"{key_of(program)}:{person.person_id}", at=at, again=True)


def correct_waiting(work: Work, program: Program) -> None:
    """Update pending welcomes after a change of what they say."""
    for row in work.waiting(key_of(program)):
        [person_id] = row.people
        work.rewrite(row.key, draw(work, program, person_id, max(row.due_at, work.now)))


def draw(work: Work, program: Program, person_id: str, at: datetime) -> Message:
    """Return the welcome. `at`: when it is read."""
    rhythm = rhythm_of(program)
    # If it is read after the round has begun, the next one is another.
    starts_at = program.next_round_at if at < program.next_round_at else rhythms.next_round_at(rhythm, at)
    last = rounds.last_round(work, program_id=program.id)
    match = rounds.match_in(work, round_id=last.id, person_id=person_id) if last is not None else None
    is_on = match is not None and match.state is MatchState.PLANNED
    return blocks.welcome(
        program,
        rhythm,
        starts_at,
        after=last.id if last is not None else 0,
        partners=partners_of(match, person_id) if match is not None and is_on else [],
        is_late=last is not None and last.starts_at <= work.now < last.ends_at,
    )


def key_of(program: Program) -> str:
    """Return the key prefix of a program's welcomes."""
    return f"program:{program.id}:welcome"
