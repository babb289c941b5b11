"""`python -m tests.benchmarks.matching`: the matching against other methods, and a year with each of them.

Two tables, and a picture for light and dark pages. `--quick`: small companies and a short year.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.benchmarks.matching import pictures, shelf
from tests.benchmarks.matching.company import company
from tests.benchmarks.matching.one import PROOF, WEFT
from tests.benchmarks.matching.rivals import RIVALS
from tests.benchmarks.matching.year import Year, lived

SIZES, QUICK_SIZES = (100, 1_000, 10_000, 50_000), (100, 1_000)
YEARS, QUICK_YEARS = (50, 200, 1_000), (50,)
IN_A_YEAR = ("random", "chat-roulette", "slack-sup2", "Yelp/beans", "opencoffee")
Numbers = dict[str, float]


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.matching", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="small companies and a short year")
    asked.add_argument("--pictures", type=Path, default=Path("docs/pictures"), help="where the pictures go")
    asked.add_argument("--runs", type=int, default=3, help="runs of Weft, of which the median counts")
    options = asked.parse_args()
    console = Console(width=150)
    found = {n: all_methods(n, options.runs, console) for n in (QUICK_SIZES if options.quick else SIZES)}
    weeks = 12 if options.quick else 52
    years = {n: all_years(n, weeks, console) for n in (QUICK_YEARS if options.quick else YEARS)}
    console.print(round_table(found))
    console.print(year_table(years))
    shown = 200 if 200 in years else max(years)
    points = {
        method: [
            (n, runs[method]["seconds"], runs[method]["gap"]) for n, runs in found.items() if drawable(runs, method)
        ]
        for method in (WEFT, *RIVALS)
    }
    for path in pictures.draw({m: p for m, p in points.items() if p}, years[shown], shown, options.pictures):
        console.print(f"picture: {path}")


def drawable(runs: dict[str, Numbers], method: str) -> bool:
    return method in runs and not (runs[method]["alone"] and method != "Yelp/beans")


def all_methods(n: int, runs: int, console: Console) -> dict[str, Numbers]:
    """What each method makes of a company of n people; the gap is to one bound for all."""
    found: dict[str, Numbers] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "company.db"
        shelf.put(company(n), path)
        found[WEFT] = middle([alone(path, WEFT) for _ in range(runs)])
        bound = min(found[WEFT]["bound"], alone(path, PROOF)["bound"])
        for method, (_, most) in RIVALS.items():
            if n <= most:
                found[method] = alone(path, method)
                console.log(f"{n:,} people, {method}: {found[method]['seconds']:.2f} s")
    for numbers in found.values():
        numbers["gap"] = (bound - numbers["value"]) / bound * 1e6
        numbers["points"] = (bound - numbers["value"]) / max(1, numbers["groups"])
    return found


def alone(path: Path, method: str) -> Numbers:
    """In a process of its own: so the peak of its memory is its own."""
    command = [sys.executable, "-m", "tests.benchmarks.matching.one", str(path), method, "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    numbers: Numbers = json.loads(done.stdout)
    return numbers


def middle(runs: list[Numbers]) -> Numbers:
    return {**runs[0], **{what: median(r[what] for r in runs) for what in ("seconds", "worked", "memory")}}


def all_years(n: int, weeks: int, console: Console) -> dict[str, Year]:
    years = {}
    for method in (WEFT, *IN_A_YEAR):
        years[method] = lived(n, None if method == WEFT else RIVALS[method][0], weeks=weeks)
        console.log(f"a year with {n:,} people, {method}")
    return years


def round_table(found: dict[int, dict[str, Numbers]]) -> Table:
    table = headed("One round: Weft and others", ROUND, "people", "method", "seconds", "CPU s", "peak MB", "gap (ppm)",
                   "points a pair", "same team", "repeats", "alone", "wishes met")  # fmt: skip
    for n, methods in found.items():
        for method, r in methods.items():
            speed = (f"{r['seconds']:.2f}", f"{r['worked']:.2f}", f"{r['memory']:.0f}")
            quality = (f"{r['gap']:,.1f}", f"{r['points']:,.2f}")
            counts = (f"{r['same_team']:,}", f"{r['repeats']:,}", f"{r['alone']:,}", f"{r['wishes_met']:.1%}")
            table.add_row(f"{n:,}", method, *speed, *quality, *counts)
        table.add_section()
    return table


def year_table(years: dict[int, dict[str, Year]]) -> Table:
    table = headed("A year of weekly rounds, a fifth away each week", YEAR, "people", "method", "repeats", "same team",
                   "under 2 h", "left out", "early trios", "met per person")  # fmt: skip
    for n, methods in years.items():
        for method, y in methods.items():
            of_matches = (f"{count / y.matches:.2%}" for count in (y.repeats, y.same_team, y.short))
            table.add_row(
                f"{n:,}", method, *of_matches, f"{y.left_out / y.seats:.2%}", f"{y.early_trios}", f"{y.met[-1]:.1f}"
            )
        table.add_section()
    return table


def headed(title: str, caption: str, *heads: str) -> Table:
    table = Table(title=title, caption=caption)
    for head in heads:
        table.add_column(head, justify="left" if head == "method" else "right")
    return table


ROUND = """The gap is to a proven upper bound on any matching, in millionths of it, and in points of about 1,000
for each pair. Memory is the peak of the process, with loading everything from a database.
Alone: people without a match."""
YEAR = """Shares of all matches; a repeat is two people who had met. Under 2 h: common working time.
Early trios: people in a group of three again before all others had been in one.
Met: different colleagues met by those still there at the end."""


if __name__ == "__main__":
    main()
