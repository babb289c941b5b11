"""People of the workspace: storing profiles, availability and attributes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.core import resync
from bot.core.events import PersonGone
from bot.core.mrkdwn import label
from bot.core.work import Work
from bot.people import rules
from bot.people.attributes import Table, read_table
from bot.people.hours import hours_of
from bot.people.rules import Profile
from bot.people.statuses import USUAL
from storage.kinds import AbsenceReason, Attribute, Source
from storage.people import people, sources
from storage.people.people import Person

LOOK_AGAIN = timedelta(days=1)
LONG_HOLIDAYS = 3
"""Holidays on so many consecutive working days count as an absence: a coffee would begin with silence."""


def remember(work: Work, profiles: Iterable[Profile], *, seen_at: datetime | None = None) -> None:
    """Insert or update people from Slack's profiles."""
    told, titled, away = list(profiles), list[str](), away_emoji(work)
    known = people.get_many(work, person_ids=[p.person_id for p in told])
    for profile in told:
        person = known.get(profile.person_id)
        if person is None:
            if not profile.is_active:
                continue  # They left before Weft was installed.
            person = Person(
                workspace_id=work.workspace_id, person_id=profile.person_id, is_active=True, known_since=work.now
            )
            work.session.add(person)
        elif profile.changed_at < person.changed_at:
            person.seen_at = max(person.seen_at, seen_at or work.now)  # An outdated profile that arrived late.
            continue
        left = person.is_active and not profile.is_active
        has_new_title = person.slack_title != profile.title
        describe(person, profile, seen_at or work.now)
        person.has_away_status = person.status_emoji in away
        if has_new_title:
            titled.append(profile.person_id)
        if left:
            work.raise_(PersonGone(profile.person_id))
    work.session.flush()
    resolve_attributes(work, titled)


def describe(person: Person, profile: Profile, seen_at: datetime) -> None:
    person.name, person.email, person.slack_title = profile.name, profile.email, profile.title
    person.zone, person.locale = profile.zone, profile.locale or person.locale
    person.is_admin, person.is_guest, person.is_active = profile.is_admin, profile.is_guest, profile.is_active
    person.status_emoji, person.status_until = profile.status_emoji, profile.status_until
    person.changed_at = profile.changed_at
    # An earlier sync may be stored later: two processes can read at once.
    person.seen_at = max(person.seen_at or seen_at, seen_at)


@dataclass(frozen=True, slots=True)
class Departures:
    left: int = 0
    doubted: int = 0


def finish_sync(
    work: Work, *, began_at: datetime, previous_at: datetime | None, skipped: Collection[str] = ()
) -> Departures:
    """Mark people who are missing from a complete sync as gone, except those whose profiles couldn't be read.

    If implausibly many are missing, only those also missing from the previous sync.
    """
    unseen = people.unseen_since(work, moment=began_at)
    missing = [person for person in unseen if person.person_id not in skipped]
    known = people.count_active(work)
    is_doubtful = resync.is_doubtful(len(missing), known)
    left = [one for one in missing if not is_doubtful or (previous_at is not None and one.seen_at < previous_at)]
    for person in left:
        person.is_active = False
        work.raise_(PersonGone(person.person_id))
    return Departures(len(left), len(missing) - len(left))


def mark_unreachable(work: Work, person_id: str) -> None:
    """Mark a person as unreachable after Slack refused a message to them, so that no one waits for them."""
    person = people.get(work, person_id=person_id)
    if person is not None and person.unreachable_at is None:
        person.unreachable_at = work.now
    work.raise_(PersonGone(person_id))


def mark_reachable(work: Work, person_id: str) -> None:
    """Mark a person as reachable, as they just used Weft."""
    person = people.get(work, person_id=person_id)
    if person is not None:
        person.unreachable_at = None


def record_dnd(work: Work, person_id: str, dnd_status: Mapping[str, Any]) -> None:
    person = people.get(work, person_id=person_id)
    if person is not None:
        with suppress(ValueError):  # Ignore malformed times.
            person.quiet_until = rules.quiet_until(dnd_status, work.now)


def record_all_dnd(work: Work, said: Mapping[str, Any], before: Mapping[str, datetime | None]) -> None:
    """Store DND states read from Slack, unless they are malformed or an event has changed `before` meanwhile."""
    for person_id, person in people.get_many(work, person_ids=before).items():
        if isinstance(said.get(person_id), Mapping) and person.quiet_until == before[person_id]:
            with suppress(ValueError):
                person.quiet_until = rules.quiet_until(said[person_id], work.now)


