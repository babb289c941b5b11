"""One late joiner: one match changes, all others stay as announced."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.checks import check
from bot.matching.engine import groups_of
from bot.matching.found import Members
from bot.matching.model import LARGEST, Group, Kind, Participant, Request
from bot.matching.reasons import Seen
from bot.matching.table import Table, tabulate
from bot.matching.weights import FORBIDDEN, pair_weights


def add_late_joiner(
    request: Request, groups: Sequence[Sequence[str]], alone: Sequence[str], joiner: Participant
) -> Group | None:
    """The joiner's group: with the best of those alone, else in the open group where it costs least, smaller ones
    first and by turns. `None` where no group is open to them, and never where people offer seats: they wait for the
    next round.

    `request` names the people in `groups` and `alone`.
    """
    if request.kind is Kind.ROLES:
        return None
    after = replace(request, people=(*request.people, joiner))
    check(after)
    t = tabulate(after)
    number = {person.person_id: i for i, person in enumerate(t.people)}
    me = number[joiner.person_id]
    most = LARGEST if request.size > 2 else 3
    open_groups = [tuple(number[one] for one in group) for group in groups if len(group) < most]
    chosen = best_of(t, [(number[one],) for one in alone], me) or best_of(t, open_groups, me)
    return groups_of(Seen(t, [tuple(sorted((*chosen, me)))]))[0] if chosen else None


def best_of(t: Table, groups: Sequence[Members], me: int) -> Members | None:
    """The group that the person may join and that costs least; `None` if there is none."""
    worth = {members: pair_weights(t, np.array(members), np.full(len(members), me)) for members in groups}
    return max(
        (members for members in groups if worth[members].min() > FORBIDDEN),
        key=lambda members: (
            -len(members),
            -int(t.trios[list(members)].sum()),
            int(worth[members].sum()) // len(members),
        ),
        default=None,
    )
