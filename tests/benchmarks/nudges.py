"""How long it takes to think about everybody once a day: `python -m tests.benchmarks.nudges`."""

import argparse
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import select, update

from bot.celebrate.congratulating import service as congratulating
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.setup.forms import Wanted as Celebrations
from bot.celebrate.setup.service import set_up as set_up_celebrations
from bot.celebrate.wins import service as wins
from bot.coffee.setup.service import set_up, start
from bot.coffee.setup.wanted import Wanted
from bot.core.clock import ManualClock
from bot.core.work import Bot
from bot.features import FEATURES
from bot.nudges.planning import plan_due
from bot.nudges.registry import NudgeRegistry
from storage.celebrations.celebrations import Celebration
from storage.connections.connections import Meeting, MeetingPerson
from storage.connections.network import Pin
from storage.db import Database
from storage.kinds import DeliveryState, MetThrough
from storage.migrate import upgrade
from storage.nudges import Nudge, NudgeTaste
from storage.outbox.outbox import OutboxMessage
from storage.people.people import Person
from storage.programs.programs import Membership
from storage.workspaces import remember_workspace
from tests.benchmarks.quarter.company import OFF_BY_DEFAULT
from tests.benchmarks.quarter.steps import WIN

ASKED_SECONDS, ASKED_MEGABYTES = 60, 300
BEGINS = datetime(2026, 3, 2, 0, tzinfo=UTC)
EVERY = timedelta(minutes=5)
ZONES = ["Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Tokyo"]
TEAM, MEETINGS_EACH, NEW = 8, 6, 0.03
IN_COFFEE, PINNING, SWITCHED_ON, WINS = 0.8, 0.3, 0.3, 100
"""The shares of people in a coffee program, with a pin, and with everything switched on; wins that were just shared."""
WORKSPACE = "T1"


@dataclass
class Measured:
    """One day of everybody."""

    ticks: list[float] = field(default_factory=list)
    """CPU seconds."""
    longest_wall: float = 0.0
    messages: int = 0


def main(words: Sequence[str] | None = None) -> int:
    command = argparse.ArgumentParser(prog="python -m tests.benchmarks.nudges", description=__doc__)
    command.add_argument("--people", type=int, default=10_000)
    command.add_argument("--days", type=int, default=2)
    arguments = command.parse_args(words)
    out = Console()
    with tempfile.TemporaryDirectory(prefix="weft-benchmark-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'weft.sqlite3'}")
        upgrade(database)
        bot = Bot(database, clock := ManualClock(BEGINS), random.Random(7), WORKSPACE)
        fill(bot, arguments.people)
        days = [one_day(bot, clock, f"day {number + 1}") for number in range(arguments.days)]
        said = kinds_said(bot)
        database.close()
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.print(table_of(arguments.people, days, megabytes))
    out.print(", ".join(f"{kind} {number:,}" for kind, number in sorted(said.items())))
    return 0 if all(sum(day.ticks) <= ASKED_SECONDS for day in days) and megabytes <= ASKED_MEGABYTES else 1


