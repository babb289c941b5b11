"""Why you: what a match scored on, strongest first, and in plain words."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations

import numpy as np

from bot.core.catalog import Text
from bot.core.lists import listed
from bot.matching import texts
from bot.matching.model import Participant, Term, TermKind
from bot.matching.table import MEETING_STEP, SLOT, Ints, Table
from bot.matching.weights import (
    TEAM_STEP,
    Longs,
    contact_points,
    facts,
    hours_points,
    same,
    short_points,
    soft_points,
    unknown,
)

Members = tuple[int, ...]
PAIR, AN_HOUR, MOST_NAMED = 2, 60, 3


class Seen:
    """The facts of every pair within every group, worked out at once."""

    def __init__(self, t: Table, groups: Sequence[Members]) -> None:
        pairs = [pair for members in groups for pair in combinations(members, 2)]
        both = np.array(pairs, np.intp).reshape(-1, 2)
        self.table, self.groups = t, groups
        self.a, self.b = both[:, 0], both[:, 1]
        self.starts = np.cumsum([0] + [len(m) * (len(m) - 1) // 2 for m in groups])
        self.facts = facts(t, self.a, self.b)
        self.soft = soft_points(t, self.a, self.b, self.facts)
        self.points = points_by_kind(t, self)

    def per_group(self, values: Longs) -> Longs:
        """Sums over the pairs of each group."""
        total = np.concatenate(([0], np.cumsum(values)))
        sums: Longs = total[self.starts[1:]] - total[self.starts[:-1]]
        return sums

    def wishes_met(self) -> float:
        most = self.table.wishes.most * len(self.a)
        return round(int(self.soft.sum()) / most, 4) if most else 1.0


def points_by_kind(t: Table, seen: Seen) -> dict[TermKind, Longs]:
    w, f, a, b = t.wishes, seen.facts, seen.a, seen.b
    gap = np.abs(t.level[a] - t.level[b])
    apart = ((gap == 1) | (gap == 2)) & ~unknown(t.level[a], t.level[b])
    return {
        TermKind.FIRST_COFFEE: w.bridge * f.first,
        TermKind.NOT_MET: MEETING_STEP * (f.met == 0),
        TermKind.MET_BEFORE: -f.past_cost,
        TermKind.TEAMS: TEAM_STEP * different(t.team[a], t.team[b]),
        TermKind.SAME_TEAM: -TEAM_STEP * same(t.team[a], t.team[b]),
        TermKind.HOURS: np.where(f.minutes < 0, 0, hours_points(w, f.minutes) - short_points(w, f.minutes)),
        TermKind.DEPARTMENTS: w.department * different(t.department[a], t.department[b]),
        TermKind.OFFICES: w.office * different(t.office[a], t.office[b]),
        TermKind.CONTACTS: np.where(f.contacts > 0, contact_points(w, f.contacts, f.experienced), 0),
        TermKind.LEVELS: w.level * apart,
        TermKind.SENIOR: w.senior * (t.seniority[a] * t.seniority[b] == 2),
        TermKind.TOPICS: w.topics * f.topics,
    }


def strength(term: Term) -> tuple[bool, int]:
    """The first coffee of two teams comes first: it's news."""
    return term.kind is not TermKind.FIRST_COFFEE, -abs(term.points)


def different(first: Ints, second: Ints) -> Longs:
    differ: Longs = (~unknown(first, second) & (first != second)).astype(np.int64)
    return differ


def terms_of(seen: Seen) -> list[tuple[Term, ...]]:
    """The terms of each group. Equal terms are one object: thousands of matches have few different ones."""
    sums = {kind: seen.per_group(points) for kind, points in seen.points.items()}
    pool: dict[Term, Term] = {}
    found = []
    for g, members in enumerate(seen.groups):
        people = [seen.table.people[i] for i in members]
        span = slice(int(seen.starts[g]), int(seen.starts[g + 1]))
        terms = [term(kind, int(sums[kind][g]), people, seen, members, span) for kind in TermKind if sums[kind][g]]
        strongest = sorted((t for t in terms if t is not None), key=strength)
        found.append(tuple(pool.setdefault(t, t) for t in strongest))
    return found


