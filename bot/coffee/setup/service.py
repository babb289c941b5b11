"""Setting up, changing, starting and stopping programs.

Until it is started, a program is a draft that only admins see.
"""

from collections.abc import Collection, Mapping

from bot.coffee.activity import ahead
from bot.coffee.membership import welcoming
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program import templates
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.program.templates import Template
from bot.coffee.setup import forms
from bot.coffee.setup.admins import check_admin
from bot.coffee.setup.wanted import MoreWanted, Wanted
from bot.coffee.texts import setup as texts
from bot.core.errors import FormError, UserError
from bot.core.work import Work
from storage.kinds import ProgramState
from storage.people import people, user_groups
from storage.programs import programs
from storage.programs.programs import Program

MOST_ADMINS = 10


def set_up(work: Work, wanted: Wanted, *, by: str) -> Program:
    """Save a new program as a draft."""
    check_admin(work, by)
    check_channel_is_free(work, wanted)
    program = Program(
        workspace_id=work.workspace_id,
        state=ProgramState.DRAFT,
        next_seed=draw_seed(work),
        created_by=by,
        created_at=work.now,
        version=0,
        exception_days=[],
        templates={},
    )
    describe(work, program, wanted)
    save(work, program)
    programs.replace_admins(work, program=program, person_ids=[by])
    return program


def change(work: Work, program_id: int, wanted: Wanted, *, by: str, seen: int | None = None) -> Program:
    """Change a program. A running round keeps its dates; the next follows the new rhythm. `seen`: version edited."""
    program = lock(work, program_id, by=by, seen=seen)
    check_channel_is_free(work, wanted, besides=program)
    if program.channel_id != wanted.channel_id:
        program.members_read_at = program.channel_trouble = None
        programs.forget_way_in(work, program_id=program.id)
    describe(work, program, wanted)
    save(work, program)
    correct_waiting(work, program)
    return program


def lock(work: Work, program_id: int, *, by: str, seen: int | None = None) -> Program:
    program = programs.lock_program(work, program_id=program_id)
    if program is None or program.workspace_id != work.workspace_id:
        check_admin(work, by)
        raise UserError(texts.NO_PROGRAM())
    check_admin(work, by, program)
    check_seen(program, seen)
    return program


def check_seen(program: Program | None, seen: int | None) -> None:
    """Check that the program exists and is at the version seen."""
    if program is None:
        raise UserError(texts.NO_PROGRAM())
    if seen is not None and seen != program.version:
        raise UserError(texts.CHANGED_MEANWHILE())


def describe(work: Work, program: Program, wanted: Wanted) -> None:
    program.kind, program.name, program.channel_id = wanted.kind, wanted.name, wanted.channel_id
    program.size, program.minutes = wanted.size, wanted.minutes
    program.grouped_by, program.choices = wanted.grouped_by, list(wanted.choices)
    program.user_groups = checked_groups(work, forms.USER_GROUPS, wanted.user_groups)
    program.groups_missed = []
    if is_new_rhythm(program, wanted):
        today = work.now.astimezone(wanted.zone).date()
        program.every_weeks, program.weekday, program.nth = wanted.every_weeks, wanted.weekday, wanted.nth
        program.wall_time, program.zone = f"{wanted.wall_time:%H:%M}", wanted.zone.key
        program.first_on = rhythms.first_day(today, wanted.weekday, not_before=wanted.not_before)
        plan_next_round(work, program)
    program.version += 1


def is_new_rhythm(program: Program, wanted: Wanted) -> bool:
    asked = (wanted.every_weeks, wanted.weekday, wanted.nth, f"{wanted.wall_time:%H:%M}", wanted.zone.key)
    kept = (program.every_weeks, program.weekday, program.nth, program.wall_time, program.zone)
    moved = wanted.not_before is not None and wanted.not_before > program.first_on if program.first_on else False
    return asked != kept or moved


def plan_next_round(work: Work, program: Program) -> None:
    """Reschedule the next round, after now, so that a running one is not started again."""
    planned_at = rhythms.next_round_at(rhythm_of(program), work.now)
    before, program.next_round_at = program.next_round_at, planned_at
    if planned_at != before and program.id is not None:
        plan_heads_ups_anew(work, program)
        programs.move_skips(work, program_id=program.id, before=before, after=planned_at)


def correct_waiting(work: Work, program: Program) -> None:
    """Update pending messages to the new name, time and text."""
    welcoming.correct_waiting(work, program)
    ahead.correct_waiting(work, program)


