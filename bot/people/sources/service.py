"""Attribute sources besides files: profile fields and user groups, mapped by admins."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.core.work import Work
from bot.people import profile_fields
from bot.people import service as people_service
from bot.people.attributes import CHECKS, check_words
from bot.people.directory import check_admin, check_version, version
from bot.people.rules import Profile
from storage.kinds import Attribute, Source
from storage.people import people, sources, user_groups
from storage.people.people import Conflict
from storage.people.sources import FieldSource
from storage.people.user_groups import UserGroup

READ_AGAIN = timedelta(days=1)
"""Interval of profile reads: not every change of a custom field causes an event."""
SOON = timedelta(hours=1)
"""Delay after a profile event. It also limits reads for people who change their status often."""
IN_HAND = timedelta(minutes=10)
"""Reservation of a profile by the process that reads it. If that crashes, another one takes over."""
BY_GROUP = (Attribute.TEAM, Attribute.DEPARTMENT, Attribute.OFFICE, Attribute.LEVEL)
"""Attributes that a user group's name can provide."""
ON_A_PAGE = 10
"""Conflicts per page."""
PART = 200
"""People per transaction, so that no interaction waits long for the database."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Data for the section on attribute sources."""

    fields: Sequence[FieldSource]
    groups: Mapping[Attribute, Sequence[UserGroup]]
    version: int
    unread: int
    """Number of profiles that haven't been read since the mapping changed."""
    fields_trouble: str | None
    groups_trouble: str | None
    conflicts: int
    unclear: Mapping[Attribute, int] = field(default_factory=dict)
    """Number of people whose field value can't be parsed, by attribute."""


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    shown: Sequence[Conflict]
    offset: int
    total: int


def chosen(work: Work) -> Chosen:
    directory = sources.directory(work)
    fields = sources.fields(work)
    return Chosen(
        fields=fields,
        groups=sources.groups(work),
        version=version(work),
        unread=sources.count_unread(work) if fields else 0,
        fields_trouble=directory.fields_trouble,
        groups_trouble=directory.groups_trouble,
        conflicts=people.count_conflicts(work),
        unclear=sources.count_unclear(work) if fields else {},
    )


