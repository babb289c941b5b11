"""Resolves which programs a command means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.coffee.membership.service import is_on_a_break, reason_not_eligible, visible_programs
from bot.coffee.texts import membership as texts
from bot.core.errors import UserError
from bot.core.mrkdwn import plain
from bot.core.work import Work
from storage.kinds import Joining, ProgramState
from storage.people import people
from storage.programs import programs
from storage.programs.programs import Membership, Program

JUST_LEFT = timedelta(days=14)
"""Period in which `/coffee join` means the program that someone left."""


def find_programs(work: Work, person_id: str, channel_id: str | None) -> list[Program]:
    """Return the channel's program, else all that the person is in. Raises UserError if there is none."""
    here = programs.program_of_channel(work, channel_id=channel_id or "")
    if here is not None and here.state is not ProgramState.DRAFT:
        return [here]
    mine = programs.memberships_of(work, person_id=person_id)
    if not mine:
        raise UserError(texts.IN_NO_PROGRAM())
    return [program for program, _ in mine]


def find_named(work: Work, person_id: str, words: str) -> Program | None:
    """Return the program of this name that they are or were in, or could join. None unless there is exactly one."""
    ever = programs.memberships_ever(work, person_id=person_id)
    running = visible_programs(work, person_id, None)
    known = {one.id: one for one in [*(program for program, _ in ever), *running]}
    wanted = plain(words).removeprefix("#").casefold()
    named = [one for one in known.values() if one.name.casefold() == wanted and one.state is not ProgramState.DRAFT]
    return named[0] if len(named) == 1 else None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Programs that `/coffee join` can mean for a person."""

    to_resume: Sequence[Program] = ()
    """On a break, or skipping the next round."""
    to_join: Sequence[Program] = ()
    just_left: Program | None = None
    is_in: Sequence[Program] = ()
    through_channel: Sequence[Program] = ()
    """To be joined through their public channel only."""

    @property
    def only_one(self) -> Program | None:
        """The only program that can be meant, or None."""
        if self.just_left is not None:
            return self.just_left if not self.to_resume else None
        if self.to_resume:
            return self.to_resume[0] if len(self.to_resume) == 1 else None
        return self.to_join[0] if len(self.to_join) == 1 and not self.is_in else None


def find_ways_in(work: Work, person_id: str) -> WaysIn:
    ever = programs.memberships_ever(work, person_id=person_id)
    members = {program.id: member for program, member in ever}
    there = programs.running_programs(work)
    running = [(program, members.get(program.id)) for program in there]
    left = [(member.left_at, program) for program, member in running if member is not None and member.left_at]
    recently = [one for one in left if work.now - one[0] <= JUST_LEFT]
    return WaysIn(
        to_resume=[one for one, member in running if member is not None and is_paused_or_skipping(work, one, member)],
        to_join=[one for one, member in running if can_join(work, one, person_id, member)],
        just_left=max(recently, key=lambda one: one[0])[1] if recently else None,
        is_in=[one for one, member in running if member is not None and member.left_at is None],
        through_channel=[
            one for one in visible_programs(work, person_id, None) if members.get(one.id) is None and is_by_channel(one)
        ],
    )


def is_paused_or_skipping(work: Work, program: Program, member: Membership) -> bool:
    return member.left_at is None and (is_on_a_break(work, member) or member.skipped_round_at == program.next_round_at)


def is_by_channel(program: Program) -> bool:
    return program.is_private or program.joining is Joining.CHANNEL


def can_join(work: Work, program: Program, person_id: str, member: Membership | None) -> bool:
    if member is not None and member.left_at is None:
        return False
    if member is None and is_by_channel(program):
        return False
    person = people.get(work, person_id=person_id)
    return person is not None and reason_not_eligible(work, program, person) is None
