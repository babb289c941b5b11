"""Large companies: solve blocks of people, shuffle the pairs into new blocks, solve again; memory of one block."""

from collections.abc import Callable, Iterator

import numpy as np

from bot.matching.dice import shuffled
from bot.matching.pairs import ALONE, Mates, alone_costs, matched
from bot.matching.table import Table
from bot.matching.weights import Longs, Places, block, pair_weights

SIZE = 1000
PASSES = 4
Struck = Callable[[], bool]


def paired(t: Table, people: Places, seed: int, passes: int, struck: Struck) -> tuple[Mates, int]:
    """Mates for `people` (places in the table) and the passes made. Each pass keeps what it can't improve."""
    mates = np.full(len(t), ALONE)
    for done in range(passes):
        for members in cut(t, people, mates, seed + done):
            if struck():
                return mates, done
            better(t, mates, members)
    return mates, passes


def cut(t: Table, people: Places, mates: Mates, salt: int) -> Iterator[Places]:
    """Blocks of about SIZE people, pairs kept together: in an order that only the seed and the ids decide."""
    heads = people[(mates[people] == ALONE) | (mates[people] > people)]
    heads = heads[shuffled(t.keys[heads], salt)]
    together = np.stack([heads, np.where(mates[heads] == ALONE, -1, mates[heads])], axis=1).reshape(-1)
    together = together[together >= 0]
    for start in np.array_split(together, max(1, round(len(together) / SIZE))):
        yield start


def better(t: Table, mates: Mates, members: Places) -> None:
    """Solves the block; keeps the old pairs where they are as good."""
    members = np.sort(np.union1d(members, mates[members][mates[members] >= 0]))
    alone = alone_costs(t, members)
    found = matched(block(t, members), alone).mates
    new = np.where(found == ALONE, ALONE, members[found])
    if worth(t, members, new, alone) > worth(t, members, mates[members], alone):
        mates[members] = new


def worth(t: Table, members: Places, mates: Mates, alone: Longs) -> int:
    """Value of a block's pairs less what those alone cost."""
    head = mates > members
    return int(pair_weights(t, members[head], mates[head]).sum()) - int(alone[mates == ALONE].sum())
