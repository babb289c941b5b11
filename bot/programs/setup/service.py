"""An admin sets up a program, or changes it."""

from bot.core.errors import FormError, NotForYou
from bot.core.message import Block
from bot.core.work import Work
from bot.people import service as people
from bot.programs import rhythm as rhythms
from bot.programs.rhythm import Rhythm, rhythm_of
from bot.programs.setup import blocks, forms
from bot.programs.setup.forms import Wanted
from storage import programs
from storage.kinds import ProgramKind
from storage.programs import Program


def set_up(work: Work, wanted: Wanted, *, by: str) -> Program:
    """Begin a program. Its members are read from the channel afterwards, and only then is anybody written to."""
    check_admin(work, by)
    check_channel_is_free(work, wanted)
    rhythm = rhythm_from(work, wanted)
    program = Program(
        workspace_id=work.workspace_id,
        kind=ProgramKind.COFFEE,
        name=wanted.name,
        channel_id=wanted.channel_id,
        every_weeks=wanted.every_weeks,
        weekday=wanted.weekday,
        wall_time=f"{wanted.wall_time:%H:%M}",
        zone=wanted.zone.key,
        first_on=rhythm.first_on,
        next_round_at=rhythms.next_round_at(rhythm, work.now),
        next_seed=str(work.rng.getrandbits(63)),
        created_by=by,
        created_at=work.now,
    )
    work.session.add(program)
    work.session.flush()
    return program


def change(work: Work, program_id: int, wanted: Wanted, *, by: str) -> Program:
    """A round that runs keeps its dates; the next one follows the new rhythm."""
    check_admin(work, by)
    program = programs.lock_program(work.session, program_id=program_id)
    if program is None or program.workspace_id != work.workspace_id:
        raise NotForYou("That program does not exist any more.")
    check_channel_is_free(work, wanted, besides=program)
    if program.channel_id != wanted.channel_id:
        program.channel_id, program.members_read_at = wanted.channel_id, None
    program.name = wanted.name
    if (program.every_weeks, program.weekday, program.wall_time, program.zone) != (
        wanted.every_weeks,
        wanted.weekday,
        f"{wanted.wall_time:%H:%M}",
        wanted.zone.key,
    ):
        follow(work, program, wanted)
    return program


def follow(work: Work, program: Program, wanted: Wanted) -> None:
    rhythm = rhythm_from(work, wanted)
    program.every_weeks, program.weekday = wanted.every_weeks, wanted.weekday
    program.wall_time, program.zone = f"{wanted.wall_time:%H:%M}", wanted.zone.key
    program.first_on = rhythm.first_on
    program.next_round_at = rhythms.next_round_at(rhythm, work.now)


def rhythm_from(work: Work, wanted: Wanted) -> Rhythm:
    today = work.now.astimezone(wanted.zone).date()
    first_on = rhythms.first_day(today, wanted.weekday)
    return Rhythm(wanted.every_weeks, wanted.weekday, wanted.wall_time, wanted.zone, first_on)


def check_admin(work: Work, person_id: str) -> None:
    if not people.is_admin(work, person_id):
        raise NotForYou("Programs are set up by the admins of this workspace. Ask one of them.")


def check_channel_is_free(work: Work, wanted: Wanted, besides: Program | None = None) -> None:
    """A form sent twice, or by two admins at once, makes one program."""
    there = programs.program_of_channel(work.session, workspace_id=work.workspace_id, channel_id=wanted.channel_id)
    if there is not None and there is not besides:
        raise FormError(forms.CHANNEL, f"This channel already has a program, {there.name}. Choose another channel.")


def for_admins(work: Work, person_id: str) -> list[Block]:
    """Every program there is, for those who may change them; nothing for anybody else."""
    if not people.is_admin(work, person_id):
        return []
    there = programs.programs(work.session, workspace_id=work.workspace_id)
    return blocks.admin_section(
        [
            (program, rhythm_of(program), programs.count_members(work.session, program_id=program.id))
            for program in there
        ]
    )


def first_steps(work: Work, person_id: str) -> list[Block]:
    """While there is no program, an admin finds on the first page how to make one."""
    if programs.programs(work.session, workspace_id=work.workspace_id) or not people.is_admin(work, person_id):
        return []
    return blocks.first_steps()
