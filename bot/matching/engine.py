"""From a request to a result: checks, the arrays, the method that fits its kind and size, and the reasons."""

from collections.abc import Callable, Sequence

import numpy as np

from bot.matching import blocks, explain
from bot.matching.checks import check
from bot.matching.model import WEIGHTS_VERSION, Alone, Group, Kind, Request, Result, Term, Why
from bot.matching.pairs import ALONE, MOST, Mates, alone_costs, matched
from bot.matching.table import Table, tabulate
from bot.matching.trio import third_seats
from bot.matching.weights import FORBIDDEN, Longs, Places, block, pair_weights


def match(request: Request) -> Result:
    """The best groups for everybody in the request. Raises `InvalidRequest` where it contradicts itself."""
    check(request)
    started = request.timer()
    t = tabulate(request)
    everybody = np.arange(len(t))
    mates, passes = blocks.paired(t, everybody, request.seed, request.passes or blocks.PASSES, lambda: False)
    pairs = [(int(i), int(mates[i])) for i in everybody if mates[i] > i]
    groups, alone = third_seats(t, pairs, [int(i) for i in everybody if mates[i] == ALONE])
    return result(request, t, groups, alone, 0, passes, request.timer() - started)


def result(
    request: Request,
    t: Table,
    groups: Sequence[tuple[int, ...]],
    alone: Sequence[int],
    bound: int,
    passes: int,
    seconds: float,
) -> Result:
    groups = sorted(groups)
    seen = explain.Seen(t, groups)
    values = seen.per_group(pair_weights(t, seen.a, seen.b))
    ids = [person.person_id for person in t.people]
    found = tuple(
        Group(tuple(ids[i] for i in members), int(value), terms)
        for members, value, terms in zip(groups, values, explain.terms_of(seen), strict=True)
    )
    value = int(values.sum())
    return Result(
        groups=found,
        alone=tuple(Alone(ids[i], why_alone(t, i)) for i in sorted(alone)),
        value=value,
        bound=max(bound, value),
        wishes_met=seen.wishes_met(),
        same_team_groups=seen.same_team_groups(),
        repeats=seen.repeats(),
        seed=request.seed,
        weights_version=WEIGHTS_VERSION,
        passes=passes,
        seconds=seconds,
    )


def why_alone(t: Table, person: int) -> Why:
    if len(t) == 1:
        return Why.NOBODY_ELSE
    everybody = np.arange(len(t))
    allowed = pair_weights(t, np.full(len(t), person), everybody) != FORBIDDEN
    return Why.ALL_TAKEN if allowed.any() else Why.NOBODY_ALLOWED
