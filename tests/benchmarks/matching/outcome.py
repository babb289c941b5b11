"""`python -m tests.benchmarks.matching.outcome`: how well a company is connected by its coffees, week by week.

A year with Weft and with others: pairs of teams (and of department and office) that are in touch, other teams that a
person reaches, steps between two people, and common contacts of those who meet. `--web EDGES DEPARTMENTS` measures the
same on a real network: one line `person person` for each edge, one line `person department` for each person.
"""

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table as Shown
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from bot.matching import History, Participant, Past, Request
from bot.matching.model import Wishes
from bot.matching.table import tabulate
from tests.benchmarks.matching.rivals import RIVALS, Method
from tests.benchmarks.matching.year import AWAY, MEET, Life, lived, weft

METHODS = ("random", "chat-roulette", "slack-sup2", "Yelp/beans", "opencoffee")
BEFORE = Wishes(bridge=0, reach=0, far=0, wanted_team=400)
"""The objective without ties between teams, for comparison."""
SHOWN = (8, 13, 26, 52)
ROUNDS = 26


@dataclass(frozen=True)
class Standing:
    """How well connected everyone is. Shares from 0 to 1."""

    team_pairs: float
    of_limit: float
    """Share of what so many meetings can open at most."""
    cells: float
    """Pairs of department and office in touch."""
    reached: float
    reached_by_lowest_tenth: float
    two_steps: float
    distance: float
    """Mean steps between two people, of those between whom there is a way."""


@dataclass
class Outcome:
    standings: dict[int, Standing] = field(default_factory=dict)
    short: float = 0.0
    repeats: float = 0.0
    same_team: float = 0.0


