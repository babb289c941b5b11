"""What counting contact costs and how fast a network is shown: `python -m tests.benchmarks.network`."""

import argparse
import random
import resource
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

from rich.console import Console
from rich.table import Table
from slack_bolt import BoltRequest
from sqlalchemy import text

from bot.app import compose
from bot.connections import rollup
from bot.core.clock import ManualClock
from bot.core.errors import FormError
from bot.core.work import Bot
from bot.counting.feature import write_down
from bot.counting.tally import tally_of
from bot.demo.company import colleagues
from bot.manifest import read_manifest
from bot.network import blocks, nudges, picture
from bot.network.asking.service import paths_to
from bot.network.picture import Dot
from bot.network.service import network_of
from bot.slacksim import AppSettings, SlackServer, Workspace
from storage.connections import contacts
from storage.counting import CountedChannel
from storage.db import Database
from storage.kinds import ContactKind
from storage.migrate import upgrade
from storage.people.people import Person
from storage.scope import Scope
from tests.benchmarks.workplace import without_proxy

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
ID = "T1"
HOUR = 30_000
"""Events that Slack delivers at most in an hour."""
KINDS = (ContactKind.REPLY, ContactKind.MENTION, ContactKind.REACTION)
CONTACTS, TEAM, OFFICES = 30, 8, 12

Row = tuple[str, str, str]


@contextmanager
def database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="weft-network-") as folder:
        file = Path(folder) / "network.sqlite3"
        db = Database(f"sqlite:///{file}")
        upgrade(db)
        yield db
        db.close()


def bot_on(db: Database) -> Bot:
    return Bot(db, ManualClock(NOW), random.Random(1), ID)


# Events as they come in


