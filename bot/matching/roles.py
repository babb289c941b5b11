"""Hosts with seats, guests who want one: mentors and mentees, a leader and some people.

An assignment problem over seats, so the best there is. In this order: as many guests as possible, those left out and
those with fewest seats so far first; seats shared evenly among hosts; then what each pair is worth.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.matching.dice import shuffled
from bot.matching.groups import improved
from bot.matching.model import hosts
from bot.matching.pools import Struck
from bot.matching.table import Ints, Places, Table
from bot.matching.weights import FORBIDDEN, Longs, block, pair_weights

NEVER = 1 << 44
LEFT_OUT_STEP, SEATS_STEP, EVEN_STEP = 1 << 36, 1 << 32, 1 << 26
CELLS = 4_000_000
"""Guests times seats in one assignment."""
EXCHANGES = 30
"""At one table, with those who wait."""
Members = tuple[int, ...]


def seated(t: Table, seed: int) -> list[tuple[int, int]]:
    """(host, guest) pairs: every guest in one at most, every host in `capacity` at most."""
    hosting = np.array([hosts(person) for person in t.people], bool)
    hosts_, guests = np.flatnonzero(hosting), np.flatnonzero(~hosting)
    seats = sum(t.people[i].capacity for i in hosts_)
    parts = max(1, -(-len(guests) * min(seats, len(guests)) // CELLS))
    parts = min(parts, max(1, len(hosts_)))
    found: list[tuple[int, int]] = []
    sides = zip(dealt(t, hosts_, seed, parts), dealt(t, guests, seed + 1, parts), strict=True)
    for some_hosts, some_guests in sides:
        found += assigned(t, some_hosts, some_guests)
    return found


def dealt(t: Table, people: Places, salt: int, parts: int) -> list[Places]:
    order = people[shuffled(t.keys[people], salt)]
    return [np.sort(order[part::parts]) for part in range(parts)]


def assigned(t: Table, hosts_: Places, guests: Places) -> list[tuple[int, int]]:
    if not len(hosts_) or not len(guests):
        return []
    capacity = np.array([min(t.people[i].capacity, len(guests)) for i in hosts_])
    seat_of = np.repeat(np.arange(len(hosts_)), capacity)
    nth = np.concatenate([np.arange(c) for c in capacity])
    weights = block(t, guests, hosts_)[:, seat_of]
    rows, seats = linear_sum_assignment(costs(t, guests, weights, nth))
    taken = weights[rows, seats] > FORBIDDEN
    return [(int(hosts_[seat_of[s]]), int(guests[g])) for g, s in zip(rows[taken], seats[taken], strict=True)]


def costs(t: Table, guests: Places, weights: Ints, nth: Longs) -> np.ndarray:
    had = np.array([min(t.people[i].seats_had, 15) for i in guests], np.int64)
    first = LEFT_OUT_STEP * t.left_out[guests].astype(np.int64) + SEATS_STEP * (15 - had)
    worth = weights.astype(np.float64) + first[:, None] - EVEN_STEP * np.minimum(nth, 31)
    return np.where(weights > FORBIDDEN, -worth, float(NEVER))


def tables(t: Table, pairs: list[tuple[int, int]], seed: int, struck: Struck) -> list[Members]:
    """Each host with all their guests, who change places as long as they are better company elsewhere."""
    hosts_ = sorted({host for host, _ in pairs})
    if len(pairs) + len(hosts_) > 3000:
        return gathered(pairs)
    people = np.array(hosts_ + [guest for _, guest in pairs], np.intp)
    number = {host: i for i, host in enumerate(hosts_)}
    of = np.array([number[h] for h in hosts_] + [number[h] for h, _ in pairs], np.intp)
    pinned = np.arange(len(people)) < len(hosts_)
    if not len(people):
        return []
    # two guests who may not meet count as forbidden, as do a guest and a host
    of = improved(block(t, people), of, pinned, t.keys[people], seed, struck)
    return gathered([(hosts_[of[i]], int(people[i])) for i in range(len(hosts_), len(people))])


def with_waiting(t: Table, tables_: list[Members]) -> list[Members]:
    """Guests change with those who wait, if these have the same claim to a seat and are better company."""
    waiting = sorted({i for i in range(len(t)) if not hosts(t.people[i])}.difference(*tables_))
    found = [list(table) for table in tables_]
    for table in found if waiting else []:
        for _ in range(EXCHANGES):
            gain, seat, place = best_exchange(t, table, waiting)
            if gain <= 0:
                break
            table[seat], waiting[place] = waiting[place], table[seat]
    return [tuple(table) for table in found]


def best_exchange(t: Table, table: list[int], waiting: list[int]) -> tuple[int, int, int]:
    """Gain, seat at the table and place among those waiting."""
    outside, inside = np.array(waiting, np.intp), np.array(table, np.intp)
    to_new = block(t, outside, inside).astype(np.int64)
    among = block(t, inside).astype(np.int64)
    np.fill_diagonal(among, 0)
    best = (0, 1, 0)
    for seat in range(1, len(table)):
        others = np.arange(len(table)) != seat
        gain = to_new[:, others].sum(axis=1) - among[seat].sum()
        gain[[claim(t, i) != claim(t, table[seat]) for i in waiting]] = np.iinfo(np.int64).min
        place = int(np.argmax(gain))
        best = max(best, (int(gain[place]), seat, place))
    return best


def claim(t: Table, guest: int) -> tuple[int, int]:
    return int(t.left_out[guest]), t.people[guest].seats_had


def gathered(pairs: list[tuple[int, int]]) -> list[Members]:
    guests: dict[int, list[int]] = {}
    for host, guest in sorted(pairs):
        guests.setdefault(host, []).append(guest)
    return [(host, *some) for host, some in guests.items()]


def without_forbidden(t: Table, tables_: list[Members]) -> list[Members]:
    """A guest who may not meet another guest of the same host gives way; the host stays."""
    kept = []
    for host, *guests in tables_:
        table = [host]
        for guest in guests:
            others = np.array(table, np.intp)
            if (pair_weights(t, others, np.full(len(others), guest)) > FORBIDDEN).all():
                table.append(guest)
        if len(table) > 1:
            kept.append(tuple(table))
    return kept
