"""How fast a reaction is counted, and whether a storm is counted right: `python -m tests.benchmarks.celebrate`."""

import argparse
import logging
import random
import statistics
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

from bot.celebrate.cheers.listeners import reaction_changed
from bot.core.clock import ManualClock
from bot.core.feature import Clients
from bot.scheduler import run_all_ticks
from bot.slacksim import Direct, Message, SlackServer
from storage.celebrations import celebrations, cheers
from storage.celebrations import settings as celebration_settings
from storage.celebrations.celebrations import Celebration
from storage.celebrations.cheers import Cheer
from storage.db import Database
from storage.kinds import CelebrationKind, CelebrationState, Part, Reach
from storage.migrate import upgrade
from tests.benchmarks.workplace import MONDAY, Workplace, open_workplace, without_proxy

HANDS = "raised_hands"


def main() -> int:
    options = arguments()
    logging.disable(logging.WARNING)
    without_proxy()
    server = SlackServer()
    server.start()
    table = Table("what", "measured", "asked for", title="Celebrations")
    try:
        for row in one_reaction(server, options.stored) + storm(server, options.events):
            table.add_row(*row)
    finally:
        server.stop()
    Console().print(table)
    return 0 if all("wrong" not in cell for column in table.columns for cell in column.cells) else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=100_000, help="reactions that are stored already")
    parser.add_argument("--events", type=int, default=30_000, help="events of the storm")
    return parser.parse_args()


class Stage:
    """A workplace with a celebration channel, on SQLite in a folder of its own."""

    def __init__(self, server: SlackServer, *, people: int, posts: int) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="weft-benchmark-")
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'weft.sqlite3'}")
        upgrade(self.database)
        self.clock = ManualClock(MONDAY)
        self.there: Workplace = open_workplace(server, self.database, self.clock, people=people, seed=7)
        self.there.workspace.deliver_to(Direct(self.there.weft.app))
        self.channel = self.there.workspace.add_channel("wins", members=self.there.people)
        self.celebrate(posts)

    def celebrate(self, posts: int) -> None:
        """The first of each eight people, who are a team, is thanked by the last of all."""
        giver = self.there.people[-1]
        with self.there.weft.bot.begin() as work:
            settings = celebration_settings.settings(work)
            settings.channel_id, settings.has_digest, settings.has_days = self.channel.id, False, False
            celebration_settings.save_settings(work, settings)
            for number in range(posts):
                row = Celebration(
                    workspace_id=work.workspace_id,
                    origin=f"benchmark:{number}",
                    kind=CelebrationKind.SHOUTOUT,
                    person_id=giver.id,
                    words=f"for number {number}",
                    change="",
                    groups=[],
                    reach=Reach.CHANNEL,
                    state=CelebrationState.OPEN,
                    seconding_emoji=HANDS,
                    made_at=work.now,
                    channel_id=self.channel.id,
                    attempt=1,
                )
                work.session.add(row)
                celebrations.put_people(work, row, [(self.there.people[number].id, Part.RECEIVER, True)])
                post = self.post(giver.id, number)
                row.ts, row.shared_at, row.reactions_read_at, row.people_told_at = post.ts, work.now, work.now, work.now

    def post(self, _giver: str, number: int) -> Message:
        workspace = self.there.workspace
        message = Message(self.channel.id, workspace.next_ts(), workspace.bot_user_id, f"Thanks {number}", workspace)
        self.channel.add(message)
        return message

    def posts(self) -> list[Message]:
        return [message for message in self.channel.messages if message.user == self.there.workspace.bot_user_id]

    def close(self) -> None:
        self.database.close()
        self.folder.cleanup()


def one_reaction(server: SlackServer, stored: int) -> list[tuple[str, str, str]]:
    people, posts = 600, 250
    stage = Stage(server, people=people, posts=posts)
    store(stage, stored)
    bot, seconds, at_work = stage.there.weft.bot, list[float](), list[float]()
    newcomers = stage.there.people[-200:-1]
    for number in range(1000):
        person, post = newcomers[number % len(newcomers)], stage.posts()[number % posts]
        event = {
            "user": person.id,
            "reaction": HANDS,
            "item": {"type": "message", "channel": stage.channel.id, "ts": post.ts},
            "event_ts": f"{1_800_000_000 + number}.000001",
        }
        began, began_work = perf_counter(), process_time()
        reaction_changed(True, bot, Clients(reads=stage.there.weft.reads, posts=stage.there.weft.app.client), event)
        seconds.append(perf_counter() - began)
        at_work.append(process_time() - began_work)
    stage.close()
    median, worst = statistics.median(seconds) * 1000, sorted(seconds)[989] * 1000
    return [
        (f"a reaction counted, {stored:,} stored (SQLite, one transaction)", f"median {median:.1f} ms", "under 20 ms"),
        ("of that, the processor", f"median {statistics.median(at_work) * 1000:.1f} ms", ""),
        ("the slowest of a hundred", f"{worst:.1f} ms", ""),
    ]