def fill(bot: Bot, count: int) -> None:
    """An invented company with a past: teams of eight, some newcomers, everybody has met a few."""
    dice = random.Random(7)
    ids = [f"U{number:07d}" for number in range(count)]
    with bot.begin() as work:
        remember_workspace(work, name="Acme", bot_user_id="UBOT")
        work.session.add_all(person(number, one, dice) for number, one in enumerate(ids))
    for begin in range(0, count * MEETINGS_EACH // 2, 5000):
        with bot.begin() as work:
            for number in range(begin, min(begin + 5000, count * MEETINGS_EACH // 2)):
                met_on = date(2025, 3, 1) + timedelta(days=dice.randrange(366))
                seats = [MeetingPerson(workspace_id=WORKSPACE, person_id=one) for one in dice.sample(ids, 2)]
                work.session.add(
                    Meeting(
                        workspace_id=WORKSPACE,
                        met_on=met_on,
                        through=MetThrough.PROGRAM,
                        origin=f"match:{number}",
                        seats=seats,
                    )
                )
    give_all_kinds_something_to_say(bot, ids, dice)


def give_all_kinds_something_to_say(bot: Bot, ids: Sequence[str], dice: random.Random) -> None:
    """But for answers owed: nobody owes one before the first round."""
    with bot.begin() as work:
        wanted = Wanted("Coffee", "C1", every_weeks=2, weekday=3, wall_time=time(10), zone=ZoneInfo("Europe/Berlin"))
        program = set_up(work, wanted, by=ids[0])
        start(work, program.id, by=ids[0])
        for one in ids:
            key = {"workspace_id": WORKSPACE, "person_id": one}
            if dice.random() < IN_COFFEE:
                joined = Membership(program_id=program.id, joined_at=work.now, through_channel=False, **key)
                work.session.add(joined)
            if dice.random() < PINNING:
                other = dice.choice(ids)
                work.session.add(Pin(other_id=other, every_weeks=4, pinned_on=date(2026, 1, 5), **key))
            if dice.random() < SWITCHED_ON:
                work.session.add_all(NudgeTaste(kind=kind, is_on=True, **key) for kind in OFF_BY_DEFAULT)
        celebrations = Celebrations("C2", "Europe/Berlin", "raised_hands", "tada", has_digest=True, has_days=False)
        set_up_celebrations(work, celebrations, by=ids[0])
    with bot.begin() as work:
        for one in ids[:WINS]:
            wins.share(work, Draft(WIN), FormContext("C2", is_hinted=True), by=one, origin=f"win:{one}")
        work.session.execute(update(Celebration).values(channel_id="C2", ts="1.0", shared_at=work.now))
    congratulating.choose_when_shared(bot)
    take_as_sent(bot)


def person(number: int, person_id: str, dice: random.Random) -> Person:
    is_new = dice.random() < NEW
    return Person(
        workspace_id=WORKSPACE,
        person_id=person_id,
        name=f"Person {number}",
        zone=dice.choice(ZONES),
        seen_at=BEGINS,
        team=f"Team {number // TEAM}",
        office=f"Office {number % 10}",
        started_on=date(2026, 2, 10) if is_new else date(2020, 1, 1),
        is_admin=number == 0,
    )


def one_day(bot: Bot, clock: ManualClock, title: str) -> Measured:
    """The tick as the bot calls it, every five minutes around the clock; what it decides is taken as sent."""
    kinds = all_kinds()
    measured = Measured()
    for _ in track(range(timedelta(days=1) // EVERY), title):
        cpu, wall = process_time(), perf_counter()
        plan_due(bot, kinds)
        measured.ticks.append(process_time() - cpu)
        measured.longest_wall = max(measured.longest_wall, perf_counter() - wall)
        measured.messages += take_as_sent(bot)
        clock.advance(EVERY)
    return measured


def all_kinds() -> NudgeRegistry:
    return {kind.name: kind for feature in FEATURES for kind in feature.nudges}


def take_as_sent(bot: Bot) -> int:
    with bot.begin() as work:
        sent = update(OutboxMessage).where(OutboxMessage.state == DeliveryState.WAITING)
        return work.session.execute(sent.values(state=DeliveryState.SENT, sent_at=work.now)).rowcount


def kinds_said(bot: Bot) -> Counter[str]:
    with bot.look() as work:
        return Counter(work.session.scalars(select(Nudge.kind)))


def table_of(people: int, days: Sequence[Measured], megabytes: float) -> Table:
    table = Table("What", "Measured", "Asked for", title=f"Thinking about {people:,} people")
    for number, day in enumerate(days, 1):
        table.add_row(f"day {number}: CPU in all", f"{sum(day.ticks):.1f} s", f"at most {ASKED_SECONDS} s")
        busy = [one for one in day.ticks if one > 0.05]
        table.add_row(
            "  ticks with work", f"{len(busy)}, median {median(busy or [0]):.2f} s, most {max(day.ticks):.2f} s"
        )
        table.add_row("  messages", f"{day.messages:,}")
    table.add_row("peak memory", f"{megabytes:.0f} MB", f"at most {ASKED_MEGABYTES} MB")
    return table


if __name__ == "__main__":
    sys.exit(main())