def conflicts(work: Work, offset: int, *, by: str) -> ConflictsPage:
    """Return a page of conflicts between sources, or the last page if the offset is too high."""
    check_admin(work, by)
    total = people.count_conflicts(work)
    last = max(total - 1, 0) // ON_A_PAGE * ON_A_PAGE
    offset = min(offset // ON_A_PAGE * ON_A_PAGE, last)
    shown = people.conflicts(work, offset=offset, limit=ON_A_PAGE)
    return ConflictsPage(shown, offset, total)


# Mapping by admins


def choose_fields(work: Work, wanted: Mapping[Attribute, tuple[str, str]], *, by: str, seen: int) -> bool:
    """Map attributes to fields, given as (id, label). Returns False if nothing changes."""
    check_admin(work, by)
    directory = sources.lock_directory(work)
    there = sources.fields(work)
    if {row.attribute: row.field_id for row in there} == {one: field_id for one, (field_id, _) in wanted.items()}:
        return False
    check_version(directory, seen)
    sources.replace_fields(work, wanted=wanted)
    sources.request_reread_of_all(work)
    directory.fields_checked_at = None  # Slack has just listed them: any earlier error is over.
    directory.version += 1
    return True


def choose_groups(work: Work, wanted: Mapping[Attribute, Collection[str]], *, by: str, seen: int) -> bool:
    """Map attributes to user group ids. Returns False if nothing changes."""
    check_admin(work, by)
    directory = sources.lock_directory(work)
    there = sources.groups(work)
    asked = {attribute: set(group_ids) for attribute, group_ids in wanted.items() if group_ids}
    if {attribute: {group.group_id for group in groups} for attribute, groups in there.items()} == asked:
        return False
    check_version(directory, seen)
    sources.replace_groups(work, wanted=asked)
    everything = {group_id for group_ids in asked.values() for group_id in group_ids}
    user_groups.request_reread(work, group_ids=everything)
    directory.version += 1
    return True


# Profile fields


def is_any_field_chosen(work: Work) -> bool:
    return bool(sources.fields(work))


def take_due(work: Work, limit: int) -> list[str]:
    """Reserve profiles to read for a while, so that concurrent processes read different ones. Returns person ids."""
    due = sources.people_due(work, limit=limit)
    sources.request_reread(work, person_ids=due, at=work.now + IN_HAND)
    return due


def note_fields_offered(work: Work, labels: Mapping[str, str]) -> None:
    """Record the existing fields: a deleted one stops providing values, a restored one is read again."""
    directory = sources.lock_directory(work)
    directory.fields_checked_at, directory.fields_trouble = work.now, None
    for row in sources.fields(work):
        if row.is_gone and row.field_id in labels:
            sources.request_reread_of_all(work)
        row.is_gone = row.field_id not in labels
        row.label = labels.get(row.field_id, row.label)[:255]


def hear_fields(work: Work, said: Mapping[str, Mapping[str, str]]) -> None:
    """Record values of custom fields, given by person id and field id."""
    there = [row for row in sources.fields(work) if not row.is_gone]
    if not there:
        return
    known = people.get_many(work, person_ids=said)
    by_email = emails(work, there)
    heard = {
        person_id: {
            row.attribute: understood(row.attribute, values.get(row.field_id, ""), by_email, of=person_id)
            for row in there
        }
        for person_id, values in said.items()
        if person_id in known
    }
    people_service.record_values(work, Source.SLACK_PROFILE, heard, {row.attribute: row.field_id for row in there})
    unclear = {
        person_id: {row.attribute for row in there if said[person_id].get(row.field_id) and not words[row.attribute]}
        for person_id, words in heard.items()
    }
    sources.mark_unclear(work, unclear=unclear)
    again = work.now + READ_AGAIN
    sources.request_reread(work, person_ids=list(heard), at=again)


def emails(work: Work, there: Sequence[FieldSource]) -> Mapping[str, str]:
    """Map emails and ids to person ids, if a manager field is mapped; otherwise an empty mapping."""
    if all(row.attribute is not Attribute.MANAGER for row in there):
        return {}
    here = people.active(work)
    return {person.email.lower(): person.person_id for person in here if person.email} | {
        person.person_id: person.person_id for person in here
    }


def understood(attribute: Attribute, words: str, by_email: Mapping[str, str], *, of: str = "") -> str:
    """Parse a value. Returns an empty string if it is invalid, as any attribute may be unknown."""
    match attribute:
        case Attribute.LEVEL:
            cell = profile_fields.level_in(words)
        case Attribute.MANAGER:
            cell = profile_fields.first_named(words)
        case _:
            cell = profile_fields.first_line(words)
    value, problem = CHECKS.get(attribute, check_words)(cell, by_email) if cell else ("", "")
    return "" if problem or (attribute is Attribute.MANAGER and value == of) else value


def profile_changed(work: Work, profile: Profile) -> None:
    """Handle a profile event. If it lacks the custom fields, they are read soon."""
    if not is_any_field_chosen(work):
        return
    person = people.get(work, person_id=profile.person_id)
    if person is None or not person.is_active or profile.changed_at < person.changed_at:
        return
    if profile.custom_fields:
        hear_fields(work, {profile.person_id: profile.custom_fields})
    elif person.fields_due_at is not None:
        person.fields_due_at = min(person.fields_due_at, work.now + SOON)


def is_anything_said_by_fields(work: Work) -> bool:
    return bool(sources.person_with_fields(work))


def said_by_other_fields(work: Work) -> dict[str, set[Attribute]]:
    """Return attributes, by person id, whose value comes from a field that is no longer mapped."""
    there = sources.fields(work)
    return sources.values_of_other_fields(
        work, field_ids={row.attribute: row.field_id for row in there if not row.is_gone}, limit=PART
    )


def take_back_from_other_fields(work: Work) -> int:
    """Withdraw a batch of values from unmapped fields. Returns the number of people; 0 means done."""
    stale = said_by_other_fields(work)
    nothing = {person_id: dict.fromkeys(attributes, "") for person_id, attributes in stale.items()}
    people_service.record_values(work, Source.SLACK_PROFILE, nothing)
    return len(stale)


# User groups


def note_groups_listed(work: Work, names: Mapping[str, str]) -> None:
    directory = sources.lock_directory(work)
    directory.groups_listed_at, directory.groups_trouble = work.now, None
    short = {group_id: name[:255] for group_id, name in names.items()}
    user_groups.record_listing(work, names=short)


def groups_due(work: Work, wanted: Collection[str], limit: int) -> list[str]:
    """Return the wanted groups whose members are due for a sync."""
    there = user_groups.get_many(work, group_ids=wanted).values()
    due = [one.group_id for one in there if one.read_at is None or one.read_at + READ_AGAIN <= work.now]
    return sorted(due)[:limit]


def groups_followed(work: Work) -> set[str]:
    """Return the groups whose members are synced."""
    return set(sources.group_ids(work))


def hear_members(work: Work, group_id: str, come: Sequence[str], go: Sequence[str]) -> None:
    """Record people who joined or left a group."""
    known = people.get_many(work, person_ids=come)
    user_groups.change_members(work, group_id=group_id, come=[one for one in come if one in known], go=go)


def note_group_read(work: Work, group_id: str) -> None:
    group = user_groups.get(work, group_id=group_id)
    if group is not None:
        group.read_at = work.now
        sources.lock_directory(work).groups_trouble = None


def list_groups_again(work: Work) -> None:
    sources.lock_directory(work).groups_listed_at = None


def hear_groups(work: Work, person_ids: Sequence[str]) -> None:
    """Record the attribute values of people from the mapped groups. Of several, the first by name counts."""
    there = sources.groups(work)
    mine = user_groups.groups_of(work, person_ids=person_ids)
    heard = {
        person_id: {
            attribute: first_value(attribute, there.get(attribute, ()), mine.get(person_id, set()))
            for attribute in BY_GROUP
        }
        for person_id in person_ids
    }
    people_service.record_values(work, Source.USER_GROUP, heard)


def first_value(attribute: Attribute, groups: Sequence[UserGroup], mine: Collection[str]) -> str:
    values = (understood(attribute, group.name, {}) for group in groups if group.group_id in mine)
    return next((value for value in values if value), "")


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    mine = user_groups.groups_of(work, person_ids=[person_id])
    there = user_groups.get_many(work, group_ids=mine.get(person_id, set()))
    unclear = sources.unclear_of(work, person_id=person_id)
    return {"user_groups": sorted(group.name for group in there.values()), "fields_not_understood": unclear}


def forget_person(work: Work, person_id: str) -> None:
    user_groups.forget_person(work, person_id=person_id)
    sources.forget_unclear(work, person_ids=[person_id])
