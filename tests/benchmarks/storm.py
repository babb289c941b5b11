"""Everything that people can do, at the same moment: every button, command and form, by several people, many times,
16 at once, at two processes on one PostgreSQL. `python -m tests.benchmarks.storm` sends 500 and prints a table.
"""

import argparse
import json
import logging
import random
import tempfile
from collections import Counter
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

from sqlalchemy import text

from bot.core.clock import ManualClock
from bot.manifest import read_manifest
from bot.slack.texts import BUSY
from bot.slacksim import AppSettings, SlackServer, Workspace
from storage.db import Database
from tests.benchmarks.workplace import without_proxy
from tests.databases import postgres_programs, serve
from tests.privacy import marked
from tests.privacy.looking import Curious
from tests.slack.rush import THREADS, answers_seen, messages_of, start_two, twice
from tests.slack.seen import SORRY

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BETWEEN = timedelta(seconds=THREADS)
"""Slack takes a hundred of each call in a minute."""


@dataclass
class Outcome:
    deeds: int = 0
    requests: int = 0
    seconds: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    sorry: list[str] = field(default_factory=list)
    busy: int = 0
    unanswered: int = 0
    errors: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.sorry or self.busy or self.unanswered or self.errors or self.doubled)


def name_of(payload) -> str:
    if "command" in payload:
        return f"{payload['command']} {payload['text']}".strip()
    if payload["type"] == "view_submission":
        return payload["view"]["callback_id"]
    return payload["actions"][0]["action_id"] if "actions" in payload else payload.get("callback_id", payload["type"])


def deeds_of(weft, rush, people):
    """What each of them sends who opens and presses whatever there is. Each deed of each person once."""
    everything = SimpleNamespace(after="", typed="")
    rush.kept = []
    for person in people:
        Curious(person, everything).look_everywhere()
    kept, rush.kept = rush.kept, None
    found = {(name_of(one), json.dumps(one.get("actions", one.get("text"))), str(one.get("user"))): one for one in kept}
    return list(found.values())


def storm(workspace, slack_server, server, *, requests: int, everyone: bool, seed: int = 7, options="") -> Outcome:
    """They do all of it on one database, and what they did is then done at once on a copy from before."""
    url, admin = server
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE lived TEMPLATE template_weft"))
    with two_processes(workspace, slack_server, f"{url}/lived") as (weft, rush):
        there = marked.live(weft, marked.hired(workspace))
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE storm TEMPLATE lived"))
    try:
        with two_processes(workspace, slack_server, f"{url}/lived") as (weft, rush):
            deeds = deeds_of(weft, rush, [there.ana, there.ben, there.alma] if everyone else [there.ben])
        with two_processes(workspace, slack_server, f"{url}/storm{options}") as (weft, rush), errors_logged() as errors:
            outcome = rage(weft, rush, deeds, requests, random.Random(seed))
            outcome.errors = errors
            return outcome
    finally:
        with admin.connect() as connection:
            for name in ("lived", "storm"):
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def two_processes(workspace, slack_server, url):
    with closing(Database(url)) as one, closing(Database(url)) as other:
        yield start_two(workspace, slack_server, workspace.clock, [one, other])


@contextmanager
def errors_logged():
    found = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: found.append(f"{record.getMessage()}: {record.exc_info and record.exc_info[1]!r}")
    logging.getLogger().addHandler(handler)
    try:
        yield found
    finally:
        logging.getLogger().removeHandler(handler)


def rage(weft, rush, deeds, requests, dice) -> Outcome:
    workspace, outcome = weft.workspace, Outcome(deeds=len(deeds))
    said_before, posted_before = Counter(answers_seen(workspace)), messages_of(workspace)
    times = max(2, -(-requests // len(deeds)))
    waiting = [deed for deed in deeds for _ in range(times)]
    dice.shuffle(waiting)
    # The same deeds stand together in half of the waves, different ones in the other half.
    half = len(waiting) // 2
    waiting[:half] = sorted(waiting[:half], key=name_of)
    began = perf_counter()
    for start in range(0, len(waiting), THREADS):
        wave = [rush.copy(deed) for deed in waiting[start : start + THREADS]]
        acks = rush.send_at_once(wave)
        outcome.unanswered += sum(ack is None for ack in acks)
        outcome.kinds.update("command" if "command" in one else one["type"] for one in wave)
        outcome.requests += len(wave)
        workspace.clock.advance(BETWEEN)
    outcome.seconds = perf_counter() - began
    weft.settle()
    said = Counter(answers_seen(workspace)) - said_before
    outcome.sorry = [words for words in said.elements() if SORRY in words]
    outcome.busy = sum(BUSY() in words for words in said.elements())
    outcome.doubled = twice(message for message in messages_of(workspace) if message not in posted_before)
    return outcome


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--requests", type=int, default=500)
    arguments.add_argument("--seed", type=int, default=7)
    asked = arguments.parse_args()
    without_proxy()
    slack_server = SlackServer()
    slack_server.start()
    workspace = Workspace(ManualClock(MONDAY), settings=AppSettings.from_manifest(read_manifest()))
    slack_server.host(workspace)
    with tempfile.TemporaryDirectory(prefix="weft-postgres-") as folder:
        running = contextmanager(serve)(postgres_programs(), Path(folder))
        with running as server:
            outcome = storm(workspace, slack_server, server, requests=asked.requests, everyone=True, seed=asked.seed)
    slack_server.stop()
    print("| what | measured | asked for |\n|---|---|---|")
    print(f"| deeds: buttons, commands, forms, each of each person | {outcome.deeds} | |")
    kinds = ", ".join(f"{kind} {count}" for kind, count in outcome.kinds.most_common())
    print(f"| requests, {THREADS} at a time, at two processes | {outcome.requests} ({kinds}) | {asked.requests} |")
    print(f"| took | {outcome.seconds:.1f} s | |")
    print(f"| messages doubled | {len(outcome.doubled)} | 0 |")
    print(f'| "something went wrong", "busy" | {len(outcome.sorry)}, {outcome.busy} | 0, 0 |')
    print(f"| without an answer; errors in the log | {outcome.unanswered}; {len(outcome.errors)} | 0; 0 |")
    for trouble in (*outcome.doubled, *outcome.sorry, *outcome.errors):
        print(trouble)


if __name__ == "__main__":
    main()