def plan_heads_ups_anew(work: Work, program: Program) -> None:
    """Cancel pending heads-ups and allow new ones. People who got theirs for the same round get no second."""
    ahead.take_back_heads_ups(work, program)
    program.heads_up_for = None


def change_more(work: Work, program_id: int, wanted: MoreWanted, *, by: str, seen: int) -> Program:
    program = lock(work, program_id, by=by, seen=seen)
    check_admins(work, wanted)
    program.exception_days, program.country = [day.isoformat() for day in wanted.exception_days], wanted.country
    program.joining, program.lets_guests = wanted.joining, wanted.lets_guests
    program.audience, program.groups_missed = checked_groups(work, forms.AUDIENCE, wanted.audience), []
    programs.replace_admins(work, program=program, person_ids=wanted.admins)
    plan_next_round(work, program)
    correct_waiting(work, program)
    program.version += 1
    return program


def checked_groups(work: Work, name: str, group_ids: Collection[str]) -> list[str]:
    """Return the ids ordered by name. Raises FormError if a group is gone."""
    there = user_groups.get_many(work, group_ids=group_ids)
    if any(one not in there or there[one].is_gone for one in group_ids):
        raise FormError(name, texts.GROUP_DELETED())
    return sorted(group_ids, key=lambda one: (there[one].name, one))


def check_admins(work: Work, wanted: MoreWanted) -> None:
    if len(wanted.admins) > MOST_ADMINS:
        raise FormError(forms.ADMINS, texts.TOO_MANY_ADMINS(most=MOST_ADMINS))
    known = people.get_many(work, person_ids=wanted.admins)
    here = {one for one, person in known.items() if person.is_active and not person.is_guest}
    if here != set(wanted.admins):
        raise FormError(forms.ADMINS, texts.ADMINS_FROM_HERE())


def change_templates(work: Work, program_id: int, own: Mapping[Template, str], *, by: str, seen: int) -> Program:
    """Save the admins' templates. Empty and unchanged ones stay the default."""
    program = lock(work, program_id, by=by, seen=seen)
    program.templates = {
        template.value: words
        for template, words in own.items()
        if words and words != templates.KNOWN[template].ours.template
    }
    correct_waiting(work, program)
    program.version += 1
    return program


def start(work: Work, program_id: int, *, by: str) -> Program:
    """Start rounds. Idempotent."""
    program = lock(work, program_id, by=by)
    if program.state is ProgramState.RUNNING:
        return program
    rhythm = rhythm_of(program)
    today = work.now.astimezone(rhythm.zone).date()
    if program.state is ProgramState.DRAFT and program.first_on <= today:
        program.first_on = rhythms.first_day(today, program.weekday)
    program.state, program.members_read_at = ProgramState.RUNNING, None
    plan_next_round(work, program)
    program.version += 1
    return program


def stop(work: Work, program_id: int, *, by: str) -> Program:
    """Stop starting rounds. The running one goes on, and nothing is deleted."""
    program = lock(work, program_id, by=by)
    if program.state is ProgramState.RUNNING:
        program.state = ProgramState.STOPPED
        plan_heads_ups_anew(work, program)
        ahead.take_back_questions(work, program)
        program.version += 1
    return program


def delete_draft(work: Work, program_id: int, *, by: str) -> None:
    program = lock(work, program_id, by=by)
    if program.state is not ProgramState.DRAFT:
        raise UserError(texts.HAS_STARTED())
    work.session.delete(program)
    work.session.flush()


def move_channel(work: Work, old_id: str, new_id: str) -> None:
    """Update the id of a channel, which changes when it is shared with another company or comes back."""
    program = programs.program_of_channel(work, channel_id=old_id)
    taken = programs.program_of_channel(work, channel_id=new_id)
    if program is not None and taken is None:
        program.channel_id = new_id


def check_channel_is_free(work: Work, wanted: Wanted, besides: Program | None = None) -> None:
    """Raise FormError if the channel has a program, also if the form was sent twice or by two admins."""
    there = programs.program_of_channel(work, channel_id=wanted.channel_id)
    if there is not None and there is not besides:
        raise FormError(forms.CHANNEL, texts.CHANNEL_TAKEN(program=there.name))


def save(work: Work, program: Program) -> None:
    if not programs.save_program(work, program):
        # Another admin chose it concurrently.
        raise FormError(forms.CHANNEL, texts.CHANNEL_TAKEN_BY_OTHERS())


def draw_seed(work: Work) -> str:
    return str(work.rng.getrandbits(63))
