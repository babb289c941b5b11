"""What it is worth that two people meet: integers in tiers, each step larger than all below it together.

    forbidden        never
    no one alone     ALONE_STEP, LEFT_OUT_STEP (pairs.py), TRIO_STEP, TURN_STEP (trio.py)
    no repeat        16,384 (an old introduction) to 262,144 (a meeting of today) each, three of a kind counted
    different team   8,192
    soft wishes      about 1,000, 2,000 at most
    jitter           0 to 15

Different teams and soft wishes rest on Granovetter 1973 (weak ties carry what is new), Burt 1992 and 2004 (bridges
between groups pay) and Rajkumar et al., Science 2022 (moderately weak ties help most: an inverted U).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching import dice, ties
from bot.matching.model import Wishes
from bot.matching.table import EXPERIENCED, SLOT, Ints, Places, Table

TEAM_STEP = 1 << 13
FORBIDDEN = -(1 << 29)
RANGE = 1 << 20
"""Any two weights of allowed pairs differ by less."""
Longs = NDArray[np.int64]

LEAST_TOLD = 5
"""People on a team of which something is told."""
FULL_HOURS, ENOUGH_HOURS, NO_HOURS = 180, 120, 60
NEW_CONTACT_SHARE = np.array([20, 17, 12, 6, 2, 0])
EXPERIENCED_CONTACT_SHARE = np.array([15, 20, 20, 12, 6, 0])


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known about each of k pairs: arrays of length k. Minutes and gaps are -1 where unknown."""

    met: Longs
    introduced: Longs
    in_touch: Longs
    past_cost: Longs
    forbidden: NDArray[np.bool_]
    same_team: NDArray[np.bool_]
    minutes: Longs
    contacts: Longs
    experienced: NDArray[np.bool_]
    topics: NDArray[np.bool_]
    wanted: NDArray[np.bool_]
    """One of the two wishes for the other's team."""
    bridged: Longs
    """Points that the meeting does not bring because the teams, or one of the two and the other's, are in touch."""
    first: NDArray[np.bool_]
    """No one on the two teams, each of five people or more, has met: of fewer it would tell too much of each."""
    near: Longs
    """Points that it does not bring because many ways join the two."""


def facts(t: Table, a: Places, b: Places) -> Facts:
    return Facts(
        met=entries(t.met, a, b),
        introduced=entries(t.introduced, a, b),
        in_touch=entries(t.in_touch, a, b),
        past_cost=entries(t.past_cost, a, b),
        forbidden=(a == b) | (entries(t.blocked, a, b) > 0) | same(t.group[a], t.group[b]),
        same_team=same(t.team[a], t.team[b]),
        minutes=minutes(t, a, b),
        contacts=common(t.contacts, a, b),
        experienced=(t.n_contacts[a] >= EXPERIENCED) & (t.n_contacts[b] >= EXPERIENCED),
        topics=((t.topics[a] & t.topics[b]) != 0).any(axis=1),
        wanted=of_team(t, a, b) | of_team(t, b, a),
        bridged=bridged(t, a, b),
        first=is_first(t, a, b),
        near=t.near[a, b].astype(np.int64) if t.near.size else np.zeros(len(a), np.int64),
    )


def pair_weights(t: Table, a: Places, b: Places) -> Longs:
    """Weights of the pairs (a[i], b[i]), exactly as in `block`; FORBIDDEN where they may not meet."""
    f = facts(t, a, b)
    weights = soft_points(t, a, b, f) + dice.jitter(t.dice[a], t.dice[b]) - malus(t.wishes, f) - f.past_cost
    weights += np.where(f.same_team, 0, TEAM_STEP) + t.wishes.wanted_team * f.wanted
    return np.where(f.forbidden, FORBIDDEN, weights)


def soft_points(t: Table, a: Places, b: Places, f: Facts) -> Longs:
    """The wishes met, 0 to `wishes.most` for each pair: without what is taken off, without jitter."""
    w = t.wishes
    points = hours_points(w, f.minutes) + contact_points(w, f.contacts, f.experienced)
    points += alike(t, a, b) + differ(w.department, t.department[a], t.department[b])
    return points + w.topics * f.topics + ties.most(w) - f.bridged + w.far - f.near


