"""Participation in a due round, and absence reasons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.core.calendar import zone_or_utc
from bot.core.work import Work
from bot.people import service as people_service
from storage.kinds import AbsenceReason
from storage.people import people
from storage.people.people import Person
from storage.programs import programs
from storage.programs.programs import Membership, Program


@dataclass(frozen=True)
class Attendance:
    """The ids of a due round's participants, and why others don't take part."""

    present: frozenset[str]
    absent: Mapping[str, AbsenceReason]
    marks: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """Values this rests on, by person. As long as they are equal, it holds."""


def find_participants(work: Work, program: Program, *, among: Collection[str] | None = None) -> dict[str, Person]:
    """Return the members who take part, all or those among these."""
    return check_attendance(work, program, among=among)[1]


def check_attendance(
    work: Work, program: Program, *, among: Collection[str] | None = None
) -> tuple[Attendance, dict[str, Person]]:
    """Return the participation of all members, or among these, and the participants."""
    marks = programs.attending_members(work, program_id=program.id) if among is None else {}
    ids = marks if among is None else among
    members = programs.get_memberships(work, program_id=program.id, person_ids=ids)
    known = people.get_many(work, person_ids=[m.person_id for m in members])
    present: dict[str, Person] = {}
    absent: dict[str, AbsenceReason] = {}
    for member in members:
        person = known.get(member.person_id)
        reason = reason_absent(work, program, member, person)
        if person is not None and reason is None:
            present[person.person_id] = person
        else:
            absent[member.person_id] = reason or AbsenceReason.GONE
    return Attendance(frozenset(present), absent, marks), present


def refreshed(work: Work, program: Program, before: Attendance) -> Attendance:
    """Return the participation as of now. Only people with changed values are read again."""
    now = programs.attending_members(work, program_id=program.id)
    touched = {one for one in now.keys() | before.marks.keys() if now.get(one) != before.marks.get(one)}
    if not touched:
        return before
    anew, _ = check_attendance(work, program, among=touched)
    absent = {one: reason for one, reason in before.absent.items() if one not in touched}
    return Attendance(before.present - touched | anew.present, {**absent, **anew.absent}, now)


def reason_absent(work: Work, program: Program, member: Membership, person: Person | None) -> AbsenceReason | None:
    """Return the absence reason; None if they take part."""
    today = work.now.astimezone(zone_or_utc(program.zone)).date()
    if member.paused_until is not None and member.paused_until > today:
        return AbsenceReason.PAUSED
    if member.skipped_round_at == program.next_round_at:
        return AbsenceReason.SKIPPED
    if person is None or not person.is_active:
        return AbsenceReason.GONE
    if person.unreachable_at is not None:
        return AbsenceReason.UNREACHABLE
    return people_service.why_away(person, work.now)
