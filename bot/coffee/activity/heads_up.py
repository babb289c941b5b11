"""Heads-ups: on the working day before a round, its participants are told, so that they can skip it. Everyone gets at
most one message a day, so heads-ups of several programs are merged:

1. Programs whose heads-ups fall on one day send them together, at the hour of the earliest.
2. If another program's heads-up falls on the day of this round, the introduction would take that day's quota. People
   in both programs get it now, together with this one; the same applies to that program's round in turn.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.coffee.activity import inactivity
from bot.coffee.activity.ahead import plan_heads_up, tell
from bot.coffee.activity.attendance import find_participants
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program.rhythm import rhythm_of
from bot.core.calendar import zone_or_utc
from bot.core.work import Bot, Work
from bot.people.hours import hours_of
from storage.programs import programs
from storage.programs.programs import Membership, Program

A_DAY = timedelta(days=1)
AT_ONCE = 25
"""Batch size: messages in one transaction, kept small so that clicks don't wait."""


def announce_rounds(bot: Bot) -> None:
    """Send all heads-ups that are due."""
    with bot.look() as work:
        due = programs_to_announce(work)
        to_tell = [
            (one.id, one.next_round_at, members_to_notify(work, one), inactivity.find_silent(work, one)) for one in due
        ]
    for program_id, starts_at, people, silent in to_tell:
        announce(bot, program_id, starts_at, people, silent)
    tell_people(bot)


def tell_people(bot: Bot) -> None:
    with bot.look() as work:
        waiting = programs.people_to_tell(work)
    for start in range(0, len(waiting), AT_ONCE):
        with bot.begin() as work:
            for person_id in waiting[start : start + AT_ONCE]:
                tell(work, person_id)


def is_any_to_announce(work: Work) -> bool:
    return bool(programs_to_announce(work) or programs.people_to_tell(work))


def programs_to_announce(work: Work) -> list[Program]:
    ahead = select_unannounced(work, work.now + rhythms.LONGEST_NOTICE)
    days_due = {day_of_heads_up(one) for one in ahead if heads_up_at(one) <= work.now}
    return [one for one in ahead if day_of_heads_up(one) in days_due]


def select_unannounced(work: Work, until: datetime) -> list[Program]:
    soon = programs.programs_before(work, until=until)
    return [one for one in soon if one.next_round_at > work.now]


def heads_up_at(program: Program) -> datetime:
    return rhythms.heads_up_at(rhythm_of(program), program.next_round_at)


def day_of_heads_up(program: Program) -> date:
    """Return the day in the program's zone."""
    return rhythms.day_of_heads_up(rhythm_of(program), program.next_round_at)


def members_to_notify(work: Work, program: Program) -> list[str]:
    """Return participants to tell. The welcome has told those who just joined."""
    present = find_participants(work, program)
    members = programs.get_memberships(work, program_id=program.id, person_ids=present)
    return [member.person_id for member in members if not has_just_joined(work, member)]


def has_just_joined(work: Work, member: Membership) -> bool:
    return work.now - member.joined_at < A_DAY


def announce(bot: Bot, program_id: int, starts_at: datetime, people: Sequence[str], silent: set[str]) -> None:
    """Plan a program's heads-ups in batches. After a crash, memberships planned already are left as they are."""
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
    present = find_participants(work, program, among=people)
    for member in programs.get_memberships(work, program_id=program.id, person_ids=present):
        at = hours_of(present[member.person_id]).next_moment(work.now)
        if at < program.next_round_at and not inactivity.notify_inactive(work, program, member, silent, at):
            plan_once(program, member, at)


def plan_once(program: Program, member: Membership, at: datetime) -> None:
    if member.heads_up_for != program.next_round_at:
        plan_heads_up(program, member, at)


def tell_of_others(work: Work, program: Program, people: Sequence[str]) -> None:
    """Send heads-ups of other programs that fall on the day of this round, which its introduction takes."""
    for found in select_unannounced(work, program.next_round_at + rhythms.LONGEST_NOTICE):
        if takes_its_day(program, found):
            other = programs.lock_program(work, program_id=found.id)
            if other is not None and takes_its_day(program, other):  # An admin may have moved it.
                tell_of_others(work, other, send_heads_up_early(work, other, people))


def takes_its_day(program: Program, other: Program) -> bool:
    """Return whether this round begins on the day of the other's heads-up."""
    round_day = program.next_round_at.astimezone(zone_or_utc(other.zone)).date()
    return day_of_heads_up(other) == round_day


def send_heads_up_early(work: Work, program: Program, people: Sequence[str]) -> list[str]:
    """Send the heads-up to those who take part here too, and return their ids, without members who may be asked."""
    present = find_participants(work, program, among=people)
    members = programs.get_memberships(work, program_id=program.id, person_ids=present)
    told = [one for one in members if not (has_just_joined(work, one) or inactivity.may_be_asked(one))]
    for member in told:
        at = hours_of(present[member.person_id]).next_moment(work.now)
        plan_once(program, member, at)
    return [member.person_id for member in told]