def malus(w: Wishes, f: Facts) -> Longs:
    return short_points(w, f.minutes) + w.in_touch * (f.in_touch > 0)


def block(t: Table, rows: Places, columns: Places | None = None) -> Ints:
    """The weight of each of `rows` with each of `columns`: rows x columns int32, FORBIDDEN where they may not meet."""
    columns = rows if columns is None else columns
    first, spread = kinds(t, rows)
    second, across = (first, spread) if columns is rows else kinds(t, columns)
    weights = kinds_block(t, first, second)[spread][:, across]
    weights += differ(t.wishes.department, t.department[rows][:, None], t.department[columns])
    add_topics(t, rows, columns, weights)
    take_unwanted(t, rows, columns, weights)
    take_tied(t, rows, columns, weights)
    take_near(t, rows, columns, weights)
    weights += dice.jitter(t.dice[rows][:, None], t.dice[columns])
    weights -= same_step(t.team[rows][:, None], t.team[columns])
    sparse_rows(t, rows, columns, weights)
    return weights


def add_topics(t: Table, rows: Places | slice, columns: Places, weights: Ints) -> None:
    if not (t.topics.shape[1] and t.wishes.topics):
        return
    common_topic = np.zeros(weights.shape, bool)
    for word in t.topics.T:
        common_topic |= (word[rows][:, None] & word[columns]) != 0
    weights += common_topic * np.int32(t.wishes.topics)


def take_unwanted(t: Table, rows: Places | slice, columns: Places, weights: Ints) -> None:
    """The points of kinds take it that every wish for a team is met: where it is not, they are taken off again."""
    people, points = np.arange(len(t))[rows], np.int32(t.wishes.wanted_team)
    wishes, others = np.flatnonzero(t.wishing[people]), np.flatnonzero(~t.wishing[people])
    mine = people[wishes]
    met = of_team(t, mine[:, None], columns) | of_team(t, columns, mine[:, None])
    weights[wishes] -= ~met * points
    wished = np.flatnonzero(t.wishing[columns])
    theirs, rest = columns[wished], people[others][:, None]
    weights[np.ix_(others, wished)] -= ~of_team(t, theirs, rest) * points


def take_tied(t: Table, rows: Places | slice, columns: Places, weights: Ints) -> None:
    """The points of kinds take it that no teams are in touch: where they are, they are taken off again. Who reaches
    a team is rare: see `sparse_rows`."""
    people = np.arange(len(t))[rows]
    mine, theirs = np.flatnonzero(t.team[people] >= 0), np.flatnonzero(t.team[columns] >= 0)
    points = t.ties.of_teams(people[mine], t.team[people[mine]])
    if len(mine) == len(people) and len(theirs) == len(columns):
        weights -= points[:, t.team[columns]]
    else:
        weights[np.ix_(mine, theirs)] -= points[:, t.team[columns[theirs]]]


def take_near(t: Table, rows: Places | slice, columns: Places, weights: Ints) -> None:
    if t.near.size:
        weights -= t.near[rows][:, columns]


def of_team(t: Table, a: Places, b: Places) -> NDArray[np.bool_]:
    """Return whether a wishes to meet a member of b's team. Broadcasts."""
    if not t.wants.shape[1]:
        return np.zeros(np.broadcast_shapes(a.shape, b.shape), bool)
    wished: NDArray[np.bool_] = t.wants[a, t.team[b]] & (t.team[b] >= 0)
    return wished


