"""One method on one company in a process of its own: what it took and what came of it, as a line of JSON."""

import json
import random
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from bot.matching import Request, match
from bot.matching.reasons import Seen
from bot.matching.table import tabulate
from tests.benchmarks.matching import proof, shelf

WEFT, PROOF = "Weft", "proof"


def main(path: str, method: str, seed: int) -> dict[str, float | int | str]:
    company = shelf.get(Path(path))
    request = Request(company.people, history=company.history, seed=seed)
    started, worked = perf_counter(), process_time()
    if method == PROOF:
        return {"bound": proof.bound_of(request)}
    if method == WEFT:
        result = match(request)
        seconds, worked, memory = perf_counter() - started, process_time() - worked, peak()
        number = {person.person_id: i for i, person in enumerate(company.people)}
        groups = [tuple(number[member] for member in group.members) for group in result.groups]
        bound = result.bound
    else:
        from tests.benchmarks.matching.rivals import RIVALS

        t = tabulate(request)
        groups = RIVALS[method][0](t, random.Random(seed))
        seconds, worked, memory, bound = perf_counter() - started, process_time() - worked, peak(), 0
    return {"seconds": seconds, "worked": worked, "memory": memory, "bound": bound, **judged(request, groups)}


def judged(request: Request, groups: list[tuple[int, ...]]) -> dict[str, float | int]:
    from tests.benchmarks.matching.rivals import worth

    t = tabulate(request)
    seen = Seen(t, groups)
    return {
        "value": worth(t, groups),
        "same_team": int((seen.per_group(seen.facts.same_team.astype(np.int64)) > 0).sum()),
        "repeats": int((seen.per_group(seen.facts.met) > 0).sum()),
        "wishes_met": seen.wishes_met(),
        "alone": len(t) - sum(map(len, groups)),
        "groups": len(groups),
    }


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
