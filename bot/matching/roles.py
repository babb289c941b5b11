"""People who offer seats and people who look for one: an assignment over seats, so the best there is.

In this order: as many people as possible have a seat, those left out before first; then what each pair is worth.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.matching.table import Table
from bot.matching.weights import FORBIDDEN, block

NEVER, LEFT_OUT_STEP = 1 << 44, 1 << 36


def seated(t: Table) -> list[tuple[int, int]]:
    """(host, guest) pairs: each guest in one at most, each host in as many as they offer seats."""
    offered = np.array([person.seats for person in t.people], np.intp)
    hosts, guests = np.flatnonzero(offered), np.flatnonzero(offered == 0)
    host_of = np.repeat(np.arange(len(hosts)), offered[hosts])
    weights = block(t, guests, hosts)[:, host_of]
    first = LEFT_OUT_STEP * t.left_out[guests].astype(np.int64)
    costs = np.where(weights > FORBIDDEN, -weights.astype(np.float64) - first[:, None], float(NEVER))
    rows, columns = linear_sum_assignment(costs)
    taken = weights[rows, columns] > FORBIDDEN
    return [(int(hosts[host_of[s]]), int(guests[g])) for g, s in zip(rows[taken], columns[taken], strict=True)]