def events_cost(number: int) -> list[Row]:
    """Through Bolt, the tally and the database, as in a process that runs."""
    server = SlackServer()
    server.start()
    try:
        with database() as db:
            workspace = Workspace(ManualClock(NOW), settings=AppSettings.from_manifest(read_manifest()))
            server.host(workspace)
            weft = compose(db, ManualClock(NOW), random.Random(1), token=workspace.bot_token, api_url=server.api_url)
            with db.transaction() as session:
                session.add_all(person(workspace.team_id, number) for number in range(1000))
                session.add(CountedChannel(workspace_id=workspace.team_id, channel_id="C1", since=NOW))
            write_down(weft.bot, weft.reads)
            dice = random.Random(2)
            bodies = [message(workspace, dice, n) for n in range(number)]
            began = process_time()
            for n, body in enumerate(bodies):
                weft.app.dispatch(BoltRequest(mode="socket_mode", body=body))
                if n % (HOUR * 5 // 3600) == 0:
                    write_down(weft.bot, weft.reads)
            while len(tally_of(weft.bot)._seen) and process_time() - began < 600:
                write_down(weft.bot, weft.reads)
            each = (process_time() - began) / number
            return [
                ("CPU for an event, all in all", f"{each * 1000:.2f} ms", ""),
                ("of a core at 30,000 an hour", f"{each * HOUR / 3600:.1%}", "under 10 %"),
            ]
    finally:
        server.stop()


def message(workspace: Workspace, dice: random.Random, number: int) -> dict[str, object]:
    author, parent = dice.sample(range(1000), 2)
    ts = f"{NOW.timestamp() + number / 1000:.6f}"
    event = {"type": "message", "channel_type": "channel", "channel": "C1", "user": f"U{author:06}", "ts": ts}
    event |= {"text": "Thank you for the figures", "thread_ts": "1.0", "parent_user_id": f"U{parent:06}"}
    envelope = {"type": "event_callback", "team_id": workspace.team_id, "event_id": f"Ev{number}", "event": event}
    user = {"team_id": workspace.team_id, "user_id": workspace.bot_user_id, "is_bot": True}
    return envelope | {"authorizations": [user]}


# What is kept


def year_of_events(number: int, people: int) -> list[Row]:
    """Everybody has thirty contacts, some of them much closer than others; a year of working days, then folded."""
    with database() as db:
        bot = bot_on(db)
        empty = size_of(db)
        friends = friends_of(people, random.Random(3))
        weights = [1 / (rank + 1) for rank in range(CONTACTS)]
        days = [TODAY - timedelta(days=back) for back in range(365, 0, -1)]
        days = [day for day in days if day.weekday() < 5]
        dice = random.Random(4)
        for day in days:
            counted: dict[tuple[str, str, date], Counter[ContactKind]] = defaultdict(Counter)
            for _ in range(number // len(days)):
                one = dice.randrange(people)
                other = dice.choices(friends[one], weights)[0]
                pair = (f"U{min(one, other):06}", f"U{max(one, other):06}", day)
                counted[pair][dice.choice(KINDS)] += 1
            with bot.begin() as work:
                contacts.add(work, counted=counted)
        rows, size = count_rows(db), size_of(db) - empty
        rollup.roll_up_due(bot)
        return [
            (f"{number:,} events of {people:,} people in a year: rows", f"{rows:,}", ""),
            ("and their size, indexes too", f"{size:.0f} MB", "under 60 MB"),
            ("rows once old days are months", f"{count_rows(db):,}", ""),
        ]


def friends_of(people: int, dice: random.Random) -> list[list[int]]:
    """Half of them in one's own corner of the company."""
    found = []
    for one in range(people):
        near = [(one + step) % people for step in range(1, CONTACTS // 2 + 1)]
        far = dice.sample(range(people), CONTACTS - len(near))
        found.append([other if other != one else (one + CONTACTS) % people for other in near + far])
    return found


def count_rows(db: Database) -> int:
    with db.snapshot() as session:
        return session.query(contacts.ContactDay).count()


def size_of(db: Database) -> float:
    """In megabytes, free pages left out."""
    with db.snapshot() as session:
        pages, free, each = (
            int(session.scalar(text(f"PRAGMA {name}")) or 0) for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * each / 1e6


# What is shown


def big_company(people: int) -> list[Row]:
    with database() as db:
        bot = bot_on(db)
        fill(db, people)
        rows = count_rows(db)
        asked = random.Random(6).sample(range(people), 300)
        shown = [timed(lambda one=one: show(bot, one)) for one in asked]
        drawn = [(size, timed(lambda size=size: picture.draw("A network", invented(size)))) for size in (5, 150)]
        ways = list(ways_to_a_team(bot, asked[:30], people))
        everyone = [f"U{number:06}" for number in range(people)]
        began, proposed = process_time(), 0
        for kind in nudges.KINDS:
            for start in range(0, people, 500):
                with bot.look() as work:
                    proposed += sum(1 for _ in kind.propose(work, everyone[start : start + 500]))
        planned = process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return [
            (
                f"/network with {people:,} people, {rows:,} rows: median",
                f"{statistics.median(shown) * 1000:.0f} ms",
                "",
            ),
            ("the slowest of a hundred", f"{sorted(shown)[-3] * 1000:.0f} ms", "under 300 ms"),
            ("who could introduce me to a team of 80: median", f"{statistics.median(ways) * 1000:.0f} ms", ""),
            ("the slowest of those asked", f"{max(ways) * 1000:.0f} ms", ""),
            *((f"a picture with {size} people", f"{seconds:.1f} s", "under 3 s") for size, seconds in drawn),
            (f"three kinds of nudges for everybody ({proposed:,} proposed), CPU", f"{planned:.0f} s", ""),
            ("memory of the process, at most", f"{peak:.0f} MB", ""),
        ]


def fill(db: Database, people: int) -> None:
    """Two years: eighteen months that are folded, and half a year of days; a meeting every two weeks."""
    dice = random.Random(5)
    with db.transaction() as session:
        session.add_all(person(ID, number) for number in range(people))
        session.flush()
        contacts.assign_numbers(Scope(session, ID, NOW), person_ids=[f"U{number:06}" for number in range(people)])
    raw = db.engine.raw_connection()
    try:
        raw.cursor().execute("BEGIN")
        counted = "days, introduction, shoutout, congratulation, hello, reply, mention, reaction"
        columns = f"workspace_id, one, other, day, {counted}"
        insert = f"INSERT OR IGNORE INTO contact_days ({columns}) VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, ?, ?, ?)"
        raw.cursor().executemany(insert, days_of_contact(people, dice))
        dated = [(TODAY - timedelta(days=14 * (number % 52))).isoformat() for number in range(26 * people)]
        meetings = [(number, ID, on, "program", f"m:{number}") for number, on in enumerate(dated)]
        raw.cursor().executemany(
            "INSERT INTO meetings (id, workspace_id, met_on, through, origin) VALUES (?, ?, ?, ?, ?)", meetings
        )
        seats = ((ID, number, f"U{dice.randrange(people):06}") for number in range(26 * people) for _ in range(2))
        insert = "INSERT INTO meeting_people (workspace_id, meeting_id, person_id) VALUES (?, ?, ?)"
        raw.cursor().executemany(insert, seats)
        raw.cursor().execute("COMMIT")
    finally:
        raw.close()


def days_of_contact(people: int, dice: random.Random) -> Iterator[tuple[object, ...]]:
    months = [TODAY - timedelta(days=190 + 30 * number) for number in range(18)]
    for one, friends in enumerate(friends_of(people, dice)):
        for other in {*friends[: CONTACTS // 2]} - {one}:
            a, b = sorted((one + 1, other + 1))
            for month in months:
                yield ID, a, b, month.toordinal(), 4, 3, 2, 2
            for back in dice.sample(range(180), 15):
                yield ID, a, b, (TODAY - timedelta(days=back)).toordinal(), 1, 1, 0, 1


def person(workspace_id: str, number: int) -> Person:
    return Person(
        workspace_id=workspace_id,
        person_id=f"U{number:06}",
        name=f"Person {number}",
        is_active=True,
        seen_at=NOW,
        zone="Europe/Berlin",
        team=team_of(number),
        office=f"Office {number % OFFICES}",
    )


def show(bot: Bot, number: int) -> object:
    with bot.look() as work:
        return blocks.network(network_of(work, f"U{number:06}"))


def ways_to_a_team(bot: Bot, asked: Iterable[int], people: int) -> Iterator[float]:
    """To a team of the other half of the company; whoever knows somebody there is told so and not measured."""
    for number in asked:
        goal = f"team:{team_of((number + people // 2) % people)}"
        with suppress(FormError), bot.look() as work:
            yield timed(lambda work=work, number=number, goal=goal: paths_to(work, f"U{number:06}", goal))  # type: ignore[misc]


def team_of(number: int) -> str:
    return f"Team {number // TEAM // 10}"


def invented(people: int) -> list[Dot]:
    """More people than the largest network of the invented company has, in as many teams."""
    dice = random.Random(12)
    return [Dot(f"Person Number {n}", f"Team {n % 12}", dice.expovariate(0.15), n % 5 == 0) for n in range(people)]


def draw_pictures(folder: Path) -> int:
    """Somebody of the invented company, half a year after they joined the coffee."""
    dice = random.Random(11)
    met = dice.sample(colleagues(), 22)
    known = [Dot(one.name, one.team, dice.expovariate(0.15) + 0.5, dice.random() < 0.2) for one in met]
    for name, dark in (("light", False), ("dark", True)):
        content = picture.draw(f"Your network: {len(known)} people", known, dark=dark, dots_per_inch=80)
        (folder / f"network-{name}.png").write_bytes(content)
    return 0


def timed(do: Callable[[], object]) -> float:
    began = process_time()
    do()
    return process_time() - began


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=5_000)
    options.add_argument("--kept", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--pictures", type=Path, help="only draw the pictures of the documents, into this folder")
    chosen = options.parse_args()
    if chosen.pictures:
        return draw_pictures(chosen.pictures)
    without_proxy()
    out = Console()
    measures: list[tuple[str, Callable[[], list[Row]]]] = [
        ("Events", lambda: events_cost(chosen.events)),
        ("What is kept", lambda: year_of_events(chosen.kept, 1000)),
        ("What is shown", lambda: big_company(chosen.people)),
    ]
    for title, measure in measures:
        table = Table(title=title, title_justify="left")
        for heading in ("what", "measured", "must be"):
            table.add_column(heading)
        for row in measure():
            table.add_row(*row)
        out.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
