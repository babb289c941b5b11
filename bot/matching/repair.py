"""Finds partners for the few people an assignment leaves over, without ever holding the whole matrix."""

import numpy as np

from bot.matching.pairs import ALONE, Mates
from bot.matching.table import Places, Table
from bot.matching.weights import FORBIDDEN, Longs, block, pair_weights

TRIES, MOST = 400, 5
NEVER = -(1 << 50)


def mended(t: Table, mates: Mates, chosen: Places) -> Mates:
    """Two and two of those alone are brought in where it costs least; then swaps as long as they pay."""
    mates = mates.copy()
    # people the relaxation itself leaves alone have no one: only the last of odd cycles wait, and a few to fill up
    alone, itself = mates == ALONE, chosen == np.arange(len(mates))
    waiting = [*np.flatnonzero(alone & itself).tolist()[:MOST], *np.flatnonzero(alone & ~itself).tolist()]
    touched: list[int] = []
    while len(waiting) > 1:
        one = waiting.pop()
        ways = [swap_for(t, mates, one, other) for other in waiting[:20]]
        best = max(range(len(ways)), key=lambda k: ways[k][0])
        if ways[best][0] > NEVER // 2:
            touched += apply(mates, one, waiting.pop(best), ways[best][1])
    for _ in range(TRIES):
        if not touched:
            break
        one = touched.pop()
        other = int(mates[one])
        gain, through = swap_for(t, mates, one, other)
        if gain > 0 and through is not None:
            touched += apply(mates, one, other, through)
    return mates


def swap_for(t: Table, mates: Mates, one: int, other: int) -> tuple[int, int | None]:
    """Return the best for two people who are alone, or a pair: the gain, and through which person. `None`: each other.

    Through a means: one with a, other with a's partner.
    """
    now = int(pair_weights(t, np.array([one]), np.array([other]))[0])
    together = mates[one] == other
    a = np.flatnonzero((mates != ALONE) & (mates != one) & (mates != other))
    if not len(a):
        return (0 if together else now if now > FORBIDDEN else NEVER), None
    rows = block(t, np.array([one, other]), np.arange(len(t))).astype(np.int64)
    rows[rows == FORBIDDEN] = NEVER
    gain = rows[0, a] + rows[1, mates[a]] - current(t, mates, a) - (now if together else 0)
    best = int(np.argmax(gain))
    if not together and now > FORBIDDEN and now >= gain[best]:
        return now, None
    return int(gain[best]), int(a[best])


def current(t: Table, mates: Mates, a: Places) -> Longs:
    return pair_weights(t, a, mates[a])


def apply(mates: Mates, one: int, other: int, through: int | None) -> list[int]:
    """Makes the swap; returns one person of each pair that is new."""
    if through is None:
        mates[one], mates[other] = other, one
        return [one]
    partner = int(mates[through])
    mates[one], mates[through], mates[other], mates[partner] = through, one, partner, other
    return [one, other]
