"""How long a large round keeps others waiting while it starts: `python -m tests.benchmarks.rounds`."""

import argparse
import random
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

from rich.console import Console
from rich.table import Table
from sqlalchemy import event, func, insert, select

from bot.coffee.membership import service as membership
from bot.coffee.rounds import notify
from bot.coffee.rounds import service as rounds
from bot.core.clock import ManualClock
from bot.core.work import Bot
from storage.db import READ_ONLY, Database
from storage.kinds import ProgramKind
from storage.migrate import upgrade
from storage.outbox.outbox import OutboxMessage
from storage.people.people import Person
from storage.programs.programs import Membership, Program
from storage.rounds.rounds import Match
from storage.workspaces import remember_workspace

WORKSPACE = "T1"
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata", "America/Los_Angeles")
LONGEST_WAIT = 0.5
"""Seconds that a click may wait for the database."""
BETWEEN_CLICKS = 0.02
COUNTED = ("people", "round", "matches", "messages", "clicks")


@dataclass
class Held:
    """How long the thread that starts the round kept the database from all other writers, each time."""

    spans: list[float] = field(default_factory=list)
    computing: list[float] = field(default_factory=list)
    """The part of each in which this thread had a processor."""
    began: float | None = None
    computed: float = 0.0

    def watch(self, database: Database) -> None:
        event.listen(database.engine, "begin", self.begins)
        event.listen(database.engine, "checkin", self.ends)

    def begins(self, connection) -> None:
        if threading.current_thread() is threading.main_thread():
            self.began = None if connection.get_execution_options().get(READ_ONLY) else perf_counter()
            self.computed = thread_time()

    def ends(self, *_) -> None:
        if threading.current_thread() is threading.main_thread() and self.began is not None:
            self.spans.append(perf_counter() - self.began)
            self.computing.append(thread_time() - self.computed)
            self.began = None


@dataclass
class Clicks:
    """Somebody who presses a button again and again, and how long each press waited until it was written."""

    bot: Bot
    program_id: int
    waits: list[float] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        thread = threading.Thread(target=self.press, name="clicks")
        thread.start()
        try:
            yield
        finally:
            self.enough.set()
            thread.join()

    def press(self) -> None:
        while not self.enough.wait(BETWEEN_CLICKS):
            began = perf_counter()
            with self.bot.begin() as work:
                membership.resume(work, self.program_id, person_id(0))
            self.waits.append(perf_counter() - began)


def main(words: Sequence[str] | None = None) -> int:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.rounds", description=__doc__)
    command.add_argument("--people", type=int, nargs="+", default=[1000, 10_000], help="how many take part")
    command.add_argument("--rounds", type=int, default=2, help="rounds, one after the other (default: 2)")
    arguments = command.parse_args(words)
    table = Table(title="A round starts, and somebody presses buttons meanwhile")
    for heading in (*COUNTED, "longest write", "computing", "median wait", "longest wait", "whole time"):
        table.add_column(heading, justify="right")
    well = True
    for people in arguments.people:
        with new_bot() as (bot, clock):
            program_id = fill(bot, people)
            for number in range(arguments.rounds):
                well &= measure(table, bot, clock, program_id, number + 1, people)
    Console(width=120).print(table)
    return 0 if well else 1


def measure(table: Table, bot: Bot, clock: ManualClock, program_id: int, number: int, people: int) -> bool:
    with bot.look() as work:
        clock.move_to(membership.find(work, program_id).next_round_at)
    before = counts(bot)
    held, clicks = Held(), Clicks(bot, program_id)
    held.watch(bot.db)
    with clicks.going_on():
        began = perf_counter()
        rounds.start_due_rounds(bot)
        notify.tell_of_rounds(bot)
        seconds = perf_counter() - began
    made = [after - earlier for after, earlier in zip(counts(bot), before, strict=True)]
    well = max(clicks.waits) <= LONGEST_WAIT
    longest_wait = ms(max(clicks.waits)) if well else f"[red]{ms(max(clicks.waits))}[/]"
    told = [people, number, *made, len(clicks.waits)]
    times = [ms(max(held.spans)), ms(max(held.computing)), ms(median(clicks.waits)), longest_wait, f"{seconds:.1f} s"]
    table.add_row(*(f"{count:,}" for count in told), *times)
    return well


def counts(bot: Bot) -> list[int]:
    with bot.look() as work:
        return [work.session.scalar(select(func.count()).select_from(one)) for one in (Match, OutboxMessage)]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


@contextmanager
def new_bot() -> Iterator[tuple[Bot, ManualClock]]:
    with tempfile.TemporaryDirectory(prefix="weft-benchmark-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'weft.sqlite3'}")
        try:
            upgrade(database)
            clock = ManualClock(TUESDAY)
            yield Bot(database, clock, random.Random(7), WORKSPACE), clock
        finally:
            database.close()


def person_id(number: int) -> str:
    return f"U{number:07}"


def fill(bot: Bot, people: int) -> int:
    """A company in teams of eight and offices of five zones, all of them in one program that is due on Tuesday."""
    numbers = range(people)
    with bot.begin() as work:
        remember_workspace(work, name="Acme", bot_user_id="UWEFT")
        program = Program(
            workspace_id=WORKSPACE, kind=ProgramKind.COFFEE, name="Coffee", channel_id="C1", every_weeks=2, weekday=1,
            wall_time="10:00", zone="Europe/Berlin", first_on=date(2026, 3, 3), next_round_at=TUESDAY, next_seed="7",
            created_by=person_id(0), created_at=work.now,
        )  # fmt: skip
        work.session.add(program)
        work.session.flush()
        work.session.execute(insert(Person), [person(number, work.now) for number in numbers])
        belongs = {"program_id": program.id, "workspace_id": WORKSPACE, "joined_at": work.now, "through_channel": True}
        work.session.execute(insert(Membership), [belongs | {"person_id": person_id(number)} for number in numbers])
        return program.id


def person(number: int, now: datetime) -> dict[str, object]:
    place = number // 8 % len(ZONES)
    return {
        "workspace_id": WORKSPACE, "person_id": person_id(number), "name": f"Person {number}", "zone": ZONES[place],
        "title": "Engineer", "team": f"Team {number // 8}", "department": f"Department {number // 400}",
        "office": ZONES[place].split("/")[1], "level": 1 + number % 6, "seen_at": now,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
