"""`python -m tests.benchmarks.quarter`: a simulated quarter with Weft in a company of 500."""

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.app import bot_for
from bot.core.clock import ManualClock
from storage.db import Database
from storage.kinds import NudgeOutcome
from storage.migrate import upgrade
from tests.benchmarks.quarter.company import WORKSPACE, invent, move_in
from tests.benchmarks.quarter.counting import PER_DAY, PER_WEEK, Counted, count_up
from tests.benchmarks.quarter.life import Quarter
from tests.benchmarks.quarter.pictures import draw

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.quarter", description=__doc__)
    asked.add_argument("--people", type=int, default=500)
    asked.add_argument("--weeks", type=int, default=13)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--pictures", type=Path, help="a folder for pictures")
    return tell(Console(), **vars(asked.parse_args()))


def tell(out: Console, *, people: int, weeks: int, seed: int, pictures: Path | None) -> int:
    """Simulate and print a quarter. Returns 0 if the quotas were kept, 1 otherwise."""
    logging.disable(logging.WARNING)
    counted = simulate(people, weeks, seed, out)
    out.print(table_of(counted, people, weeks))
    for path in draw(counted, people, pictures) if pictures else ():
        out.print(path)
    return 0 if counted.most_in_a_day <= PER_DAY and counted.most_in_seven_days <= PER_WEEK else 1


def simulate(people: int, weeks: int, seed: int, out: Console | None = None) -> Counted:
    dice = random.Random(seed)
    clock = ManualClock(MONDAY)
    company = invent(people, MONDAY, dice)
    by_id = {one.person_id: one for one in company}
    with tempfile.TemporaryDirectory(prefix="weft-quarter-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'weft.sqlite3'}")
        upgrade(database)
        bot = bot_for(database, clock, random.Random(seed), WORKSPACE)
        move_in(bot, company, dice)
        quarter = Quarter(bot, clock, by_id, dice)
        for _ in track(quarter.live(weeks * 7), "a quarter", total=weeks * 7, console=out, disable=out is None):
            pass
        counted = count_up(bot, quarter.slack.posted, by_id, MONDAY, weeks)
        database.close()
    return counted


def table_of(counted: Counted, people: int, weeks: int) -> Table:
    table = Table("What", "Counted", "Promised", title=f"{people} people, {weeks} weeks")
    total = sum(counted.person_weeks.values())
    table.add_row("nudges in all", f"{counted.messages:,}")
    table.add_row("  for a person and week, on average", f"{counted.messages / total:.2f}", f"at most {PER_WEEK}")
    for number in sorted(counted.person_weeks):
        share = counted.person_weeks[number] / total
        table.add_row(f"  weeks of a person with {number}", f"{share:.1%}")
    table.add_row("  most within seven days", f"{counted.most_in_seven_days}", f"{PER_WEEK}")
    table.add_row("most unasked messages on a day", f"{counted.most_in_a_day}", f"{PER_DAY}")
    table.add_section()
    for kind, outcomes in sorted(counted.outcomes.items()):
        table.add_row(f"{kind}: suggested", f"{sum(outcomes.values()):,}")
        table.add_row("  what came of it", words_for(outcomes))
    table.add_section()
    table.add_row("other teams reached, by coffee alone", f"{counted.reached_by_coffee[-1]:.2f}")
    table.add_row("  with the steps that were suggested", f"{counted.reached_in_all[-1]:.2f}")
    return table


def words_for(outcomes: Counter[NudgeOutcome | None]) -> str:
    total = sum(outcomes.values())
    known = [(outcome, count) for outcome, count in outcomes.most_common() if outcome is not None]
    return ", ".join(f"{outcome.value.replace('_', ' ')} {count / total:.0%}" for outcome, count in known)


if __name__ == "__main__":
    sys.exit(main())
