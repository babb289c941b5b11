"""Invented companies: Zipf departments, teams of about 8, offices on four continents, levels, channels, a past."""

from dataclasses import dataclass

import numpy as np

from bot.matching import History, Participant, Past

OFFICES = {"Berlin": 8, "London": 9, "New York": 14, "San Francisco": 17, "Bangalore": 4, "Sydney": 23}
TOPICS = tuple(f"topic {i}" for i in range(40))
ROUNDS = 26


@dataclass(frozen=True, slots=True)
class Colleague(Participant):
    channels: tuple[str, ...] = ()
    """What the rule of one of the rivals looks at."""


@dataclass(frozen=True)
class Company:
    people: tuple[Colleague, ...]
    history: History


def company(n: int, seed: int = 1, rounds: int = ROUNDS) -> Company:
    dice = np.random.default_rng([n, seed])
    departments = max(3, min(30, round(n**0.4)))
    share = 1 / np.arange(1, departments + 1)
    department = dice.choice(departments, n, p=share / share.sum())
    office = dice.choice(len(OFFICES), n, p=[0.3, 0.22, 0.2, 0.12, 0.1, 0.06])
    level = 1 + dice.binomial(6, 0.25, n)
    team = np.empty(n, int)
    for d in range(departments):
        members = np.flatnonzero(department == d)
        team[members] = dice.permutation(len(members)) // 8 if len(members) else 0
    people = tuple(
        person(i, int(department[i]), int(team[i]), int(office[i]), int(level[i]), dice, n) for i in range(n)
    )
    return Company(people, past(people, dice, rounds))


def person(i: int, department: int, team: int, office: int, level: int, dice: np.random.Generator, n: int) -> Colleague:
    name, starts = list(OFFICES.items())[office]
    starts += int(dice.integers(-1, 2))
    hours = (((starts % 24) * 60, (starts % 24) * 60 + 8 * 60),)
    channels = {f"c-team-{department}-{team}", f"c-{name}-{dice.integers(n // 60 + 1)}"}
    channels.update(f"c-{c}" for c in dice.integers(n // 5 + 2, size=dice.integers(2, 9)))
    channels.update(f"c-d{department}-{c}" for c in dice.integers(n // 40 + 1, size=2))
    return Colleague(
        person_id=f"U{i:06d}",
        team=f"team-{department}-{team}",
        department=f"department {department}",
        office=name,
        level=level,
        working_hours=hours,
        topics=tuple(TOPICS[k] for k in np.unique(dice.integers(len(TOPICS), size=3))),
        channels=tuple(sorted(channels)),
    )


def past(people: tuple[Colleague, ...], dice: np.random.Generator, rounds: int) -> History:
    """Random pairs every two weeks; 70 % of them met."""
    n, half = len(people), len(people) // 2
    orders = [dice.permutation(n) for _ in range(rounds)]
    a = np.concatenate([order[:half] for order in orders]) if rounds else np.empty(0, int)
    b = np.concatenate([order[half : 2 * half] for order in orders]) if rounds else np.empty(0, int)
    age = np.repeat(np.arange(1, rounds + 1) * 14, half)
    met = np.where(dice.random(len(a)) < 0.7, Past.MET, Past.INTRODUCED)
    return History.columns(tuple(p.person_id for p in people), a, b, met, age)
