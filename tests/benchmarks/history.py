"""A large company and its years of coffee, put into a database in bulk: the same seed makes the same rows.

file = history_file(Company(people=10_000, rounds=52), now)     # SQLite, made once and kept in the temp folder
fill(database, Company(people=10_000, rounds=52), now)          # any database that is up to date and empty
"""

import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from hashlib import sha256
from itertools import accumulate, islice
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy import Table as SqlTable

from bot.core.calendar import zone_or_utc
from bot.core.clock import SystemClock
from storage.db import Database
from storage.kinds import Answer, DeliveryState, Importance, MatchState, MetThrough, ProgramKind, RoundState
from storage.migrate import standing, upgrade
from storage.tables import METADATA

WORKSPACE, CHANNEL, PROGRAM = "TBENCH", "CCOFFEE", 1
OFFICES = (
    ("Berlin", "Europe/Berlin"),
    ("Lisbon", "Europe/Lisbon"),
    ("New York", "America/New_York"),
    ("Bengaluru", "Asia/Kolkata"),
    ("Toronto", "America/Toronto"),
    ("Warsaw", "Europe/Warsaw"),
)
TEAMS = 120
CACHE_KB = 500_000
TEAMS_IN_DEPARTMENT = 8
TAKE_PART, MEET = 0.9, 0.6
KEPT_ROUNDS = 6
"""Rounds whose messages still have their words."""
A_ROUND = timedelta(weeks=2)
NUMBERED = ("programs", "rounds", "matches", "seats", "slots", "meetings", "meeting_people", "outbox_messages")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Company:
    people: int = 10_000
    rounds: int = 52
    seed: int = 7

    def person_id(self, number: int) -> str:
        return f"U{number:08d}"

    def team_of(self) -> list[int]:
        """Zipf: the second largest team is half as large as the largest, the third a third."""
        bounds = list(accumulate(1 / rank for rank in range(1, TEAMS + 1)))
        scale = self.people / bounds[-1]
        sizes = [round(bound * scale) for bound in bounds]
        return [
            next(team for team, end in enumerate(sizes) if number < end or team == TEAMS - 1)
            for number in range(self.people)
        ]


def history_file(company: Company, now: datetime, folder: Path | None = None) -> Path:
    """A SQLite database of one's own, copied from one that is made at the first time. `now` counts to the day."""
    cache = folder or Path(tempfile.gettempdir()) / "weft-benchmarks"
    cache.mkdir(exist_ok=True)
    which = f"{company.people}-{company.rounds}-{company.seed}-{now:%Y%m%d}-{newest()}-{as_written()}"
    made = cache / f"history-{which}.sqlite3"
    if not made.exists():
        half = made.with_suffix(f".{os.getpid()}")
        database = Database(f"sqlite:///{half}")
        upgrade(database)
        fill(database, company, now)
        database.close()
        half.rename(made)
    own = Path(tempfile.mkdtemp(prefix="weft-history-")) / "weft.sqlite3"
    shutil.copy(made, own)
    return own


def as_written() -> str:
    """Of these lines: what is made otherwise is made again."""
    return sha256(Path(__file__).read_bytes()).hexdigest()[:8]


def newest() -> str:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/none.sqlite3")
        try:
            return standing(database).head
        finally:
            database.close()


def fill(database: Database, company: Company, now: datetime) -> None:
    """People, one program, memberships, rounds with matches, seats, slots, answers and meetings, and sent messages."""
    past = Past(company, now)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KB}")  # For millions of keys.
        for name, columns, rows in past.tables():
            load(connection, METADATA.tables[name], columns, rows)
        if not database.is_sqlite:
            for name in (
                "rounds",
                "matches",
                "seats",
                "slots",
                "meetings",
                "meeting_people",
                "outbox_messages",
                "programs",
            ):
                connection.execute(text(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))"))
        connection.execute(text("ANALYZE"))
        connection.commit()


