"""Few people and hard rules: where pairs alone would leave someone out, every pair, trio and seat apart is weighed.

One small integer program (HiGHS, through scipy), solved tier by tier: each tier's optimum is a condition for the next.
"""

from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from bot.matching.table import Ints, Table
from bot.matching.weights import FORBIDDEN, Longs

MOST = 40
Members = tuple[int, ...]


def tightest(t: Table, weights: Ints) -> tuple[list[Members], list[int]] | None:
    """Groups and those alone, best in all tiers; `None` if the solver gives up."""
    columns = possible(weights)
    rows = membership(columns, len(t))
    conditions = [LinearConstraint(rows, 1, 1)]
    taken: np.ndarray | None = None
    for cost in tiers(t, weights, columns):
        solved = milp(
            cost,
            integrality=np.ones(len(columns), np.int64),
            bounds=Bounds(0, 1),
            constraints=conditions,
            options={"mip_rel_gap": 0.0, "node_limit": 20_000},
        )
        if solved.x is None or solved.status != 0:
            return None
        taken = np.round(solved.x)
        conditions.append(LinearConstraint(csr_array(cost[None, :]), -np.inf, float(cost @ taken) + 0.5))
    if taken is None:
        return [], []
    groups = [columns[k] for k in np.flatnonzero(taken)]
    return [g for g in groups if len(g) > 1], [g[0] for g in groups if len(g) == 1]


def possible(weights: Ints) -> list[Members]:
    n = len(weights)
    allowed = weights > FORBIDDEN
    pairs = [(i, j) for i, j in combinations(range(n), 2) if allowed[i, j]]
    trios = [(i, j, k) for i, j in pairs for k in range(j + 1, n) if allowed[i, k] and allowed[j, k]]
    return [*((i,) for i in range(n)), *pairs, *trios]


def membership(columns: list[Members], n: int) -> csr_array:
    rows = [i for members in columns for i in members]
    places = [k for k, members in enumerate(columns) for _ in members]
    return csr_array((np.ones(len(rows)), (rows, places)), shape=(n, len(columns)))


def tiers(t: Table, weights: Ints, columns: list[Members]) -> list[Longs]:
    """What each column costs: alone, left out before, a trio, turns, value. Tiers that cost nothing are left out."""
    alone = np.array([len(m) == 1 for m in columns], np.int64)
    trio = np.array([len(m) == 3 for m in columns], np.int64)
    left_out = np.array([t.left_out[m[0]] if len(m) == 1 else 0 for m in columns], np.int64)
    turns = np.array([t.trios[list(m)].sum() if len(m) == 3 else 0 for m in columns], np.int64)
    value = np.array([sum(int(weights[i, j]) for i, j in combinations(m, 2)) for m in columns], np.int64)
    return [cost for cost in (alone, left_out, trio, turns) if cost.any()] + [-value]
