"""An invented company with a coffee program, and what its people have received."""

import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.app import Weft, compose
from bot.coffee.setup.service import set_up, start
from bot.coffee.setup.wanted import Wanted
from bot.core.clock import Clock
from bot.delivery.calls import key_of, opaque_key
from bot.manifest import read_manifest
from bot.people.service import import_attributes
from bot.people.sync import sync
from bot.slacksim import AppSettings, Message, Person, SlackServer, Workspace
from storage.db import Database
from storage.kinds import DeliveryState
from storage.outbox.outbox import OutboxMessage
from tests.rows import copies

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HEADQUARTERS = ZoneInfo("Europe/Berlin")
TEAM = 8
WELCOME, INTRODUCTION = re.compile("Welcome to"), re.compile("You've been paired up|you've been matched")


@dataclass(frozen=True)
class Workplace:
    workspace: Workspace
    people: list[Person]
    weft: Weft
    round_at: datetime


def open_workplace(server: SlackServer, database: Database, clock: Clock, *, people: int, seed: int) -> Workplace:
    """Put everyone into the channel of a program that was just set up; no one has got a message yet."""
    workspace = Workspace(clock, settings=AppSettings.from_manifest(read_manifest()))
    server.host(workspace)
    everyone = [workspace.add_person(f"Person {n}", tz=HEADQUARTERS.key, is_admin=n == 0) for n in range(people)]
    channel = workspace.add_channel("coffee", members=everyone)
    dice = random.Random(seed)
    weft = compose(database, clock, dice, token=workspace.bot_token, api_url=server.api_url, one_thread=True)
    sync(weft.bot, weft.reads)
    wanted = Wanted("Coffee", channel.id, every_weeks=2, weekday=1, wall_time=time(10), zone=HEADQUARTERS)
    with weft.bot.begin() as work:
        import_attributes(work, teams_of(everyone))
        program = set_up(work, wanted, by=everyone[0].id)
        start(work, program.id, by=everyone[0].id)
        return Workplace(workspace, everyone, weft, program.next_round_at)


def teams_of(people: list[Person]) -> str:
    return "\n".join(["person_id,team", *(f"{person.id},Team {n // TEAM}" for n, person in enumerate(people))])


def without_proxy() -> None:
    """slack_sdk takes a proxy from the environment, and a proxied request would go past the simulated Slack."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        os.environ.pop(name, None)


# What they have received


def complaints(there: Workplace) -> list[str]:
    """Check that everyone has one welcome and one introduction, and that nothing is left in the outbox."""
    return [*about_people(there), *about_messages(there)]


def about_people(there: Workplace) -> Iterator[str]:
    for person in there.people:
        received = Counter(message.text for message in person.sees())
        for what in (WELCOME, INTRODUCTION):
            times = sum(count for text, count in received.items() if what.search(text))
            if times != 1:
                yield f"{person.name} has read “{what.pattern}” {times} times"
        yield from (f"{person.name} has read the same {n} times: {text}" for text, n in received.items() if n > 1)


def about_messages(there: Workplace) -> Iterator[str]:
    posted = Counter(key_of({"metadata": message.metadata}) for message in everything_posted(there.workspace))
    decided = {opaque_key(row): row for row in outbox_of(there)}
    for key, row in decided.items():
        if row.state is not DeliveryState.SENT or posted[key] != 1:
            yield f"{row.key} is {row.state.value} and was posted {posted[key]} times"
    yield from (f"no one has decided {key}" for key in posted.keys() - decided.keys())


def everything_posted(workspace: Workspace) -> list[Message]:
    return [
        message
        for channel in workspace.channels.values()
        for message in channel.messages
        if message.user == workspace.bot_user_id
    ]


def introductions(workspace: Workspace) -> list[Message]:
    return [message for message in everything_posted(workspace) if INTRODUCTION.search(message.text)]


def last_introduction_at(workspace: Workspace) -> datetime:
    return datetime.fromtimestamp(max(float(message.ts) for message in introductions(workspace)), UTC)


def outbox_of(there: Workplace) -> list[SimpleNamespace]:
    with there.weft.bot.look() as work:
        chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == work.workspace_id)
        return copies(work.session.scalars(chosen))