def store(stage: Stage, stored: int) -> None:
    """As many as there are pairs of people and posts, up to this number."""
    with stage.there.weft.bot.begin() as work:
        first = stage.there.people[:-200]
        rows = [
            {
                "celebration_id": number % 250 + 1,
                "person_id": first[number // 250].id if number // 250 < len(first) else f"UX{number}",
                "workspace_id": work.workspace_id,
                "is_on": True,
                "moved_at": 1,
                "first_on_at": work.now,
            }
            for number in range(stored)
        ]
        work.session.execute(insert(Cheer), rows)


def storm(server: SlackServer, events: int) -> list[tuple[str, str, str]]:
    """Half as many moves as events: each is told twice, and all of them in any order."""
    stage = Stage(server, people=400, posts=300)
    expected = react(stage, events // 2, random.Random(7))
    workspace = stage.there.workspace
    held = len(workspace.deliveries.held)
    began = perf_counter()
    workspace.release_events(random.Random(11))
    seconds = perf_counter() - began
    wrong = count_wrong(stage, expected)
    live(stage, days=8)
    told = told_times(stage)
    honoured = {
        stage.there.people[number].id for number, seconders in expected.items() if others(stage, number, seconders)
    }
    badly = sum(told[one] != 1 for one in honoured) + sum(one not in honoured for one in told)
    stage.close()
    return [
        (
            f"{held:,} events taken in, doubled and in any order",
            f"{seconds:.0f} s, {seconds / held * 1000:.1f} ms each",
            "an hour",
        ),
        (f"counts of {len(expected)} posts", "all right" if not wrong else f"{wrong} wrong", "all right"),
        (
            f"merged messages to {len(honoured)} people",
            "one each" if not badly else f"{badly} wrong",
            "one each",
        ),
    ]


def react(stage: Stage, moves: int, dice: random.Random) -> dict[int, set[str]]:
    """People second and take back as it comes. Returns who seconds which post in the end."""
    posts, people = stage.posts(), stage.there.people[:-1]
    now: dict[int, set[str]] = {number: set() for number in range(len(posts))}
    stage.there.workspace.hold_events()
    stage.there.workspace.double_events()
    for _ in range(moves):
        number, person = dice.randrange(len(posts)), dice.choice(people)
        if person.id in now[number]:
            person.unreact(posts[number], HANDS)
            now[number].discard(person.id)
        elif person != stage.there.people[number]:
            person.react(posts[number], HANDS)
            now[number].add(person.id)
    return now


def count_wrong(stage: Stage, expected: dict[int, set[str]]) -> int:
    with stage.there.weft.bot.look() as work:
        found = cheers.seconders_of(work, celebration_ids=[number + 1 for number in expected])
        return sum({one.person_id for one in found.get(number + 1, [])} != who for number, who in expected.items())


def others(stage: Stage, number: int, seconders: set[str]) -> bool:
    """Whether anybody of another team is among them: teams are eights in the order of people."""
    team = number // 8
    places = {person.id: place for place, person in enumerate(stage.there.people)}
    return any(places[one] // 8 != team for one in seconders)


def live(stage: Stage, *, days: int) -> None:
    until = stage.clock.now() + timedelta(days=days)
    while stage.clock.now() < until:
        run_all_ticks(stage.there.weft)
        patience = stage.clock.now() + timedelta(hours=4)
        while (moment := stage.there.weft.carrier.carry()) is not None and moment <= patience:
            stage.clock.move_to(max(moment, stage.clock.now() + timedelta(milliseconds=1)))
        stage.clock.move_to(patience)


def told_times(stage: Stage) -> Counter[str]:
    told: Counter[str] = Counter()
    for person in stage.there.people:
        told[person.id] += sum(
            "second" in message.text and "thanks to you" in message.text for message in person.messages()
        )
    return Counter({one: times for one, times in told.items() if times})


if __name__ == "__main__":
    sys.exit(main())
