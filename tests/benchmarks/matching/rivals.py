"""Other ways to match: textbook methods, and the published rules of open-source bots (behavior, not their code).

Each takes the table of a request and dice, and returns groups of places; people in none stay alone.
"""

import random
from collections.abc import Callable
from itertools import combinations
from typing import cast

import networkx
import numpy as np
import rustworkx

from bot.matching.table import Table
from bot.matching.weights import FORBIDDEN, block, pair_weights
from tests.benchmarks.matching.company import Colleague

Groups = list[tuple[int, ...]]
Method = Callable[[Table, random.Random], Groups]
TWELVE_WEEKS, HALF_A_YEAR = 84, 180


def by_chance(t: Table, dice: random.Random) -> Groups:
    """Shuffle and pair neighbours; the last one is left (Microsoft Icebreaker's rule)."""
    order = list(range(len(t)))
    dice.shuffle(order)
    return list(zip(order[::2], order[1::2], strict=False))


def greedy(t: Table, dice: random.Random) -> Groups:
    """Best pair first, over the whole matrix."""
    weights = block(t, np.arange(len(t)))
    upper = np.triu_indices(len(t), 1)
    free, groups = np.ones(len(t), bool), []
    for k in np.argsort(-weights[upper], kind="stable"):
        i, j = int(upper[0][k]), int(upper[1][k])
        if free[i] and free[j] and weights[i, j] > FORBIDDEN:
            free[i] = free[j] = False
            groups.append((i, j))
    return groups


def with_networkx(t: Table, dice: random.Random) -> Groups:
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges(t))
    return [tuple(pair) for pair in networkx.max_weight_matching(graph, maxcardinality=True)]


def with_rustworkx(t: Table, dice: random.Random) -> Groups:
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(t)))
    graph.add_edges_from(edges(t))
    return [tuple(pair) for pair in rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)]


def edges(t: Table) -> list[tuple[int, int, int]]:
    weights = block(t, np.arange(len(t)))
    a, b = np.nonzero(np.triu(weights > FORBIDDEN, 1))
    return [(int(i), int(j), int(weights[i, j])) for i, j in zip(a, b, strict=True)]


def chat_roulette(t: Table, dice: random.Random) -> Groups:
    """Give each person in turn a free partner, if possible one never paired with before; the last is left."""
    free = list(range(len(t)))
    dice.shuffle(free)
    paired = ever_paired(t)
    groups = []
    while len(free) > 1:
        one = free.pop()
        at = next((k for k in range(len(free) - 1, -1, -1) if free[k] not in paired[one]), len(free) - 1)
        groups.append((one, free.pop(at)))
    return groups


def slack_sup(t: Table, dice: random.Random) -> Groups:
    """Backtrack for groups without teammates or people met in 12 weeks: three tries, with a step limit in place of its
    10 seconds. The best partial result is used, and the others are grouped as they come."""
    recent = met_within(t, TWELVE_WEEKS)
    best: Groups = []
    for _ in range(3):
        order = list(range(len(t)))
        dice.shuffle(order)
        found = backtracked(order, lambda a, b: not same_team(t, a, b) and b not in recent[a])
        best = max(best, found, key=len)
        if len(best) == len(t) // 2:
            break
    rest = [i for i in range(len(t)) if i not in {m for g in best for m in g}]
    return best + list(zip(rest[::2], rest[1::2], strict=False))


def backtracked(order: list[int], fits: Callable[[int, int], bool], most: int = 200_000) -> Groups:
    groups, best, steps = [], [], 0
    stack = [(order, 1)]
    while stack and steps < most:
        steps += 1
        people, at = stack.pop()
        if len(people) < 2:
            return groups
        if at >= len(people):
            if groups:
                groups.pop()
            continue
        stack.append((people, at + 1))
        if fits(people[0], people[at]):
            groups.append((people[0], people[at]))
            best = groups.copy() if len(groups) > len(best) else best
            stack.append((people[1:at] + people[at + 1 :], 1))
    return best


def beans(t: Table, dice: random.Random) -> Groups:
    """Maximum matching of allowed pairs: not met within the cooldown, different departments. All weigh the same.
    (Yelp/beans uses networkx; rustworkx here, because networkx would take too long.)"""
    recent = met_within(t, HALF_A_YEAR)
    order = list(range(len(t)))
    dice.shuffle(order)
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(order)
    fits = [(i, j, 1) for i, j in combinations(range(len(t)), 2)
            if t.department[order[i]] != t.department[order[j]] and order[j] not in recent[order[i]]]  # fmt: skip
    graph.add_edges_from(fits)
    return [(order[i], order[j]) for i, j in rustworkx.max_weight_matching(graph, max_cardinality=False)]


def opencoffee(t: Table, dice: random.Random) -> Groups:
    """Give each person in turn the first not met in half a year, of the three with fewest shared channels, or none."""
    recent = met_within(t, HALF_A_YEAR)
    free = np.ones(len(t), bool)
    order = list(range(len(t)))
    dice.shuffle(order)
    noise = np.array(order)
    members: dict[str, list[int]] = {}
    for i, person in enumerate(t.people):
        for name in cast("Colleague", person).channels:
            members.setdefault(name, []).append(i)
    groups = []
    for one in order:
        if not free[one]:
            continue
        free[one] = False
        shared = np.zeros(len(t), np.int64)
        for name in cast("Colleague", t.people[one]).channels:
            shared[members[name]] += 1
        candidates = np.flatnonzero(free)
        nearest = candidates[np.lexsort((noise[candidates], shared[candidates]))][:3]
        partner = next((int(c) for c in nearest if int(c) not in recent[one]), None)
        if partner is not None:
            free[partner] = False
            groups.append((one, partner))
    return groups


def same_team(t: Table, a: int, b: int) -> bool:
    return bool(t.team[a] == t.team[b])


def ever_paired(t: Table) -> list[set[int]]:
    both = t.met + t.introduced
    return [set(both.indices[both.indptr[i] : both.indptr[i + 1]].tolist()) for i in range(len(t))]


def met_within(t: Table, days: int) -> list[set[int]]:
    """Read off what a past meeting costs: it fades with its age."""
    from bot.matching.table import FADED_AFTER_DAYS, MEETING_STEP

    least = MEETING_STEP - MEETING_STEP // 4 * 3 * days // FADED_AFTER_DAYS
    cost = t.past_cost
    rows = zip(cost.indptr[:-1], cost.indptr[1:], strict=True)
    return [{int(j) for j, c in zip(cost.indices[s:e], cost.data[s:e], strict=True) if c >= least} for s, e in rows]


def worth(t: Table, groups: Groups) -> int:
    pairs = np.array([pair for group in groups for pair in combinations(group, 2)], np.intp).reshape(-1, 2)
    return int(pair_weights(t, pairs[:, 0], pairs[:, 1]).sum())


RIVALS: dict[str, tuple[Method, int]] = {
    "random": (by_chance, 50_000),
    "greedy": (greedy, 3_000),
    "networkx": (with_networkx, 100),
    "rustworkx dense": (with_rustworkx, 1_000),
    "chat-roulette": (chat_roulette, 50_000),
    "slack-sup2": (slack_sup, 1_000),
    "Yelp/beans": (beans, 1_000),
    "opencoffee": (opencoffee, 10_000),
}
"""Each with the most people it is asked for here."""
