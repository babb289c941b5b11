"""Invented people and requests, by chance (hypothesis) or by a seed."""

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from bot.matching import History, Kind, Participant, Past, Request

DAYS = (None, ((540, 1020),), ((0, 480),), ((900, 1380),), ((1200, 1600),), ((480, 720), (780, 1020)))

WANTED = ((), (), (), ("red",), ("green", "blue"), ("of nobody",))


def someone(n: int, **known: object) -> Participant:
    return Participant(f"U{n:03d}", **known)  # type: ignore[arg-type]


def some(n: int, **known: object) -> tuple[Participant, ...]:
    return tuple(someone(i, **known) for i in range(n))


def at_random(seed: int, n: int, blocked: float = 0.0, *, wishing: bool = True, **request: object) -> Request:
    dice, wishes = random.Random(seed), random.Random(~seed)
    people = tuple(
        someone(
            i,
            team=dice.choice([None, "red", "green", "blue"]),
            department=dice.choice([None, "Sales", "Data"]),
            office=dice.choice(["Berlin", "Oslo", "Lima"]),
            level=dice.choice([None, 1, 2, 3, 5, 6]),
            working_hours=dice.choice(DAYS),
            topics=tuple(dice.sample("pqrst", 2)),
            wanted_teams=wishes.choice(WANTED) if wishing else (),
            trios=dice.choice([0, 0, 0, 1, 2]),
            left_out=dice.choice([0, 0, 0, 1, 3]),
        )
        for i in range(n)
    )
    ids = [person.person_id for person in people]
    times = dice.randint(0, 3 * n) if n > 1 else 0
    rows = [(*dice.sample(ids, 2), Past(dice.randrange(3)), dice.randint(0, 900)) for _ in range(times)]
    blocks = tuple((a, b) for a in ids for b in ids if a < b and dice.random() < blocked)
    return Request(people, blocks=blocks, history=History.of(rows), seed=seed, **request)  # type: ignore[arg-type]


def requests(most: int = 9) -> st.SearchStrategy[Request]:
    return st.builds(at_random, st.integers(0, 10**6), st.integers(0, most), st.sampled_from([0.0, 0.0, 0.2, 0.5, 0.8]))


def all_met(people: Sequence[Participant], days: float = 7) -> History:
    return History.of(
        (a.person_id, b.person_id, Past.MET, days) for a in people for b in people if a.person_id < b.person_id
    )


def in_groups(people: Sequence[Participant], kind: Kind, size: int, **more: object) -> Request:
    return Request(tuple(people), kind, size, **more)  # type: ignore[arg-type]
