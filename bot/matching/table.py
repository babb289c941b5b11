"""The request as arrays: person i is the i-th by person_id, whatever order they came in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from bot.matching import dice
from bot.matching.history import History, Past
from bot.matching.model import Kind, Participant, Request, Wishes
from bot.matching.ties import Contact, Ties, nearness, ties_of

Ints = NDArray[np.int32]
Places = NDArray[np.intp]
MEETING_STEP = 1 << 18
"""What a meeting of today costs; one of two years ago costs a quarter of it, an introduction a quarter of either."""
FADED_AFTER_DAYS = 730
COUNTED = 3
RECENT_DAYS = 90
SLOT = 5
"""Minutes: working hours are compared in slots of five."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`-1` stands for unknown. Sparse arrays are n x something, symmetric where both sides are people."""

    people: tuple[Participant, ...]
    wishes: Wishes
    keys: NDArray[np.uint64]
    dice: NDArray[np.uint32]
    team: Ints
    group: Ints
    department: Ints
    office: Ints
    level: Ints
    hours: Ints
    slots: NDArray[np.float32]
    """One row for each kind of working day: 288 slots of the UTC day, 1 where worked."""
    topics: NDArray[np.uint64]
    """n x words, one bit for each topic."""
    wants: NDArray[np.bool_]
    """n x teams: the teams each wishes to meet a member of; no columns where no one wishes."""
    wishing: NDArray[np.bool_]
    """Who wishes for any team that is there."""
    kind: Ints
    """People alike in working day, level, office, seniority, experience, in wishing for a team or not, and in having a
    known one, have the same number."""
    contacts: csr_array
    contact_of: csr_array
    n_contacts: Ints
    seniority: Ints
    """1: junior and has met no one senior; 2: senior; 0: neither."""
    met: csr_array
    """Times two people met."""
    introduced: csr_array
    in_touch: csr_array
    past_cost: csr_array
    ties: Ties
    near: Ints
    """Points off for each two people who are near each other, n x n; empty where that isn't counted."""
    blocked: csr_array
    trios: Ints
    left_out: Ints

    def __len__(self) -> int:
        return len(self.people)

    def take(self, chosen: Places) -> "Table":
        """The table of these people alone, in this order, for weighing them: contacts with all others stay known,
        how often they met does not."""
        per_person = ("keys", "dice", "team", "group", "department", "office", "level", "hours", "topics", "wants",
                      "wishing", "kind", "n_contacts", "seniority", "trios", "left_out")  # fmt: skip
        arrays = {name: getattr(self, name)[chosen] for name in per_person}
        squares = {name: within(getattr(self, name), chosen) for name in ("in_touch", "past_cost", "blocked")}
        none = np.empty(0, np.int32)
        nothing = symmetric(none, none, none, (len(chosen), len(chosen)))
        squares |= {"met": nothing, "introduced": nothing}
        contacts = self.contacts[chosen]
        sides = {"contacts": contacts, "contact_of": csr_array(contacts.T)}
        others = {"people": tuple(self.people[i] for i in chosen), "ties": self.ties.take(chosen)}
        others["near"] = self.near[np.ix_(chosen, chosen)] if self.near.size else self.near
        changed: dict[str, Any] = {**arrays, **squares, **sides, **others}
        return replace(self, **changed)