def load(connection: Connection, table: SqlTable, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Straight into the driver: a million rows take seconds."""
    others = {
        column.name: usual(column) for column in table.columns if column.name not in columns and is_needed(column)
    }
    names, cursor = ", ".join([*columns, *others]), connection.connection.cursor()
    rows, columns = ((*row, *others.values()) for row in rows), [*columns, *others]
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        waiting = iter(rows)
        while some := list(islice(waiting, 20_000)):
            cursor.executemany(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})", [for_sqlite(row) for row in some]
            )
        return
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([each.value if isinstance(each, Enum) else each for each in row])


def is_needed(column: Any) -> bool:
    return not column.nullable and column.server_default is None and not column.primary_key


def usual(column: Any) -> Any:
    """What a column holds that came after this module was written."""
    if column.default is None:
        raise ValueError(f"{column} has no default: history.py must fill it")
    value = column.default.arg if column.default.is_scalar else column.default.arg(None)
    return json.dumps(value) if isinstance(value, list | dict) else value


def for_sqlite(row: Row) -> Row:
    return tuple(plain(value) for value in row)


def plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return written(value)
    return value.value if isinstance(value, Enum) else value


@cache
def written(moment: datetime | date) -> str:
    """There are millions of moments in all, and few different ones."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}" if isinstance(moment, datetime) else moment.isoformat()


class Past:
    """Rows, table by table, in the order in which they may be inserted."""

    def __init__(self, company: Company, now: datetime) -> None:
        self.company = company
        self.now = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.dice = random.Random(company.seed)
        self.ids = [company.person_id(number) for number in range(company.people)]
        self.teams = company.team_of()
        self.matches: list[Row] = []
        self.seats: list[Row] = []
        self.slots: list[Row] = []
        self.meetings: list[Row] = []
        self.met: list[Row] = []
        self.messages: list[Row] = []
        self.rounds = [self.play(number) for number in range(1, company.rounds + 1)]

    def starts_at(self, number: int) -> datetime:
        """Start of a round. The last one began five days ago: in its middle everyone is asked."""
        return self.now - timedelta(days=5) - A_ROUND * (self.company.rounds - number)

    def tables(self) -> Iterator[tuple[str, Sequence[str], Iterable[Row]]]:
        yield (
            "workspaces",
            ("workspace_id", "name", "bot_user_id", "synced_at"),
            [(WORKSPACE, "Large", "UBOT", self.now)],
        )
        yield "people", PEOPLE, (self.person(number) for number in range(self.company.people))
        yield "programs", PROGRAMS, [self.program()]
        yield "memberships", MEMBERSHIPS, ((PROGRAM, id_, WORKSPACE, self.starts_at(0), True, 0) for id_ in self.ids)
        yield "rounds", ROUNDS, self.rounds
        yield "matches", MATCHES, self.matches
        yield "seats", SEATS, self.seats
        yield "slots", ("workspace_id", "match_id", "starts_at", "is_offered"), self.slots
        yield "meetings", ("id", "workspace_id", "met_on", "through", "origin"), self.meetings
        yield "meeting_people", ("workspace_id", "meeting_id", "person_id"), self.met
        yield "outbox_messages", MESSAGES, self.messages

    def person(self, number: int) -> Row:
        id_, team = self.ids[number], self.teams[number]
        office, zone = OFFICES[self.dice.randrange(len(OFFICES))]
        return (
            WORKSPACE,
            id_,
            f"Person {number}",
            f"person{number}@large.test",
            "Engineer",
            zone,
            number == 0,
            False,
            True,
            "",
            0,
            self.now,
            f"Team {team}",
            f"Department {team // TEAMS_IN_DEPARTMENT}",
            office,
            number % 6,
        )

    def program(self) -> Row:
        """The next round is due in nine days, at the time of day that it is now in Berlin."""
        next_at = self.starts_at(self.company.rounds) + A_ROUND
        zone = zone_or_utc("Europe/Berlin")
        wall = self.now.astimezone(zone)
        first = self.starts_at(1).astimezone(zone).date()
        return (
            PROGRAM,
            WORKSPACE,
            ProgramKind.COFFEE,
            "Coffee",
            CHANNEL,
            "running",
            2,
            first.weekday(),
            f"{wall:%H:%M}",
            zone.key,
            first,
            next_at,
            "4711",
            self.ids[0],
            self.starts_at(0),
            self.now,
        )

    def play(self, number: int) -> Row:
        starts_at = self.starts_at(number)
        ends_at, is_last = starts_at + A_ROUND, number == self.company.rounds
        there = [id_ for id_ in self.ids if self.dice.random() < TAKE_PART]
        self.dice.shuffle(there)
        for first in range(0, len(there) - len(there) % 2, 2):
            self.play_match(number, starts_at, there[first : first + 2], is_last)
        state = RoundState.RUNNING if is_last else RoundState.CLOSED
        midway_at, final_at = starts_at + A_ROUND / 2, ends_at - timedelta(days=2)
        course = (starts_at, midway_at, final_at, ends_at)
        return (number, WORKSPACE, PROGRAM, state, *course, starts_at, "1", 1, 1, 1, 0.9, 1.0)

    def play_match(self, number: int, starts_at: datetime, pair: list[str], is_last: bool) -> None:
        id_ = len(self.matches) + 1
        met = self.dice.random() < (MEET / 3 if is_last else MEET)
        state = MatchState.MET if met else MatchState.PLANNED
        self.matches.append((id_, WORKSPACE, number, state, "you have not met", starts_at))
        for place, person_id in enumerate(pair):
            answer = Answer.MET if met and place == 0 else None if is_last else self.dice.choice([None, Answer.NOT_YET])
            asked = None if is_last else starts_at + A_ROUND / 2
            answered = starts_at + timedelta(days=4) if answer else None
            self.seats.append((WORKSPACE, id_, number, person_id, place, answer, answered, asked, asked))
        for hour in (24, 48, 72):
            self.slots.append((WORKSPACE, id_, starts_at + timedelta(hours=hour), True))
        if met:
            meeting = len(self.meetings) + 1
            met_on = (starts_at + timedelta(days=3)).date()
            self.meetings.append((meeting, WORKSPACE, met_on, MetThrough.PROGRAM, f"match:{id_}"))
            self.met.extend((WORKSPACE, meeting, person_id) for person_id in pair)
        self.tell(number, id_, starts_at, pair)

    def tell(self, number: int, match_id: int, starts_at: datetime, pair: list[str]) -> None:
        is_past = number <= self.company.rounds - KEPT_ROUNDS
        self.put(f"round:{number}:intro:{match_id}", ",".join(pair), starts_at, is_past)
        if number < self.company.rounds:
            for person_id in pair:
                self.put(f"round:{number}:midway:{person_id}", person_id, starts_at + A_ROUND / 2, is_past)

    def put(self, key: str, recipient: str, at: datetime, is_past: bool) -> None:
        state = DeliveryState.PAST if is_past else DeliveryState.SENT
        words, blocks = ("", "[]") if is_past else (f"Words of {key}", BLOCKS)
        attention = "asked_for"
        row = (
            WORKSPACE,
            key,
            recipient,
            "D1",
            words,
            blocks,
            int(Importance.ROUND),
            attention,
            state,
            at,
            1,
            at,
            False,
            at,
        )
        self.messages.append(row)


BLOCKS = json.dumps([{"type": "section", "text": {"type": "mrkdwn", "text": "words " * 60, "verbatim": True}}])
PEOPLE = (
    *("workspace_id", "person_id", "name", "email", "title", "zone", "is_admin", "is_guest", "is_active"),
    *("status_emoji", "changed_at", "seen_at", "team", "department", "office", "level"),
)
PROGRAMS = (
    *("id", "workspace_id", "kind", "name", "channel_id", "state", "every_weeks", "weekday", "wall_time", "zone"),
    *("first_on", "next_round_at", "next_seed", "created_by", "created_at", "members_read_at"),
)
MEMBERSHIPS = ("program_id", "person_id", "workspace_id", "joined_at", "through_channel", "left_alone")
ROUNDS = (
    *("id", "workspace_id", "program_id", "state", "starts_at", "midway_at", "final_at", "ends_at", "told_at", "seed"),
    *("weights_version", "value", "bound", "wishes_met", "decided_in"),
)
MATCHES = ("id", "workspace_id", "round_id", "state", "why", "introduced_at")
SEATS = (
    *("workspace_id", "match_id", "round_id", "person_id", "place", "answer", "answered_at"),
    *("midway_asked_at", "final_asked_at"),
)
MESSAGES = (
    *("workspace_id", "key", "recipient", "conversation_id", "text", "blocks", "importance", "attention", "state"),
    *("due_at", "attempts", "first_attempt_at", "is_uncertain", "sent_at"),
)


def main() -> None:
    began = perf_counter()
    file = history_file(Company(), SystemClock().now())
    print(f"{file}: {file.stat().st_size / 1e6:.0f} MB in {perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
