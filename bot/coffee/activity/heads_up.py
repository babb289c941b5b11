"""On the working day before a round, whoever will take part is told.

Nobody gets more than one message a day, so whoever is in several programs hears of them together: of those that tell on
one day, at the hour of the first; and of one whose day is taken by the round of another, when they hear of the other.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.coffee.activity import inactivity
from bot.coffee.activity.ahead import plan_heads_up, tell
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.rounds.attendance import who_takes_part
from bot.core.calendar import zone_or_utc
from bot.core.work import Bot, Work
from bot.people.hours import hours_of
from storage.programs import programs
from storage.programs.programs import Membership, Program

A_DAY = timedelta(days=1)
AT_ONCE = 25
"""Messages in one transaction: nobody's click waits for the rest."""


def announce_rounds(bot: Bot) -> None:
    """On the working day before, whoever will take part is told, so that they can skip it with one tap."""
    with bot.look() as work:
        due = programs_to_announce(work)
        to_tell = [(one.id, one.next_round_at, who_is_told(work, one), inactivity.silent_now(work, one)) for one in due]
    for program_id, starts_at, people, silent in to_tell:
        announce(bot, program_id, starts_at, people, silent)
    tell_people(bot)


def tell_people(bot: Bot) -> None:
    with bot.look() as work:
        waiting = programs.people_to_tell(work, now=work.now)
    for start in range(0, len(waiting), AT_ONCE):
        with bot.begin() as work:
            for person_id in waiting[start : start + AT_ONCE]:
                tell(work, person_id)


def is_any_to_announce(work: Work) -> bool:
    return bool(programs_to_announce(work) or programs.people_to_tell(work, now=work.now))


def programs_to_announce(work: Work) -> list[Program]:
    ahead = not_announced(work, work.now + rhythms.LONGEST_NOTICE)
    days_due = {day_of_heads_up(one) for one in ahead if heads_up_at(one) <= work.now}
    return [one for one in ahead if day_of_heads_up(one) in days_due]


def not_announced(work: Work, until: datetime) -> list[Program]:
    soon = programs.programs_before(work, until=until)
    return [one for one in soon if one.next_round_at > work.now]


def heads_up_at(program: Program) -> datetime:
    return rhythms.heads_up_at(rhythm_of(program), program.next_round_at)


def day_of_heads_up(program: Program) -> date:
    """By the program's own clock."""
    return rhythms.day_of_heads_up(rhythm_of(program), program.next_round_at)


def who_is_told(work: Work, program: Program) -> list[str]:
    """Whoever has just joined read the same in the welcome."""
    present = who_takes_part(work, program).present
    members = programs.these_members(work, program_id=program.id, person_ids=present)
    return [member.person_id for member in members if not has_just_joined(work, member)]


def has_just_joined(work: Work, member: Membership) -> bool:
    return work.now - member.joined_at < A_DAY


def announce(bot: Bot, program_id: int, starts_at: datetime, people: Sequence[str], silent: set[str]) -> None:
    """A crash on the way loses nothing: of whom it was decided already, their memberships know."""
    for start in range(0, len(people), AT_ONCE):
        with bot.begin() as work:
            program = programs.lock_program(work, program_id=program_id)
            if program is None or not is_still_ahead(program, starts_at):
                return
            some = people[start : start + AT_ONCE]
            plan(work, program, some, silent)
            tell_of_others(work, program, some)
    with bot.begin() as work:
        program = programs.lock_program(work, program_id=program_id)
        if program is not None and is_still_ahead(program, starts_at):
            program.heads_up_for = starts_at


def is_still_ahead(program: Program, starts_at: datetime) -> bool:
    return program.next_round_at == starts_at and program.heads_up_for != starts_at


def plan(work: Work, program: Program, people: Sequence[str], silent: set[str]) -> None:
    present = who_takes_part(work, program, among=people).present
    for member in programs.these_members(work, program_id=program.id, person_ids=present):
        at = hours_of(present[member.person_id]).next_moment(work.now)
        if at < program.next_round_at and not inactivity.speak_of_it(work, program, member, silent, at):
            plan_once(program, member, at)


def plan_once(program: Program, member: Membership, at: datetime) -> None:
    if member.heads_up_for != program.next_round_at:
        plan_heads_up(program, member, at)


def tell_of_others(work: Work, program: Program, people: Sequence[str]) -> None:
    """Of those whose heads-ups are due on the day of this round: an introduction can't wait, and takes that day."""
    for found in not_announced(work, program.next_round_at + rhythms.LONGEST_NOTICE):
        if takes_its_day(program, found):
            other = programs.lock_program(work, program_id=found.id)
            if other is not None and takes_its_day(program, other):  # An admin may have moved it by now.
                tell_of_others(work, other, tell_early(work, other, people))


def takes_its_day(program: Program, other: Program) -> bool:
    """Whether this round begins on the day on which people are to hear of the other's."""
    round_day = program.next_round_at.astimezone(zone_or_utc(other.zone)).date()
    return day_of_heads_up(other) == round_day


def tell_early(work: Work, program: Program, people: Sequence[str]) -> list[str]:
    """Who of them takes part in this one as well. Whoever may be asked whether they stay hears in their turn."""
    present = who_takes_part(work, program, among=people).present
    members = programs.these_members(work, program_id=program.id, person_ids=present)
    told = [one for one in members if not (has_just_joined(work, one) or inactivity.may_be_asked(one))]
    for member in told:
        at = hours_of(present[member.person_id]).next_moment(work.now)
        plan_once(program, member, at)
    return [member.person_id for member in told]
