"""A company in a database file, as a bot would find it: so that loading counts."""

import json
import sqlite3
from pathlib import Path

import numpy as np

from bot.matching import History
from tests.benchmarks.matching.company import Colleague, Company

FIELDS = ("person_id", "team", "department", "office", "level", "hours", "topics", "channels")


def put(company: Company, path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"create table people ({', '.join(FIELDS)})")
        db.execute("create table past (a integer, b integer, what integer, age real)")
        rows = (
            (
                p.person_id,
                p.team,
                p.department,
                p.office,
                p.level,
                *map(json.dumps, (p.working_hours, p.topics, p.channels)),
            )
            for p in company.people
        )
        db.executemany(f"insert into people values ({', '.join('?' * len(FIELDS))})", rows)
        h = company.history
        columns = zip(h.a.tolist(), h.b.tolist(), h.past.tolist(), h.age_days.tolist(), strict=True)
        db.executemany("insert into past values (?, ?, ?, ?)", columns)
    db.close()


def get(path: Path) -> Company:
    db = sqlite3.connect(path)
    names: dict[str, str] = {}

    def same(text: str) -> str:
        return names.setdefault(text, text)

    def person(row: tuple[str, str, str, str, int, str, str, str]) -> Colleague:
        hours = tuple((int(start), int(end)) for start, end in json.loads(row[5]))
        lists = [tuple(same(name) for name in json.loads(column)) for column in row[6:]]
        return Colleague(row[0], same(row[1]), same(row[2]), same(row[3]), row[4], hours, lists[0], channels=lists[1])

    people = tuple(person(row) for row in db.execute("select * from people order by person_id"))
    n = db.execute("select count(*) from past").fetchone()[0]
    a, b = np.empty(n, np.int32), np.empty(n, np.int32)
    past, age = np.empty(n, np.int8), np.empty(n, np.float32)
    for k, row in enumerate(db.execute("select a, b, what, age from past")):
        a[k], b[k], past[k], age[k] = row
    db.close()
    return Company(people, History(tuple(p.person_id for p in people), a, b, past, age))
