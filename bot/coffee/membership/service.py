"""Joining, pausing, skipping and leaving: by the person's own choice, and reversible."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.coffee.activity import inactivity
from bot.coffee.activity.ahead import take_back_from
from bot.coffee.events import MemberJoined, MemberLeft
from bot.coffee.membership import blocks, forms, welcoming
from bot.coffee.program.lookup import find, membership_of
from bot.coffee.texts import membership as texts
from bot.coffee.texts.program import NO_PROGRAM
from bot.core import keys
from bot.core.errors import FormError, NotForYou, UserError
from bot.core.lists import listed
from bot.core.mrkdwn import Mrkdwn, channel, escape
from bot.core.work import Work
from bot.people import service as people_service
from bot.people.hours import hours_of, today_of
from storage.kinds import Attention, Joining, ProgramState
from storage.people import people, user_groups
from storage.people.people import Person
from storage.programs import apart, programs
from storage.programs.programs import Membership, Program


def join(
    work: Work,
    program_id: int,
    person_id: str,
    *,
    through_channel: bool = False,
    from_channel: bool = False,
    since: datetime | None = None,
) -> bool:
    """Join a program, which is consent, or end a break. Returns whether that changes anything.

    `through_channel`: by joining the program's channel. `from_channel`: by a command in it. `since`: if not now.
    """
    program = find(work, program_id)
    person = people.get(work, person_id=person_id)
    if person is None or not person.is_active:
        raise NotForYou(texts.WORKSPACE_ONLY())
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if program.is_private and member is None and not through_channel and not from_channel:
        raise UserError(NO_PROGRAM())  # Like a missing one: outsiders must not learn of a private program.
    if reason := reason_not_eligible(work, program, person):
        raise NotForYou(texts.IS_FOR(program=program.name, people=reason))
    check_way_in(program, member, through_channel=through_channel)
    people_service.mark_reachable(work, person_id)
    people.unmark_forgotten(work, person_id=person_id)
    is_new = programs.add_membership(work, program=program, person_id=person_id, at=since or work.now)
    member = programs.lock_membership(work, program_id=program.id, person_id=person_id)
    if not is_new and member.left_at is None:
        # They chose it themselves, so leaving the channel no longer ends the membership.
        member.through_channel = member.through_channel and through_channel
        return not through_channel and end_pause_and_skip(work, program, member)
    member.joined_at, member.left_at, member.through_channel = since or work.now, None, through_channel
    member.paused_until = member.skipped_round_at = None
    inactivity.reset_silence(member)
    work.session.flush()
    work.raise_(MemberJoined(program, person))
    welcoming.greet(work, program, person)
    return True


def end_pause_and_skip(work: Work, program: Program, member: Membership) -> bool:
    """End a break, and a skip of the next round. False if there was none. Counts as activity either way."""
    was_out = is_on_a_break(work, member) or member.skipped_round_at == program.next_round_at
    end_break(work, program, member)
    member.skipped_round_at = None
    return was_out


def joined_channel(work: Work, program_id: int, person_id: str, *, at: datetime) -> None:
    """Join someone who joined the program's channel. Ineligible people are told why, once. Bots are ignored."""
    program = find(work, program_id)
    if has_changed_since(work, program_id, person_id, at):
        return
    person = people.get(work, person_id=person_id)
    if person is None or not person.is_active:
        return
    reason = reason_not_eligible(work, program, person)
    if reason is None:
        join(work, program_id, person_id, through_channel=True, since=at)
        return
    work.send(
        blocks.not_for_them(program, reason),
        to=person_id,
        key=keys.not_for_them(program.id, person_id),
        at=hours_of(person).next_moment(work.now),
        attention=Attention.PROGRAM,
    )


def left_channel(work: Work, program_id: int, person_id: str, *, at: datetime) -> None:
    if not has_changed_since(work, program_id, person_id, at):
        leave(work, program_id, person_id)


def has_changed_since(work: Work, program_id: int, person_id: str, at: datetime) -> bool:
    """Return whether the person acted after this event, as Slack's events come late and repeatedly."""
    member = programs.membership(work, program_id=program_id, person_id=person_id)
    return member is not None and at < (member.left_at or member.joined_at)


def check_way_in(program: Program, member: Membership | None, *, through_channel: bool) -> None:
    """Check that the program is running and may be joined this way. Former members may use any way."""
    if program.state is not ProgramState.RUNNING:
        raise UserError(texts.NOT_RUNNING(program=program.name))
    if program.joining is Joining.CHANNEL and member is None and not through_channel:
        raise UserError(texts.BY_CHANNEL(program=program.name, channel=channel(program.channel_id)))


def leave(work: Work, program_id: int, person_id: str) -> bool:
    """End the membership. False if there is none."""
    member = programs.membership(work, program_id=program_id, person_id=person_id)
    if member is None or member.left_at is not None:
        return False
    program = find(work, program_id)
    member.left_at = work.now
    work.take_back(keys.welcome(program.id, person_id))
    take_back_from(work, program, person_id)
    inactivity.take_back_break(work, program, member)
    work.raise_(MemberLeft(program, person_id))
    return True