def term(
    kind: TermKind, points: int, people: list[Participant], seen: Seen, members: Members, span: slice
) -> Term | None:
    f, k = seen.facts, len(people)
    is_first = k == PAIR and bool(f.first[span].all())
    if (kind is TermKind.FIRST_COFFEE and not is_first) or (kind is TermKind.TEAMS and is_first):
        return None  # A first coffee names the teams.
    if kind is TermKind.NOT_MET:
        return None if f.met[span].any() else Term(kind, points, people=k)
    if kind is TermKind.MET_BEFORE:
        times = int(f.met[span].max())
        return Term(kind, points, count=times, people=k) if times else None
    if kind is TermKind.HOURS:
        return Term(kind, points, count=common_minutes(seen.table, members), people=k)
    if kind is TermKind.LEVELS or kind is TermKind.SENIOR:
        levels = [p.level for p in people if p.level is not None]
        return Term(kind, points, count=max(levels) - min(levels), people=k)
    if kind is TermKind.CONTACTS:
        return Term(kind, points, count=int(f.contacts[span].max()), people=k)
    return Term(kind, points, names=names(kind, people), people=k)


OF = {TermKind.DEPARTMENTS: "department"} | dict.fromkeys(
    (TermKind.FIRST_COFFEE, TermKind.TEAMS, TermKind.SAME_TEAM), "team"
)
"""What of people a kind names; offices otherwise."""


def names(kind: TermKind, people: list[Participant]) -> tuple[str, ...]:
    if kind is TermKind.TOPICS:
        shared = [set(a.topics) & set(b.topics) for a, b in combinations(people, 2)]
        return tuple(sorted(set().union(*shared)))
    of = {
        TermKind.FIRST_COFFEE: "team",
        TermKind.TEAMS: "team",
        TermKind.SAME_TEAM: "team",
        TermKind.DEPARTMENTS: "department",
    }.get(kind, "office")
    values = [getattr(person, of) for person in people]
    if kind is TermKind.SAME_TEAM:
        return tuple(sorted({v for v in values if v is not None and values.count(v) > 1}))
    return tuple(dict.fromkeys(v for v in values if v is not None))


def common_minutes(t: Table, members: Members) -> int:
    """Minutes in which all of them work; those whose hours are unknown are taken to be there."""
    rows = [t.slots[t.hours[i]] for i in members if t.hours[i] >= 0]
    return int(np.prod(rows, axis=0).sum()) * SLOT if rows else 0


def words(term: Term) -> str:
    """Return the term for the people it concerns, in plain text. Only for kinds in `TOLD`."""
    return TOLD[term.kind](term)


def not_met(term: Term) -> str:
    return (texts.NOT_MET if term.people == PAIR else texts.NONE_MET).plain()


def met_before(term: Term) -> str:
    return texts.MET_ONCE.plain() if term.count == 1 else texts.MET_TIMES.plain(times=term.count)


def shared_hours(term: Term) -> str:
    if term.count < AN_HOUR:
        return texts.SHARED_MINUTES.plain(minutes=term.count)
    hours, rest = divmod(term.count, AN_HOUR)
    half = rest >= AN_HOUR // 2
    if hours == 1 and not half:
        return texts.SHARED_HOUR.plain()
    return texts.SHARED_HOURS.plain(hours=f"{hours}{'½' if half else ''}")


def named(many: Text, term: Term) -> str:
    return listed(term.names) if len(term.names) <= MOST_NAMED else many.plain(count=len(term.names))


def shared_topics(term: Term) -> str:
    said = texts.BOTH_INTO if term.people == PAIR else texts.SHARED_INTERESTS
    return said.plain(topics=listed(term.names))


TOLD: Mapping[TermKind, Callable[[Term], str]] = {
    TermKind.FIRST_COFFEE: lambda term: texts.FIRST_COFFEE.plain(teams=listed(term.names)),
    TermKind.NOT_MET: not_met,
    TermKind.MET_BEFORE: met_before,
    TermKind.TEAMS: partial(named, texts.DIFFERENT_TEAMS),
    TermKind.DEPARTMENTS: partial(named, texts.DIFFERENT_DEPARTMENTS),
    TermKind.OFFICES: partial(named, texts.DIFFERENT_OFFICES),
    TermKind.HOURS: shared_hours,
    TermKind.TOPICS: shared_topics,
}
"""Kinds that people read. The others are left out: common colleagues would reveal the other's network, levels would
make people self-conscious, and what isn't met is no reason."""
