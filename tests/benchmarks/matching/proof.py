"""A bound on the pairs of a company of any size, however long it takes: what the gaps of the table are measured to."""

import numpy as np

from bot.matching import Request, match, pools
from bot.matching.exact import MOST
from bot.matching.methods import proven_bound, third_person
from bot.matching.pairs import ALONE
from bot.matching.table import tabulate

SIGHTS = 12
"""Sweeps over all pairs, each of which lowers the bound, unless that no longer pays."""


def bound_of(request: Request) -> int:
    """Upper bound on the worth of pairs of these people, when no one has to be alone."""
    if len(request.people) <= MOST:
        return match(request).bound
    t = tabulate(request)
    aside = third_person(t, request.seed) if len(t) % 2 else []
    found = pools.paired(t, np.setdiff1d(np.arange(len(t)), aside), request.seed, SIGHTS)
    bound = proven_bound(t, found, aside, [])
    if bound is None or (found.mates == ALONE).sum() > len(aside):
        raise ValueError("someone has no one to meet: nothing is proven here")
    return bound
