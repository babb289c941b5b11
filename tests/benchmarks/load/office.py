"""Ten thousand people in a simulated workspace, what they press, and how long each acknowledgement took."""

import random
from collections import Counter, defaultdict
from contextlib import suppress
from time import perf_counter

from sqlalchemy import func, select

from bot.coffee.matches.check_ins.blocks import check_in
from bot.core.clock import SystemClock
from bot.manifest import read_manifest
from bot.slacksim import AppSettings, Person, SlackServer, Workspace, objects
from bot.slacksim.errors import NotPossible
from bot.slacksim.events import Ack, Envelope
from bot.slacksim.faults import Fault, Faults
from bot.slacksim.state import Channel, Kind, Message, User
from bot.slacksim.transports import SocketMode
from storage.db import Database
from storage.kinds import Answer
from storage.people.people import Person as Known
from storage.rounds.rounds import Round, Seat
from tests.benchmarks.history import CHANNEL, WORKSPACE

SLACK_TAKES = 0.15
"""Seconds for each answer of Slack's."""
ANSWERS = {"We met": Answer.MET, "Not yet": Answer.NOT_YET}


class Measured(SocketMode):
    """Socket Mode that notes how long each acknowledgement took."""

    def __init__(self) -> None:
        super().__init__()
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self.lost: Counter[str] = Counter()

    def deliver(self, envelope: Envelope) -> Ack | None:
        began = perf_counter()
        ack = super().deliver(envelope)
        self.took[envelope.kind].append(perf_counter() - began)
        self.lost[envelope.kind] += ack is None
        return ack

    def every(self) -> list[float]:
        return sorted(seconds for some in self.took.values() for seconds in some)


class SlowSlack(Faults):
    def take(self, method: str) -> Fault | None:
        return super().take(method) or Fault(delay=SLACK_TAKES)


class Office:
    """The simulated workspace with everybody of the history in it, and what they press."""

    def __init__(self, server: SlackServer, database: Database) -> None:
        self.server = server
        self.workspace = Workspace(SystemClock(), settings=AppSettings.from_manifest(read_manifest()))
        self.workspace.team_id = WORKSPACE
        self.workspace.faults = SlowSlack()
        self.wires = self.workspace.sockets = Measured()
        self.workspace.deliver_to(self.wires)
        server.host(self.workspace)
        with database.snapshot() as session:
            known = session.execute(select(Known.person_id, Known.name, Known.email, Known.zone)).all()
            self.last_round = session.scalar(select(func.max(Round.id)))
            seats = select(Seat.person_id, Seat.match_id).where(Seat.round_id == self.last_round)
            self.match_of = {person_id: match_id for person_id, match_id in session.execute(seats)}
        self.people = [Person(self.workspace, self.user(*row)) for row in known]
        channel = Channel(CHANNEL, "coffee", Kind.PUBLIC, 0, self.people[0].id)
        self.workspace.channels[CHANNEL] = channel
        for person_id in [*(person.id for person in self.people), self.workspace.bot_user_id]:
            channel.members[person_id] = None
            self.workspace.conversations_of[person_id][CHANNEL] = None
        self.said: dict[tuple[str, int], Answer] = {}

    def user(self, person_id: str, name: str, email: str, zone: str) -> User:
        profile = objects.profile(name, name, "Engineer", email, {})
        user = User(person_id, WORKSPACE, person_id.lower(), name, profile, tz=zone)
        self.workspace.add_user(user)
        return user

    # What they do

    def act(self, dice: random.Random) -> None:
        with suppress(NotPossible):
            dice.choice([self.ask, self.ask, self.open_home, self.answer, self.answer])(dice.choice(self.people), dice)

    def ask(self, person: Person, dice: random.Random) -> None:
        person.command("/coffee", dice.choice(["status", "status", "why", "skip", "help"]))

    def open_home(self, person: Person, _dice: random.Random) -> None:
        person.open_home()

    def answer(self, person: Person, dice: random.Random) -> None:
        match_id = self.match_of.get(person.id)
        if match_id is None:
            return
        label = dice.choice(list(ANSWERS))
        with self.workspace.lock:
            self.said[person.id, match_id] = ANSWERS[label]
            question = self.question(person, match_id)
        person.press(label, question)

    def question(self, person: Person, match_id: int) -> Message:
        direct = self.workspace.open_direct([person.id])
        drawn = check_in(match_id, [self.people[0].id], final=False)
        blocks = [block | {"block_id": f"b{number}"} for number, block in enumerate(drawn.blocks)]
        message = Message(
            direct.id, self.workspace.next_ts(), self.workspace.bot_user_id, drawn.text, self.workspace, blocks=blocks
        )
        direct.add(message)
        return message