def pause(work: Work, program_id: int, person_id: str, *, until: date) -> Program:
    member = membership_of(work, program_id, person_id)
    program = find(work, program_id)
    member.paused_until = until
    inactivity.reset_silence(member)
    take_back_from(work, program, person_id)
    inactivity.take_back_break(work, program, member)
    work.raise_(MemberLeft(program, person_id))
    return program


def resume(work: Work, program_id: int, person_id: str) -> Program:
    program = find(work, program_id)
    end_break(work, program, membership_of(work, program_id, person_id))
    return program


def stay(work: Work, program_id: int, person_id: str) -> Program:
    """Stay after the question that follows inactivity. Ends any break."""
    program = find(work, program_id)
    end_break(work, program, membership_of(work, program_id, person_id))
    return program


def is_on_a_break(work: Work, member: Membership) -> bool:
    return member.paused_until is not None and member.paused_until > today_of(work, member.person_id)


def end_break(work: Work, program: Program, member: Membership) -> None:
    member.paused_until = None
    inactivity.take_back_break(work, program, member)
    inactivity.mark_active(work, program, member)


def keep_apart(work: Work, person_id: str, others: Sequence[str]) -> None:
    """Replace the person's block list. It applies in every program from the next matching on."""
    if person_id in others:
        raise FormError(forms.APART, texts.DONT_MATCH_SELF())
    if len(others) > forms.MOST_APART:
        raise FormError(forms.APART, texts.DONT_MATCH_TOO_MANY(most=forms.MOST_APART))
    known = people.get_many(work, person_ids=others)
    before = apart.wishes_of(work, person_id=person_id)
    if not {*others} <= {*known, *before}:
        raise FormError(forms.APART, texts.DONT_MATCH_OTHERS())
    apart.replace_wishes(work, person_id=person_id, others=others)


def differences(
    work: Work, program_id: int, in_channel: Iterable[str], *, began_at: datetime
) -> tuple[list[str], list[str]]:
    """Compare the channel's members with the program's, as events can be missed. Returns (to join, to leave).

    People who left the program or were forgotten don't rejoin. Members who joined after `began_at`, when reading
    started, may be missing from it and don't leave.
    """
    program = find(work, program_id)
    there = set(in_channel)
    known = people.get_many(work, person_ids=there)
    ever = programs.ever_members(work, program_id=program.id)
    forgotten = people.find_forgotten(work, person_ids=there)
    may = audience(work, program, known.values())
    to_join = sorted((there - ever - forgotten) & may)
    members = programs.members(work, program_id=program.id)
    missing = [one for one in members if one.through_channel and one.person_id not in there]
    return to_join, [one.person_id for one in missing if one.joined_at < began_at]


def join_from_channel(work: Work, program_id: int, person_ids: Sequence[str]) -> None:
    """Join those who are eligible and were never members. They may have left since the channel was read."""
    program = find(work, program_id)
    known = people.get_many(work, person_ids=person_ids)
    may = audience(work, program, known.values())
    for person_id in person_ids:
        is_new = programs.membership(work, program_id=program_id, person_id=person_id) is None
        if is_new and person_id in may:
            join(work, program_id, person_id, through_channel=True)


def visible_programs(work: Work, person_id: str, channel_id: str | None) -> list[Program]:
    """Return running programs that this person is in, could join or return to, and the one of the channel."""
    person = people.get(work, person_id=person_id)
    mine = programs.memberships_of(work, person_id=person_id)
    ids = {program.id for program, _ in mine}
    there = programs.running_programs(work)
    return [
        program
        for program in there
        if program.id in ids or program.channel_id == channel_id or (person and may_see(work, program, person))
    ]


def may_see(work: Work, program: Program, person: Person) -> bool:
    if reason_not_eligible(work, program, person) is not None:
        return False
    was_in_it = programs.membership(work, program_id=program.id, person_id=person.person_id) is not None
    return was_in_it or not program.is_private


def reason_not_eligible(work: Work, program: Program, person: Person) -> Mrkdwn | None:
    """Return the people a program is for, as text, if this person is not eligible; else None."""
    if not may_join(program, person):
        return texts.FOR_WORKSPACE()
    if not audience(work, program, [person]):
        return groups_named(work, program)
    return None


def may_join(program: Program, person: Person) -> bool:
    return person.is_active and (program.lets_guests or not person.is_guest)


def audience(work: Work, program: Program, persons: Iterable[Person]) -> set[str]:
    """Return ids of eligible people: all, or members of the user groups that admins chose."""
    may = [person.person_id for person in persons if may_join(program, person)]
    if not program.audience:
        return set(may)
    groups = user_groups.groups_of(work, person_ids=may)
    return {person_id for person_id in may if not groups.get(person_id, set()).isdisjoint(program.audience)}


def groups_named(work: Work, program: Program) -> Mrkdwn:
    there = user_groups.get_many(work, group_ids=program.audience).values()
    names = sorted(escape(group.name) for group in there if not group.is_gone)
    if not names:
        return texts.FOR_GONE_GROUPS()
    return texts.FOR_GROUP(group=names[0]) if len(names) == 1 else texts.FOR_GROUPS(groups=listed(names))