def kinds_block(t: Table, rows: Places, columns: Places) -> Ints:
    """What depends on the kinds of people only, with no contact in common, no tie between teams that are known, no
    way between the two, and every wish for a team met: rows x columns int32."""
    a, b = rows[:, None], columns[None, :]
    common_time = minutes_block(t, rows, columns)
    points = hours_points(t.wishes, common_time) - short_points(t.wishes, common_time) + alike(t, a, b)
    both = (t.n_contacts[a] >= EXPERIENCED) & (t.n_contacts[b] >= EXPERIENCED)
    points += t.wishes.wanted_team * (t.wishing[a] | t.wishing[b])
    points += contact_points(t.wishes, np.zeros(1, np.int64), both) + TEAM_STEP
    points += np.where(unknown(t.team[a], t.team[b]), ties.most(t.wishes) // 2, ties.most(t.wishes)) + t.wishes.far
    return points.astype(np.int32)


def kinds(t: Table, people: Places) -> tuple[Places, Places]:
    """One person of each kind among `people`, and for each of them the place of their kind."""
    _, first, spread = np.unique(t.kind[people], return_index=True, return_inverse=True)
    return people[first], spread.reshape(-1)


def sparse_rows(t: Table, rows: Places | slice, columns: Places, weights: Ints) -> None:
    """Corrects `weights` in place where two people have something in common; that is rare."""
    w, everyone = t.wishes, np.arange(len(t))[rows]
    at = np.full(max(len(t), 1), -1, np.int32)
    at[columns] = np.arange(len(columns), dtype=np.int32)
    i, j, n = part(t.contacts[rows] @ t.contact_of, at)
    both = (t.n_contacts[everyone[i]] >= EXPERIENCED) & (t.n_contacts[columns[j]] >= EXPERIENCED)
    by_number = [contact_points(w, np.arange(9), np.full(9, known)) for known in (False, True)]
    more = np.stack([points - points[0] for points in by_number]).astype(np.int32)
    weights[i, j] += more[both.astype(np.intp), np.minimum(n, 8)]
    known = np.flatnonzero(t.team[everyone] >= 0)
    i, j, n = part(t.ties.reached_by[t.team[everyone[known]]], at)
    weights[known[i], j] -= n
    i, j, _ = part(t.in_touch[rows], at)
    weights[i, j] -= w.in_touch
    i, j, n = part(t.past_cost[rows], at)
    weights[i, j] -= n
    if (t.group >= 0).any():
        weights[same(t.group[rows][:, None], t.group[columns])] = FORBIDDEN
    i, j, _ = part(t.blocked[rows], at)
    weights[i, j] = FORBIDDEN
    itself = at[everyone]
    weights[np.flatnonzero(itself >= 0), itself[itself >= 0]] = FORBIDDEN


def part(rows: csr_array, at: Ints) -> tuple[Places, Places, Ints]:
    """The entries in the columns that have a place in `at`."""
    i = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    j = at[rows.indices].astype(np.intp)
    kept = j >= 0
    return i[kept], j[kept], rows.data[kept]


def entries(square: csr_array, a: Places | Ints, b: Places | Ints) -> Longs:
    return np.asarray(square[a, b], np.int64).reshape(-1) if len(a) else np.zeros(0, np.int64)


def common(incidence: csr_array, a: Places, b: Places) -> Longs:
    if not len(a):
        return np.zeros(0, np.int64)
    return np.asarray(incidence[a].multiply(incidence[b]).sum(axis=1), np.int64).reshape(-1)


def is_first(t: Table, a: Places, b: Places) -> NDArray[np.bool_]:
    first, second = t.team[a], t.team[b]
    tellable: NDArray[np.bool_] = (first >= 0) & (second >= 0) & (first != second)
    for team in (first, second):
        tellable[tellable] = t.ties.sizes[team[tellable]] >= LEAST_TOLD
    low, high = np.minimum(first, second)[tellable], np.maximum(first, second)[tellable]
    tellable[tellable] = entries(t.ties.coffees, low, high) == 0
    return tellable


def bridged(t: Table, a: Places, b: Places) -> Longs:
    whole, first, second = ties.most(t.wishes), t.team[a], t.team[b]
    points = np.full(len(a), whole - whole // 2, np.int64)
    known = np.flatnonzero((first >= 0) & (second >= 0))
    one, other = first[known], second[known]
    points[known] = entries(t.ties.between, one, other)
    points[known] += entries(t.ties.reached, a[known], other)
    points[known] += entries(t.ties.reached, b[known], one)
    return points


def same(first: Ints, second: Ints) -> NDArray[np.bool_]:
    equal: NDArray[np.bool_] = (first == second) & (first >= 0)
    return equal


def same_step(first: Ints, second: Ints) -> Ints:
    """TEAM_STEP where both codes are known and equal. Broadcasts."""
    equal = first == second
    if (first < 0).any():
        equal &= first >= 0
    step: Ints = equal * np.int32(TEAM_STEP)
    return step


def unknown(first: Ints, second: Ints) -> NDArray[np.bool_]:
    return (first < 0) | (second < 0)


def minutes(t: Table, a: Places, b: Places) -> Longs:
    """Common working time of the pairs (a[i], b[i]) in minutes, -1 where unknown."""
    if not len(t.slots):
        return np.full(len(a), -1)
    first, second = (np.maximum(t.hours[i], 0).astype(np.int64) for i in (a, b))
    days, which = np.unique(first * len(t.slots) + second, return_inverse=True)
    overlap = (t.slots[days // len(t.slots)] * t.slots[days % len(t.slots)]).sum(axis=1).astype(np.int64) * SLOT
    return np.where(unknown(t.hours[a], t.hours[b]), -1, overlap[which.reshape(-1)])


def minutes_block(t: Table, rows: Places, columns: Places) -> Longs:
    if not len(t.slots):
        return np.full((len(rows), len(columns)), -1)
    days, spread = np.unique(t.hours[rows], return_inverse=True)
    other_days, across = np.unique(t.hours[columns], return_inverse=True)
    overlap = (t.slots[days] @ t.slots[other_days].T).astype(np.int64) * SLOT
    overlap[days < 0] = -1
    overlap[:, other_days < 0] = -1
    return overlap[spread.reshape(-1)][:, across.reshape(-1)]


def hours_points(w: Wishes, common_time: Longs) -> Longs:
    return np.where(common_time < 0, w.hours // 2, w.hours * np.minimum(common_time, FULL_HOURS) // FULL_HOURS)


def short_points(w: Wishes, common_time: Longs) -> Longs:
    """Taken off in full under an hour, fading to nothing at two."""
    missing = np.clip(ENOUGH_HOURS - common_time, 0, ENOUGH_HOURS - NO_HOURS)
    return np.where(common_time < 0, 0, w.short_hours * missing // (ENOUGH_HOURS - NO_HOURS))


def shares(points: int, table: NDArray[np.int64], n: Longs) -> Longs:
    worth: Longs = (points * table // 20)[np.minimum(n, len(table) - 1)]
    return worth


def contact_points(w: Wishes, n: Longs, experienced: NDArray[np.bool_]) -> Longs:
    return np.where(
        experienced, shares(w.contacts, EXPERIENCED_CONTACT_SHARE, n), shares(w.contacts, NEW_CONTACT_SHARE, n)
    )


def most_by_contacts(w: Wishes) -> int:
    """What common contacts can be worth more than none."""
    tables = (NEW_CONTACT_SHARE, EXPERIENCED_CONTACT_SHARE)
    return max(int((w.contacts * table // 20).max()) - int(w.contacts * table[0] // 20) for table in tables)


def alike(t: Table, a: Places, b: Places) -> Longs:
    """Offices, levels and seniority; half of the points where one is unknown. Broadcasts."""
    w = t.wishes
    gap = np.abs(t.level[a] - t.level[b])
    level = np.where((gap == 1) | (gap == 2), w.level, 0)
    level = np.where(unknown(t.level[a], t.level[b]), w.level // 2, level)
    meets_senior = (t.seniority[a] == 1) & (t.seniority[b] == 2) | (t.seniority[a] == 2) & (t.seniority[b] == 1)
    points: Longs = level.astype(np.int64) + differ(w.office, t.office[a], t.office[b]) + w.senior * meets_senior
    return points


def differ(points: int, first: Ints, second: Ints) -> Ints:
    """All points where the codes differ, half of them where one is unknown. Broadcasts."""
    worth: Ints = (first != second) * np.int32(points)
    if (first < 0).any() or (second < 0).any():
        worth[unknown(first, second)] = points // 2
    return worth