def is_admin(work: Work, person_id: str) -> bool:
    person = people.get(work, person_id=person_id)
    return person is not None and person.is_active and person.is_admin


def away_emoji(work: Work) -> Sequence[str]:
    """Return the status emoji that mean out of office."""
    return sources.directory(work).away_emoji or USUAL


def can_be_met(person: Person, now: datetime) -> bool:
    """Return whether a person is active, reachable and not out of office."""
    return person.is_active and person.unreachable_at is None and why_away(person, now) is None


def why_away(person: Person, now: datetime) -> AbsenceReason | None:
    """Return the reason of an absence, or None. A single holiday doesn't count as one."""
    if rules.is_away(person.has_away_status, person.status_until, now):
        return AbsenceReason.AWAY
    if hours_of(person).are_all_holidays(now, LONG_HOLIDAYS):
        return AbsenceReason.ON_HOLIDAY
    return None


def not_before(work: Work, person_id: str) -> datetime | None:
    """Return the end of a person's DND or absence, for messages that can wait; checked again at send time."""
    person = people.get(work, person_id=person_id)
    if person is None:
        return None
    if rules.is_quiet(person.quiet_until, work.now):
        return person.quiet_until
    if rules.is_away(person.has_away_status, person.status_until, work.now):
        tomorrow = work.now + LOOK_AGAIN  # A status can end early, and some have no end.
        return hours_of(person).next_moment(min(person.status_until or tomorrow, tomorrow))
    return None


def at_work_from(work: Work, person_id: str, moment: datetime) -> datetime:
    """Return the first moment, from `moment` on, at which the person is at work."""
    person = people.get(work, person_id=person_id)
    return hours_of(person).next_moment(moment) if person is not None else moment


# Attributes


def import_attributes(work: Work, text: str) -> Table:
    """Import a CSV file: all valid rows in one transaction. The returned table lists the rejected ones.

    Raises bot.people.attributes.UnreadableTableError if the file as a whole can't be used.
    """
    here = people.active(work)
    known = frozenset(person.person_id for person in here)
    # If a leaver's address was given to someone new, it means the new person.
    by_email = people.ids_by_email(work)
    by_email |= {person.email.lower(): person.person_id for person in here if person.email}
    table = read_table(text, people=known, by_email=by_email)
    record_values(work, Source.CSV, table.said)
    return table


def record_values(
    work: Work,
    source: Source,
    said: Mapping[str, Mapping[Attribute, str]],
    origins: Mapping[Attribute, str] | None = None,
) -> None:
    """Record a source's values, and resolve each attribute by the precedence of sources."""
    said = {person_id: {name: label(value) for name, value in row.items()} for person_id, row in said.items()}
    people.set_values(work, source=source, said=said, origins=origins)
    resolve_attributes(work, list(said))


def resolve_attributes(work: Work, person_ids: list[str]) -> None:
    words: dict[tuple[str, Attribute], list[tuple[int, str]]] = {}
    for row in people.values_on(work, person_ids=person_ids):
        rank = people.SOURCES_IN_ORDER.index(row.source)
        words.setdefault((row.person_id, row.attribute), []).append((rank, row.value))
    for person_id, person in people.get_many(work, person_ids=person_ids).items():
        for attribute in Attribute:
            set_attribute(person, attribute, rules.highest_priority(words.get((person_id, attribute), [])))


def set_attribute(person: Person, attribute: Attribute, value: str | None) -> None:
    match attribute:
        case Attribute.LEVEL:
            person.level = int(value) if value else None
        case Attribute.STARTED_ON:
            person.started_on = date.fromisoformat(value) if value else None
        case Attribute.MANAGER:
            person.manager_id = value
        case Attribute.TITLE:
            person.title = value or person.slack_title
        case _:
            setattr(person, attribute.value, value)


# Privacy


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    person = people.get(work, person_id=person_id)
    if person is None:
        return {}
    words = people.values_on(work, person_ids=[person_id])
    kept = {column.key: getattr(person, column.key) for column in Person.__table__.columns}
    return {
        "profile": {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in kept.items()},
        "attributes": [{"attribute": row.attribute, "source": row.source, "value": row.value} for row in words],
    }


def forget_person(work: Work, person_id: str) -> None:
    people.forget_person(work, person_id=person_id)
