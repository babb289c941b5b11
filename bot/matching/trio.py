"""Seats people who are alone with a pair: the third seat, and whose turn it is to share one."""

import numpy as np
from numpy.typing import NDArray

from bot.matching.table import Places, Table
from bot.matching.weights import FORBIDDEN, Longs, pair_weights

Members = tuple[int, ...]
Pairs = NDArray[np.intp]
TURN_STEP = 1 << 23
"""More than any trio can differ by in all that comes below: turns come first, and are shared before anyone is
asked again."""


def in_turn(t: Table) -> tuple[Places, Places]:
    """Return who may sit in the trio so that no one sits in one again before the others, and who of them must."""
    if len(t) < 3:
        return np.arange(len(t)), np.empty(0, np.intp)
    third = np.sort(t.trios)[2]
    return np.flatnonzero(t.trios <= third), np.flatnonzero(t.trios < third)


def trios_worth(weights: Longs, trios: Places) -> Longs:
    """Sum over the three pairs of each row of `trios`."""
    a, b, c = trios[:, 0], trios[:, 1], trios[:, 2]
    worth: Longs = weights[a, b] + weights[b, c] + weights[a, c]
    return worth


def third_seats(t: Table, pairs: list[Members], alone: list[int]) -> tuple[list[Members], list[int]]:
    """Let each person alone join the pair where it costs least, those left out longest first. One third seat a pair."""
    groups, still = list(pairs), []
    both = np.array(pairs, np.intp).reshape(-1, 2)
    free = np.ones(len(pairs), bool)
    for person in sorted(alone, key=lambda i: (-t.left_out[i], i)):
        best = best_pair(t, both, free, person)
        if best is None:
            still.append(person)
        else:
            groups[best], free[best] = tuple(sorted((*groups[best], person))), False
    return groups, sorted(still)


def best_pair(t: Table, both: Pairs, free: NDArray[np.bool_], person: int) -> int | None:
    """The free pair that the person may join and that costs least."""
    if t.group[person] >= 0:
        free = free & (t.group[both] != t.group[person]).all(axis=1)
    places = np.flatnonzero(free)
    if not len(places):
        return None
    a, b, x = both[places, 0], both[places, 1], np.full(len(places), person, np.intp)
    to_a, to_b = pair_weights(t, x, a), pair_weights(t, x, b)
    gain = to_a + to_b - TURN_STEP * (t.trios[a] + t.trios[b]).astype(np.int64)
    gain[(to_a == FORBIDDEN) | (to_b == FORBIDDEN)] = np.iinfo(np.int64).min
    best = int(np.argmax(gain))
    return int(places[best]) if gain[best] > np.iinfo(np.int64).min else None


def improved_trio(t: Table, groups: list[Members]) -> list[Members]:
    """Exchanges people between the trio and the pairs as long as that is worth more, or their turn."""
    groups = list(groups)
    for _ in range(50):
        trio = next((g for g, members in enumerate(groups) if len(members) == 3), None)
        if trio is None:
            return groups
        ways = [exchange(t, groups, trio, seat) for seat in range(3)]
        gain, seat, other, place = max(ways)
        if gain <= 0:
            return groups
        inside, outside = list(groups[trio]), list(groups[other])
        inside[seat], outside[place] = outside[place], inside[seat]
        groups[trio], groups[other] = tuple(inside), tuple(outside)
    return groups


def exchange(t: Table, groups: list[Members], trio: int, seat: int) -> tuple[int, int, int, int]:
    """The best person for this seat of the trio, from any pair: gain, seat, group and place."""
    leaving = groups[trio][seat]
    stay = [member for member in groups[trio] if member != leaving]
    ways = [(g, place) for g, members in enumerate(groups) if len(members) == 2 for place in (0, 1)]
    if not ways:
        return (0, seat, 0, 0)
    p = np.array([groups[g][place] for g, place in ways], np.intp)
    q = np.array([groups[g][1 - place] for g, place in ways], np.intp)
    old = pair_weights(t, p, q)
    new = [pair_weights(t, np.full_like(p, stay[0]), p), pair_weights(t, np.full_like(p, stay[1]), p),
           pair_weights(t, np.full_like(p, leaving), q)]  # fmt: skip
    gone = pair_weights(t, np.array(stay, np.intp), np.full(2, leaving)).sum()
    gain = sum(new) - old - gone + TURN_STEP * (t.trios[leaving] - t.trios[p].astype(np.int64))
    gain[np.min(new, axis=0) == FORBIDDEN] = np.iinfo(np.int64).min
    best = int(np.argmax(gain))
    return (int(gain[best]), seat, *ways[best])
