"""What is known of two people, for the features that ask or have something to add.

What one person's connections are is for that person alone: `connections_of` is asked on their behalf, and `all_known`
for the matching and for finding a path, which name nobody to anybody else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.connections import rules
from bot.core.work import Work
from storage import connections, contacts
from storage.kinds import ContactKind


@dataclass(frozen=True, slots=True)
class Connection:
    """Two people, as one of them sees it."""

    other_id: str
    strength: float
    times_met: int
    days_in_touch: int
    last_on: date
    last_met_on: date | None = None

    def is_fading(self, today: date) -> bool:
        return rules.is_fading((today - self.last_on).days)


def note(work: Work, a: str, b: str, kind: ContactKind, on: date | None = None) -> None:
    """Count that these two had to do with each other: on this day, or today.

    Called once for each shoutout, congratulation, introduction, by the feature that it happens in, in the same
    transaction. The direction is not kept. Meetings are recorded by `storage.connections.record_meeting` instead.
    """
    note_all(work, [(a, b, kind)], on=on)


def note_all(work: Work, noted: Iterable[tuple[str, str, ContactKind]], on: date | None = None) -> None:
    """As `note`, for several pairs at once."""
    day = on or work.now.date()
    counted: dict[tuple[str, str, date], dict[ContactKind, int]] = defaultdict(lambda: defaultdict(int))
    for a, b, kind in noted:
        if a != b:
            counted[min(a, b), max(a, b), day][kind] += 1
    contacts.add(work.session, workspace_id=work.workspace_id, counted=counted)


def connections_of(work: Work, person_id: str) -> list[Connection]:
    """Everybody this person knows, the strongest first."""
    happened: dict[str, list[rules.Contact]] = defaultdict(list)
    today = work.now.date()
    for row in contacts.contacts_of(work.session, workspace_id=work.workspace_id, person_id=person_id):
        happened[row.other_id].append(
            rules.Contact(
                (today - row.day).days,
                row.days,
                introductions=row.introductions,
                shoutouts=row.shoutouts,
                congratulations=row.congratulations,
                replies=row.replies,
                mentions=row.mentions,
                reactions=row.reactions,
            )
        )
    known = {one.other_id: one for one in known_by(work, [person_id]).get(person_id, ())}
    for _, other_id, met_on in connections.met_with(
        work.session, workspace_id=work.workspace_id, person_ids=[person_id]
    ):
        happened[other_id].append(rules.Contact((today - met_on).days, meetings=1))
    found = [
        Connection(
            other_id,
            rules.strength(happened[other_id]),
            one.times_met,
            one.days_in_touch,
            one.last_on,
            one.last_met_on,
        )
        for other_id, one in known.items()
    ]
    return sorted(found, key=lambda one: (-one.strength, one.other_id))


def known_by(work: Work, person_ids: Sequence[str]) -> Mapping[str, list[Connection]]:
    """Whom each of these people knows, for hundreds of them in a few statements. The strength is left out (0)."""
    met: dict[tuple[str, str], list[date]] = defaultdict(list)
    for person_id, other_id, met_on in connections.met_with(
        work.session, workspace_id=work.workspace_id, person_ids=person_ids
    ):
        met[person_id, other_id].append(met_on)
    days: dict[tuple[str, str], tuple[int, date]] = {
        (row.person_id, row.other_id): (row.days, row.last_on)
        for row in contacts.in_touch(work.session, workspace_id=work.workspace_id, person_ids=person_ids)
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