def tabulate(request: Request) -> Table:
    people = tuple(sorted(request.people, key=lambda person: person.person_id))
    ids = tuple(person.person_id for person in people)
    place = {person_id: i for i, person_id in enumerate(chain(ids, sorted(request.absent)))}
    keys = dice.keys(ids)
    slots, hours = working_days(people)
    past = PastPairs(request.history, place, len(ids))
    levels = np.array([-1 if p.level is None else p.level for p in people], np.int32)
    seniority = seniorities(request.wishes, levels, past)
    department, office = codes([p.department for p in people]), codes([p.office for p in people])
    n_contacts = np.diff(past.contacts.indptr).astype(np.int32)
    team = codes([p.team for p in people])
    ties = ties_of(request.wishes, past.contact, teams_of(request, people), len(ids))
    ties.sizes[:] *= request.is_history_whole
    wants = wanted(people, team)
    wishing = np.array([row.any() for row in wants], bool)
    features = np.stack([hours, levels, office, seniority, n_contacts >= EXPERIENCED, wishing, team >= 0])
    kind = np.unique(features, axis=1, return_inverse=True)[1].reshape(-1) if ids else np.empty(0)
    return Table(
        people=people,
        wishes=request.wishes,
        keys=keys,
        dice=(dice.mixed(keys, request.seed) >> np.uint64(32)).astype(np.uint32),
        team=team,
        group=codes([p.group if request.kind is Kind.CROSS_GROUP else None for p in people]),
        department=department,
        office=office,
        level=levels,
        hours=hours,
        slots=slots,
        topics=bits([p.topics for p in people]),
        wants=wants,
        wishing=wishing,
        kind=kind.astype(np.int32),
        contacts=past.contacts,
        contact_of=csr_array(past.contacts.T),
        n_contacts=n_contacts,
        seniority=seniority,
        met=past.met,
        introduced=past.introduced,
        in_touch=past.in_touch,
        past_cost=past.cost,
        ties=ties,
        near=nearness(request.wishes, past.contact, len(ids), past.everyone),
        blocked=blocked(request.blocks, place, len(ids)),
        trios=np.array([p.trios for p in people], np.int32),
        left_out=np.array([min(p.left_out, 7) for p in people], np.int32),
    )


def within(square: csr_array, chosen: Places) -> csr_array:
    at = np.full(square.shape[0], -1, np.int32)
    at[chosen] = np.arange(len(chosen), dtype=np.int32)
    rows = square[chosen]
    kept = at[rows.indices] >= 0
    ends = np.concatenate(([0], np.cumsum(kept)))[rows.indptr].astype(np.int32)
    shape = (len(chosen), len(chosen))
    return csr_array((rows.data[kept], at[rows.indices[kept]], ends), shape=shape)


EXPERIENCED = 8
"""With this many contacts a common acquaintance becomes an asset (the inverted U of Rajkumar et al., Science 2022)."""


def codes(values: Sequence[str | None]) -> Ints:
    numbers = {value: i for i, value in enumerate(sorted({value for value in values if value is not None}))}
    return np.array([-1 if value is None else numbers[value] for value in values], np.int32)


def teams_of(request: Request, people: Sequence[Participant]) -> Ints:
    """The teams of participants and of those absent: -1 also for one that no participant is of."""
    number = {name: i for i, name in enumerate(sorted({p.team for p in people if p.team is not None}))}
    away = (request.absent[person_id] for person_id in sorted(request.absent))
    return np.array([number.get(team, -1) for team in chain((p.team for p in people), away)], np.int32)  # type: ignore[arg-type]


