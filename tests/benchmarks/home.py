"""How long it takes to open Home, page by page, with a large company's years behind it.

python -m tests.benchmarks.home [--people 10000] [--rounds 52] [--opened 400]
"""

import argparse
import gc
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table
from sqlalchemy import event, func, insert, literal, select
from sqlalchemy.orm import aliased

from bot.app import plugs_of
from bot.core.clock import ManualClock
from bot.core.page import Page
from bot.core.work import Bot
from bot.features import FEATURES
from bot.slack.replies import show_home
from storage.connections.connections import Meeting, MeetingPerson
from storage.connections.notes import Note
from storage.db import Database
from tests.benchmarks.history import WORKSPACE, Company, history_file

ASKED_MS = 100
"""For the slowest of a hundred."""
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


class NoSlack:
    """Takes a Home and shows it to nobody: Slack's own time is not ours to measure."""

    def views_publish(self, **view: object) -> None:
        pass


def main(words: Sequence[str] | None = None) -> int:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.home", description=__doc__)
    command.add_argument("--people", type=int, default=10_000)
    command.add_argument("--rounds", type=int, default=52)
    command.add_argument("--opened", type=int, default=400, help="how many people open each page")
    arguments = command.parse_args(words)
    company = Company(people=arguments.people, rounds=arguments.rounds)
    database = Database(f"sqlite:///{history_file(company, NOW)}")
    bot = Bot(database, ManualClock(NOW), random.Random(7), WORKSPACE, plugs=plugs_of(FEATURES))
    dice = random.Random(1)
    there = [company.person_id(dice.randrange(1, arguments.people)) for _ in range(arguments.opened)]
    write_notes(database, sorted(set(there)))
    admin = [company.person_id(0)] * (arguments.opened // 4)
    table = Table("page", "statements", "median ms", "p99 ms", "CPU median ms", "CPU p99 ms")
    table.title = f"Home, {arguments.people:,} people, {arguments.rounds} rounds"
    slowest = 0.0
    for page in Page:
        wall, cpu = opened(bot, admin if page is Page.ADMIN else there, page)
        slowest = max(slowest, p99(wall))
        asked = statements(database, partial(show_home, bot, NoSlack(), there[0], page))
        figures = (median(wall), p99(wall), median(cpu), p99(cpu))
        table.add_row(page.value, str(asked), *(f"{figure:.1f}" for figure in figures))
    Console().print(table)
    database.close()
    return 0 if slowest < ASKED_MS else 1


def write_notes(database: Database, people: Sequence[str]) -> None:
    """They noted something after each of their meetings: more than anybody does."""
    mine, theirs = aliased(MeetingPerson), aliased(MeetingPerson)
    words = literal("Moves to Lisbon in June, asked about our data, knows how to sail. " * 4)
    met = (
        select(
            mine.workspace_id, mine.person_id, theirs.person_id, Meeting.origin, words, func.datetime(Meeting.met_on)
        )
        .join(Meeting, Meeting.id == mine.meeting_id)
        .join(theirs, theirs.meeting_id == mine.meeting_id)
        .where(mine.person_id.in_(people), theirs.person_id != mine.person_id)
    )
    columns = ["workspace_id", "person_id", "other_id", "origin", "words", "written_at"]
    with database.transaction() as session:
        session.execute(insert(Note).from_select(columns, met))


def opened(bot: Bot, people: Sequence[str], page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds for each, by the clock and of the CPU: on a busy machine only the second says much of Weft.

    The first one opens the database's connection and is left out.
    """
    show_home(bot, NoSlack(), people[0], page)
    gc.collect()
    wall, cpu = [], []
    for person_id in people:
        began, worked = perf_counter(), process_time()
        show_home(bot, NoSlack(), person_id, page)
        wall.append((perf_counter() - began) * 1000)
        cpu.append((process_time() - worked) * 1000)
    return wall, cpu


def p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[98]


def statements(database: Database, do) -> int:
    count = []
    event.listen(database.engine, "before_cursor_execute", note := lambda *_: count.append(1))
    do()
    event.remove(database.engine, "before_cursor_execute", note)
    return len(count)


if __name__ == "__main__":
    sys.exit(main())
