"""A year of weekly rounds: people come and go, a fifth is away each week, seven of ten matches really meet."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from bot.matching import History, Participant, Past, Request, match
from bot.matching.model import Wishes
from bot.matching.table import Table, tabulate
from bot.matching.weights import minutes
from tests.benchmarks.matching.company import company
from tests.benchmarks.matching.rivals import Groups, Method

WEEKS, AWAY, LEAVE, MEET = 52, 0.2, 0.2 / 52, 0.7
SHORT = 120


@dataclass
class Year:
    """What a method did over the year: counts of matches, and new colleagues met per person week by week."""

    matches: int = 0
    repeats: int = 0
    same_team: int = 0
    short: int = 0
    left_out: int = 0
    seats: int = 0
    early_trios: int = 0
    met: list[float] = field(default_factory=list)


@dataclass
class Life:
    """The company as the weeks go by."""

    staff: list[Participant]
    newcomers: Iterator[Participant]
    dice: random.Random
    rows: list[tuple[str, str, Past, int]] = field(default_factory=list)
    trios: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def week(self) -> list[Participant]:
        """Some leave, as many begin; who is here this week."""
        self.staff = [next(self.newcomers) if self.dice.random() < LEAVE else person for person in self.staff]
        here = [person for person in self.staff if self.dice.random() >= AWAY]
        return [replace(p, trios=self.trios[p.person_id], left_out=self.left_out[p.person_id]) for p in here]

    def request(self, here: list[Participant], week: int) -> Request:
        known = {person.person_id for person in self.staff}
        rows = [(a, b, what, 7 * (week - when)) for a, b, what, when in self.rows if a in known and b in known]
        here_ids = {person.person_id for person in here}
        absent = {p.person_id: p.team for p in self.staff if p.person_id not in here_ids}
        return Request(tuple(here), history=History.of(rows), absent=absent, seed=week)


USUAL = Wishes()


def unseen(_life: Life, _week: int) -> None:
    """Watch nothing."""


def as_is(person: Participant) -> Participant:
    return person


def lived(
    n: int,
    method: Method | None,
    seed: int = 1,
    weeks: int = WEEKS,
    *,
    every: int = 1,
    watch: Callable[[Life, int], None] = unseen,
    changed: Callable[[Participant], Participant] = as_is,
    wishes: Wishes = USUAL,
) -> Year:
    """`None` is Weft. All methods live through the same comings and goings.

    `every`: weeks between two rounds. `changed`: what is known of each person. `watch`: called after each week.
    """
    everyone = tuple(changed(person) for person in company(2 * n, seed, rounds=0).people)
    life = Life(list(everyone[:n]), iter(everyone[n:]), random.Random(seed))
    year, chance, known = Year(), random.Random(seed + 1), Counter[str]()
    for week in range(weeks):
        here = life.week()
        if week % every:
            watch(life, week)
            continue
        request = replace(life.request(here, week), wishes=wishes)
        t = tabulate(request)
        groups = weft(request, t) if method is None else method(t, random.Random(week))
        note(year, life, t, groups)
        remember(life, known, t, groups, week, chance)
        year.met.append(sum(known[p.person_id] for p in life.staff) / n)
        watch(life, week)
    return year


def weft(request: Request, t: Table) -> Groups:
    number = {person.person_id: i for i, person in enumerate(t.people)}
    return [tuple(number[member] for member in group.members) for group in match(request).groups]


def note(year: Year, life: Life, t: Table, groups: Groups) -> None:
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], np.intp).reshape(-1, 2)
    a, b = pairs[:, 0], pairs[:, 1]
    year.matches += len(pairs)
    year.repeats += int((np.asarray(t.met[a, b]).reshape(-1) > 0).sum())
    year.same_team += int((t.team[a] == t.team[b]).sum())
    year.short += int((minutes(t, a, b) < SHORT).sum())
    year.seats += len(t)
    year.left_out += len(t) - sum(map(len, groups))
    third = int(np.sort(t.trios)[2])
    year.early_trios += sum(int(t.trios[i]) > third for group in groups if len(group) == 3 for i in group)


def remember(life: Life, known: Counter[str], t: Table, groups: Groups, week: int, chance: random.Random) -> None:
    ids = [person.person_id for person in t.people]
    before = {frozenset(row[:2]) for row in life.rows if row[2] is Past.MET}
    for group in groups:
        what = Past.MET if chance.random() < MEET else Past.INTRODUCED
        life.trios.update(ids[i] for i in group if len(group) == 3)
        for i, j in combinations(group, 2):
            if what is Past.MET and frozenset((ids[i], ids[j])) not in before:
                known.update((ids[i], ids[j]))
            life.rows.append((ids[i], ids[j], what, week))
    seated = {ids[i] for group in groups for i in group}
    for person_id in ids:
        life.left_out[person_id] = 0 if person_id in seated else life.left_out[person_id] + 1
