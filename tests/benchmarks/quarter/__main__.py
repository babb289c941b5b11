"""What a quarter with Weft is like for a company of 500: `python -m tests.benchmarks.quarter`."""

import argparse
import logging
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.app import plugs_of
from bot.core.clock import ManualClock
from bot.core.work import Bot
from bot.features import FEATURES
from storage.db import Database
from storage.kinds import NudgeOutcome
from storage.migrate import upgrade
from tests.benchmarks.quarter.company import WORKSPACE, invent, move_in
from tests.benchmarks.quarter.counting import PER_DAY, PER_WEEK, Counted, count_up
from tests.benchmarks.quarter.life import Quarter
from tests.benchmarks.quarter.pictures import draw

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def main(words: Sequence[str] | None = None) -> int:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.quarter", description=__doc__)
    command.add_argument("--people", type=int, default=500)
    command.add_argument("--weeks", type=int, default=13)
    command.add_argument("--seed", type=int, default=7, help="other dice make another quarter (default: 7)")
    command.add_argument("--pictures", type=Path, help="a folder to draw the pictures into")
    arguments = command.parse_args(words)
    logging.disable(logging.WARNING)
    counted = simulate(arguments.people, arguments.weeks, arguments.seed)
    out = Console()
    out.print(table_of(counted, arguments.people, arguments.weeks))
    for path in draw(counted, arguments.people, arguments.pictures) if arguments.pictures else ():
        out.print(path)
    return 0 if counted.most_in_a_day <= PER_DAY and counted.most_in_seven_days <= PER_WEEK else 1


def simulate(people: int, weeks: int, seed: int) -> Counted:
    dice = random.Random(seed)
    clock = ManualClock(MONDAY)
    company = invent(people, MONDAY, dice)
    by_id = {one.person_id: one for one in company}
    with tempfile.TemporaryDirectory(prefix="weft-quarter-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'weft.sqlite3'}")
        upgrade(database)
        bot = Bot(database, clock, random.Random(seed), WORKSPACE, plugs=plugs_of(FEATURES))
        move_in(bot, company, dice)
        quarter = Quarter(bot, clock, by_id, dice)
        for _ in track(quarter.live(weeks * 7), "a quarter", total=weeks * 7):
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