def working_days(people: Sequence[Participant]) -> tuple[NDArray[np.float32], Ints]:
    days = sorted({person.working_hours for person in people if person.working_hours is not None})
    slots = np.zeros((len(days), 1440 // SLOT), np.float32)
    for row, day in zip(slots, days, strict=True):
        for start, end in day:
            row[np.arange(start // SLOT, end // SLOT) % len(row)] = 1
    number = {day: i for i, day in enumerate(days)}
    hours = [-1 if p.working_hours is None else number[p.working_hours] for p in people]
    return slots, np.array(hours, np.int32)


def bits(sets: Sequence[Collection[str]]) -> NDArray[np.uint64]:
    """Those that only one person has can't be shared: they get no bit."""
    seen: dict[str, int] = {}
    for topic in chain.from_iterable(map(set, sets)):
        seen[topic] = seen.get(topic, 0) + 1
    number = {topic: i for i, topic in enumerate(sorted(topic for topic, n in seen.items() if n > 1))}
    words = np.zeros((len(sets), (len(number) + 63) // 64), np.uint64)
    for row, topics in zip(words, sets, strict=True):
        for i in (number[topic] for topic in set(topics) if topic in number):
            row[i // 64] |= np.uint64(1 << (i % 64))
    return words


def wanted(people: Sequence[Participant], team: Ints) -> NDArray[np.bool_]:
    """A wish for a team without a participant can't be met: it counts for nothing."""
    number = {person.team: int(code) for person, code in zip(people, team, strict=True) if person.team is not None}
    pairs = [(i, number[name]) for i, p in enumerate(people) for name in p.wanted_teams if name in number]
    wants = np.zeros((len(people), len(number) if pairs else 0), bool)
    for i, code in pairs:
        wants[i, code] = True
    return wants


def symmetric(a: Ints, b: Ints, values: Ints, shape: tuple[int, int]) -> csr_array:
    """Both directions of each row, as far as they fit; the values of equal places are added up."""
    rows, columns = np.concatenate((a, b)), np.concatenate((b, a))
    fits = (rows < shape[0]) & (columns < shape[1])
    values = np.concatenate((values, values))[fits]
    return csr_array(coo_array((values, (rows[fits], columns[fits])), shape=shape))


def blocked(blocks: Iterable[tuple[str, str]], place: dict[str, int], n: int) -> csr_array:
    pairs = np.array([(place[a], place[b]) for a, b in blocks if a != b], np.int32).reshape(-1, 2)
    return symmetric(pairs[:, 0], pairs[:, 1], np.ones(len(pairs), np.int32), (n, n))


class PastPairs:
    """The history in the shapes that the weights ask for."""

    def __init__(self, history: History, place: dict[str, int], n: int) -> None:
        where = np.array([place.get(person_id, -1) for person_id in history.ids], np.int32)
        one, other = (where[history.a], where[history.b]) if len(history) else (history.a, history.b)
        a, b = np.minimum(one, other), np.maximum(one, other)
        days = np.minimum(history.age_days, FADED_AFTER_DAYS).astype(np.int32)
        met, introduced = history.past == Past.MET, history.past == Past.INTRODUCED
        in_touch = (history.past == Past.IN_TOUCH) & (history.age_days <= RECENT_DAYS)
        ones = np.ones(len(history), np.int32)
        self.met = symmetric(a[met], b[met], ones[met], (n, n))
        self.introduced = symmetric(a[introduced], b[introduced], ones[introduced], (n, n))
        self.in_touch = symmetric(a[in_touch], b[in_touch], ones[in_touch], (n, n))
        cost = MEETING_STEP - MEETING_STEP // 4 * 3 * days // FADED_AFTER_DAYS
        self.cost = counted(a, b, cost, met, n) + counted(a, b, cost // 4, introduced, n)
        self.contacts = symmetric(a[~introduced], b[~introduced], ones[~introduced], (n, max(len(place), 1)))
        self.contacts.data[:] = 1
        self.everyone = len(place)
        self.contact = Contact(one[~introduced], other[~introduced], met[~introduced], history.age_days[~introduced])


def counted(a: Ints, b: Ints, cost: Ints, which: NDArray[np.bool_], n: int) -> csr_array:
    """What the three latest rows of each two people cost together."""
    a, b, cost = a[which], b[which], cost[which]
    order = np.lexsort((-cost, b, a))
    a, b, cost = a[order], b[order], cost[order]
    ahead = np.ones(len(a), bool)
    ahead[COUNTED:] = (a[COUNTED:] != a[:-COUNTED]) | (b[COUNTED:] != b[:-COUNTED])
    return symmetric(a[ahead], b[ahead], cost[ahead], (n, n))


def seniorities(wishes: Wishes, level: Ints, past: PastPairs) -> Ints:
    senior = level >= wishes.senior_from
    met = past.met @ senior.astype(np.int32) > 0
    junior = (level >= 0) & (level <= wishes.junior_to) & ~met
    return np.where(senior, 2, np.where(junior, 1, 0)).astype(np.int32)