class Web:
    """People as places 0 to n - 1, their teams and cells, and who is in touch."""

    def __init__(self, teams: list[str], cells: list[str], edges: set[tuple[int, int]]) -> None:
        self.team, self.cell = numbers(teams), numbers(cells)
        self.a, self.b = (np.array([edge[k] for edge in sorted(edges)], np.intp) for k in (0, 1))

    def standing(self, meetings: int) -> Standing:
        teams, pairs = self.joined(self.team)
        limit = min(meetings, teams * (teams - 1) // 2)
        reached = self.teams_reached()
        steps = self.steps()
        near = steps[np.triu_indices(len(steps), 1)]
        return Standing(
            pairs / max(1, teams * (teams - 1) // 2),
            pairs / max(1, limit),
            share_joined(*self.joined(self.cell)),
            float(reached.mean()),
            float(np.quantile(reached, 0.1)),
            float((near <= 2).mean()),
            float(near[np.isfinite(near)].mean()) if np.isfinite(near).any() else 0.0,
        )

    def joined(self, of: NDArray[np.intp]) -> tuple[int, int]:
        """Number of teams (or cells), and of pairs of them in touch."""
        one, other = of[self.a], of[self.b]
        apart = one != other
        low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
        return len(np.unique(of)), len(np.unique(low * (int(of.max(initial=0)) + 1) + high))

    def teams_reached(self) -> NDArray[np.int64]:
        known = np.zeros((len(self.team), int(self.team.max()) + 1), bool)
        known[self.a, self.team[self.b]] = known[self.b, self.team[self.a]] = True
        known[np.arange(len(self.team)), self.team] = False
        counted: NDArray[np.int64] = known.sum(axis=1)
        return counted

    def steps(self) -> NDArray[np.float64]:
        n = len(self.team)
        graph = csr_array((np.ones(len(self.a)), (self.a, self.b)), shape=(n, n))
        found: NDArray[np.float64] = shortest_path(graph, directed=False, unweighted=True)
        return found


def numbers(names: list[str]) -> NDArray[np.intp]:
    return np.unique(names, return_inverse=True)[1].reshape(-1).astype(np.intp)


def share_joined(cells: int, pairs: int) -> float:
    return pairs / max(1, cells * (cells - 1) // 2)


def web_of(life: Life, teams: dict[str, str]) -> tuple[Web, int]:
    place = {person.person_id: i for i, person in enumerate(life.staff)}
    met = [(place[a], place[b]) for a, b, what, _ in life.rows if what is Past.MET and a in place and b in place]
    edges = {(min(pair), max(pair)) for pair in met}
    there = [teams[person.person_id] for person in life.staff]
    return Web(there, [f"{p.department} {p.office}" for p in life.staff], edges), len(edges)


def year(n: int, seed: int, weeks: int, every: int, unknown: float, method: Method | None, wishes: Wishes) -> Outcome:
    """`unknown`: share of people whose team the method is not told."""
    outcome, teams, dice = Outcome(), dict[str, str](), random.Random(seed)

    def told(person: Participant) -> Participant:
        teams[person.person_id] = person.team or ""
        return replace(person, team=None, department=None) if dice.random() < unknown else person

    def watch(life: Life, week: int) -> None:
        if week + 1 in SHOWN or week + 1 == weeks:
            web, meetings = web_of(life, teams)
            outcome.standings[week + 1] = web.standing(meetings)

    counts = lived(n, method, seed, weeks, every=every, watch=watch, changed=told, wishes=wishes)
    outcome.short, outcome.repeats = counts.short / counts.matches, counts.repeats / counts.matches
    outcome.same_team = counts.same_team / counts.matches
    return outcome


def on_a_web(edges: Path, departments: Path, some: int, seed: int, method: Method | None, wishes: Wishes) -> Outcome:
    """Rounds among `some` of the people of a real network, all of whose edges count as contact."""
    lines = (line.split() for line in departments.read_text().splitlines() if line.strip())
    team = {f"P{int(person):05d}": f"department {name}" for person, name in lines}
    there = sorted(team)
    ends = (line.split() for line in edges.read_text().splitlines() if len(line.split()) > 1)
    known = {(f"P{min(int(a), int(b)):05d}", f"P{max(int(a), int(b)):05d}") for a, b, *_ in ends}
    pairs = {pair for pair in known if pair[0] != pair[1] and set(pair) <= team.keys()}
    dice = random.Random(seed)
    staff = sorted(dice.sample(there, some)) if some else there
    life = Life([Participant(one, team=team[one], department=team[one]) for one in staff], iter(()), dice)
    life.rows = [(a, b, Past.IN_TOUCH, 0) for a, b in sorted(pairs)]
    outcome, place = Outcome(), {one: i for i, one in enumerate(staff)}
    edge_set = {(place[a], place[b]) for a, b in pairs if a in place and b in place}
    for week in range(ROUNDS + 1):
        web = Web([team[one] for one in staff], [team[one] for one in staff], edge_set)
        if week in (0, ROUNDS):
            outcome.standings[week] = web.standing(len(web.a))
        here = [person for person in life.staff if dice.random() >= AWAY]
        rows = [(a, b, what, 7.0 * (week - when)) for a, b, what, when in life.rows]
        away = {one: name for one, name in team.items() if one not in {person.person_id for person in here}}
        request = Request(tuple(here), history=History.of(rows), absent=away, seed=week, wishes=wishes)
        t = tabulate(request)
        for group in weft(request, t) if method is None else method(t, random.Random(week)):
            what = Past.MET if dice.random() < MEET else Past.INTRODUCED
            ids = [t.people[i].person_id for i in group]
            for one, other in ((ids[i], ids[j]) for i in range(len(ids)) for j in range(i)):
                life.rows.append((one, other, what, week))
                if what is Past.MET:
                    edge_set.add((min(place[one], place[other]), max(place[one], place[other])))
    return outcome


def compared() -> Iterator[tuple[str, Method | None, Wishes]]:
    yield "Weft", None, Wishes()
    yield "Weft without ties of teams", None, BEFORE
    for name in METHODS:
        yield name, RIVALS[name][0], Wishes()


Live = Callable[[int, Method | None, Wishes], Outcome]


def table(title: str, live: Live, seeds: int, most: int, console: Console) -> Shown:
    shown = Shown(title=title)
    for head in ("method", "rounds", "team pairs", "of the limit", "offices", "teams reached",
                 "lowest tenth", "two steps", "distance", "under 2 h", "repeats", "same team"):  # fmt: skip
        shown.add_column(head, justify="left" if head == "method" else "right")
    for name, method, wishes in compared():
        if method is not None and RIVALS[name][1] < most:
            continue
        found = [live(seed, method, wishes) for seed in range(1, seeds + 1)]
        console.log(f"{title}: {name}")
        for week in found[0].standings:
            shown.add_row(name, str(week), *row(found, week))
        shown.add_section()
    return shown


def row(found: list[Outcome], week: int) -> Iterator[str]:
    """Medians over the seeds."""
    at = [outcome.standings[week] for outcome in found]
    for name in ("team_pairs", "of_limit", "cells"):
        yield f"{median(getattr(one, name) for one in at):.1%}"
    for name in ("reached", "reached_by_lowest_tenth"):
        yield f"{median(getattr(one, name) for one in at):.1f}"
    yield f"{median(one.two_steps for one in at):.1%}"
    yield f"{median(one.distance for one in at):.3f}"
    for name in ("short", "repeats", "same_team"):
        yield f"{median(getattr(one, name) for one in found):.2%}"


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.matching.outcome", description=__doc__)
    asked.add_argument("--people", type=int, nargs="+", default=[50, 200, 1_000])
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--every", type=int, default=1, help="weeks between two rounds")
    asked.add_argument("--unknown", type=float, default=0.0, help="share of people whose team is unknown")
    asked.add_argument("--seeds", type=int, default=3)
    asked.add_argument("--web", type=Path, nargs=2, metavar=("EDGES", "DEPARTMENTS"), help="a real network")
    asked.add_argument("--some", type=int, default=0, help="how many people of it take part (default: all)")
    options = asked.parse_args()
    console = Console(width=180)
    if options.web:
        title = f"{ROUNDS} rounds among {options.some or 'all'} people of a real network"
        console.print(
            table(title, lambda *how: on_a_web(*options.web, options.some, *how), options.seeds, 1_000, console)
        )
        return
    for n in options.people:
        title = f"{n:,} people, {options.weeks} weeks, a round every {options.every}, {options.unknown:.0%} unknown"
        live = year_of(n, options)
        console.print(table(title, live, options.seeds, n, console))


def year_of(n: int, options: argparse.Namespace) -> Live:
    return lambda seed, method, wishes: year(n, seed, options.weeks, options.every, options.unknown, method, wishes)


if __name__ == "__main__":
    main()
