"""From a request to a result: checks, the arrays, the method that fits its kind and size, and the reasons."""

from collections.abc import Sequence
from time import monotonic

from bot.matching import reasons
from bot.matching.checks import check
from bot.matching.dice import JITTER_BITS
from bot.matching.found import Members
from bot.matching.model import Group, Request, Result
from bot.matching.table import Table, tabulate
from bot.matching.ties import connected
from bot.matching.weights import LEAST_TOLD, TEAM_STEP, pair_weights


def match(request: Request) -> Result:
    """The best groups for all people in the request. Raises `InvalidRequest` where it contradicts itself."""
    from bot.matching.methods import solve  # Takes long to load: see there.

    check(request)
    started = monotonic()
    t = tabulate(request)
    found = solve(request, t)
    together = sorted(tuple(sorted(members)) for members in found.groups)
    seen = reasons.Seen(t, together)
    groups = groups_of(seen)
    value = sum(group.value for group in groups)
    return Result(
        groups,
        alone=tuple(t.people[i].person_id for i in sorted(found.alone)),
        value=value,
        bound=max(value, highest(t, together) if found.bound is None else found.bound),
        wishes_met=seen.wishes_met(),
        connected=connected(t.ties, LEAST_TOLD),
        seconds=monotonic() - started,
    )


def groups_of(seen: reasons.Seen) -> tuple[Group, ...]:
    values = seen.per_group(pair_weights(seen.table, seen.a, seen.b)).tolist()
    people = seen.table.people
    return tuple(
        Group(tuple(people[i].person_id for i in members), value, terms)
        for members, value, terms in zip(seen.groups, values, reasons.terms_of(seen), strict=True)
    )


def highest(t: Table, together: Sequence[Members]) -> int:
    """What so many people in such groups can't exceed, regardless of who meets."""
    best_pair = TEAM_STEP + t.wishes.most + t.wishes.wanted_team + (1 << JITTER_BITS) - 1
    people = sum(map(len, together))
    return best_pair * people * (max(map(len, together), default=1) - 1) // 2
