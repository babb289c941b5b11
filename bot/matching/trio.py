"""Nobody stays alone who may join a pair: the third seat, and whose turn it is to share one."""

import numpy as np

from bot.matching.table import Table
from bot.matching.weights import FORBIDDEN, Longs, Places, pair_weights

TURN_STEP = 1 << 23
"""More than any trio can differ by in all that comes below: turns come first, and are shared before anybody is
asked again."""


def turns(t: Table, people: Places) -> Longs:
    """How many trios more than the least each person has sat in."""
    return (t.trios[people] - (t.trios[people].min() if len(people) else 0)).astype(np.int64)


def third_seats(t: Table, pairs: list[tuple[int, ...]], alone: list[int]) -> tuple[list[tuple[int, ...]], list[int]]:
    """Everybody alone joins the pair where it costs least, those left out longest first. One third seat a pair."""
    groups, still = list(pairs), []
    for person in sorted(alone, key=lambda i: (-t.left_out[i], i)):
        best = best_pair(t, groups, person)
        if best is None:
            still.append(person)
        else:
            groups[best] = tuple(sorted((*groups[best], person)))
    return groups, sorted(still)


def best_pair(t: Table, groups: list[tuple[int, ...]], person: int) -> int | None:
    places = [g for g, members in enumerate(groups) if len(members) == 2]
    if not places:
        return None
    a = np.array([groups[g][0] for g in places], np.intp)
    b = np.array([groups[g][1] for g in places], np.intp)
    x = np.full(len(a), person, np.intp)
    to_a, to_b = pair_weights(t, x, a), pair_weights(t, x, b)
    gain = to_a + to_b - TURN_STEP * (t.trios[a] + t.trios[b]).astype(np.int64)
    gain[(to_a == FORBIDDEN) | (to_b == FORBIDDEN)] = np.iinfo(np.int64).min
    best = int(np.argmax(gain))
    return places[best] if gain[best] > np.iinfo(np.int64).min else None
