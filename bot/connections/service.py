"""Connections between people, for other features to query and extend.

A person's connections are private to them: call `connections_of` on their behalf only. `known_by`, for many people,
serves suggestions and finding introductions; it must not reveal one person's connections to another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.connections import rules
from bot.core.work import Work
from storage.connections import connections, contacts
from storage.kinds import ContactKind


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection between two people, as one of them sees it."""

    other_id: str
    strength: float
    times_met: int
    days_in_touch: int
    last_on: date
    last_met_on: date | None = None

    def is_fading(self, today: date) -> bool:
        return rules.is_fading((today - self.last_on).days)


def record_contact(work: Work, a: str, b: str, kind: ContactKind, on: date | None = None) -> None:
    """Record a contact between two people, today unless `on` is given.

    Called once for each shoutout, congratulation, hello and introduction, by the feature it happens in and in the
    same transaction. Direction is not stored. For meetings, use `record_meeting`.
    """
    record_contacts(work, [(a, b, kind)], on=on)


def record_contacts(work: Work, noted: Iterable[tuple[str, str, ContactKind]], on: date | None = None) -> None:
    """Record contacts of several pairs, like `note`."""
    day = on or work.now.date()
    counted: dict[tuple[str, str, date], dict[ContactKind, int]] = defaultdict(lambda: defaultdict(int))
    for a, b, kind in noted:
        if a != b:
            counted[min(a, b), max(a, b), day][kind] += 1
    contacts.add(work, counted=counted)


def connections_of(work: Work, person_id: str) -> list[Connection]:
    """Return the people this person knows, strongest first."""
    today = work.now.date()
    days: dict[str, list[contacts.Contact]] = defaultdict(list)
    for row in contacts.contacts_of(work, person_id=person_id):
        days[row.other_id].append(row)
    met: dict[str, list[date]] = defaultdict(list)
    asked = connections.meeting_with(work, person_ids=[person_id])
    for _, other_id, met_on in asked:
        met[other_id].append(met_on)
    everyone = [
        contacts_by_person(other, days.get(other, ()), met.get(other, ()), today) for other in days.keys() | met.keys()
    ]
    found = [one for one in everyone if rules.is_known(one.times_met, one.days_in_touch)]
    return sorted(found, key=lambda one: (-one.strength, one.other_id))


def contacts_by_person(other_id: str, days: Sequence[contacts.Contact], met: Sequence[date], today: date) -> Connection:
    in_touch = [row for row in days if row.is_in_touch]
    strength = rules.strength([contact(row, today) for row in days])
    strength += rules.strength([rules.Contact((today - met_on).days, meetings=1) for met_on in met])
    return Connection(
        other_id,
        strength,
        len(met),
        sum(row.days for row in in_touch),
        max([row.day for row in in_touch] + list(met), default=date.min),
        max(met, default=None),
    )


def contact(row: contacts.Contact, today: date) -> rules.Contact:
    return rules.Contact(
        (today - row.day).days,
        row.days,
        introductions=row.introductions,
        shoutouts=row.shoutouts,
        congratulations=row.congratulations,
        hellos=row.hellos,
        replies=row.replies,
        mentions=row.mentions,
        reactions=row.reactions,
    )


def known_by(work: Work, person_ids: Sequence[str]) -> Mapping[str, list[Connection]]:
    """Return the connections of hundreds of people in a few queries. `strength` is not computed (0)."""
    met: dict[tuple[str, str], list[date]] = defaultdict(list)
    for person_id, other_id, met_on in connections.meeting_with(work, person_ids=person_ids):
        met[person_id, other_id].append(met_on)
    days: dict[tuple[str, str], tuple[int, date]] = {
        (row.person_id, row.other_id): (row.days, row.last_on) for row in contacts.in_touch(work, person_ids=person_ids)
    }
    known: dict[str, list[Connection]] = defaultdict(list)
    for person_id, other_id in met.keys() | days.keys():
        meetings = met.get((person_id, other_id), [])
        in_touch, last_on = days.get((person_id, other_id), (0, date.min))
        if rules.is_known(len(meetings), in_touch):
            last_met_on = max(meetings, default=None)
            last = max(last_on, last_met_on or date.min)
            known[person_id].append(Connection(other_id, 0.0, len(meetings), in_touch, last, last_met_on))
    return known
