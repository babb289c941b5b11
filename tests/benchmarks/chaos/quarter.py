"""A company lives while everything goes wrong. The same seed makes the same story, to the last fault."""

import logging
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import OperationalError

from bot.cli.logs import JsonLines
from bot.coffee.matches.buttons import ANSWERS
from bot.coffee.matches.check_ins.blocks import SAY_MET
from bot.core.clock import ManualClock
from bot.delivery.pacing import POST
from bot.manifest import read_manifest
from bot.people.service import import_attributes
from bot.slacksim import AppSettings, SlackServer, Workspace
from bot.slacksim.events import Envelope
from bot.slacksim.faults import Line
from bot.slacksim.workspace import Call
from storage.db import Database
from storage.kinds import MatchState
from storage.migrate import upgrade
from storage.rounds.rounds import Match
from tests.benchmarks.chaos.copies import AS_A_RULE, Copies
from tests.benchmarks.chaos.crowd import Crowd
from tests.benchmarks.chaos.faults import (
    BotsClock,
    RandomFaults,
    Weather,
    mortal,
    requests_have_time,
    starting_is_cheap,
    waiting_takes_no_time,
)
from tests.benchmarks.chaos.machine import INSTANT, Failures, Machine, Wires
from tests.benchmarks.chaos.promises import Story, broken
from tests.benchmarks.chaos.wire import connected_in_memory
from tests.numbering import numbered_from

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TICK_EVERY = timedelta(hours=1)
"""As often as the ticks look around here; `weft run` does it every minute or five."""
MACHINES = 2
MEMORY = Path("/dev/shm")
"""Where there is such a folder, waiting for a disk after each commit takes no time."""
A_DAY, CALM = timedelta(days=1), timedelta(days=4)
A_WEEK = 7
SAYS = {action_id: answer.value for answer, action_id in ANSWERS.items()} | {SAY_MET: "met"}
"""What a click answers."""
UNKNOWN_ENDS = {"nonsense", "None", "internal_error", "new_to_you", *(line.name.lower() for line in Line)}
THEIRS = (SlackClientError, OSError, OperationalError)
"""Failures that were brought about here, and may show in the logs."""


class BrokenPromise(Exception):
    """Carries what was broken, and on which day."""


@dataclass(frozen=True)
class Survived:
    seed: int
    days: int
    tally: Counter[str]
    done: Counter[str]


class Quarter:
    def __init__(self, server: SlackServer, folder: Path, seed: int, people: int) -> None:
        self.seed = seed
        self.dice = random.Random(seed)
        self.weather = Weather(random.Random(f"weather {seed}"))
        self.clock = ManualClock(BEGINS)
        self.done: Counter[str] = Counter()
        self.server = server
        url = f"sqlite:///{folder / f'chaos-{seed}.sqlite3'}"
        self.watcher = Database(url)
        upgrade(self.watcher)
        self.workspace = Workspace(self.clock, settings=AppSettings.from_manifest(read_manifest()))
        self.workspace.faults = RandomFaults(self.weather)
        server.host(self.workspace)
        self.crowd = Crowd(self.workspace, self.dice, people, self.done)
        self.machines = [
            Machine(self.workspace, server.api_url, url, BotsClock(self.clock), self.weather, n)
            for n in range(MACHINES)
        ]
        self.copies = Copies(self.workspace)
        self.copies.watch()
        for machine in self.machines:
            machine.live_on = self.live_on
            machine.before_carrying = partial(self.beat_beside, machine)
            machine.is_idle = partial(self.is_idle, machine)
        self.failures = Failures(THEIRS)
        self.wires = Wires(self.machines, self.weather, self.failures)
        self.wires.on_answer = self.note_answer
        self.workspace.deliver_to(self.wires)
        self.said: dict[tuple[str, int], set[str | None]] = {}
        self.claimed_met: set[int] = set()
        self.tick_at = self.change_at = self.clock.now()
        self.private = self.never_in_logs()

    def close(self) -> None:
        self.server.release(self.workspace)
        for machine in self.machines:
            machine.die(timedelta())
        self.watcher.close()

    # The story

    def begin(self) -> None:
        """In calm weather: the company, its program, and who would rather not meet whom."""
        for machine in self.machines:
            machine.come_back()
        [first, *_] = self.machines
        with first.weft.bot.begin() as work:
            import_attributes(work, self.crowd.attributes())
        self.crowd.found_program()
        self.crowd.send_some_away(self.clock.now())

    def live(self, days: int, goes_on: Callable[[int], bool] = lambda _day: True) -> Survived:
        """So many days, and a few calm ones in which everything that is left has to arrive. `goes_on` is asked after
        each day, and ends the story early by False.
        """
        lived = self.live_in_rain(days, goes_on)
        self.calm_down()
        self.check(lived, is_over=True)
        return Survived(self.seed, lived, +self.weather.tally, self.count(self.done))

    def live_in_rain(self, days: int, goes_on: Callable[[int], bool] = lambda _day: True) -> int:
        """Return how many days were lived."""
        rush_on = self.dice.randint(1, max(days, A_WEEK))
        for day in range(1, days + 1):
            if day == rush_on:
                self.crowd.rush(self.clock.now())
            self.crowd.plan_day(self.clock.now(), deeds=len(self.crowd.people))
            self.live_until(self.clock.now() + A_DAY)
            self.check(day, is_over=False)
            if not goes_on(day):
                return day
        return days

    def calm_down(self) -> None:
        self.weather.clear()
        self.change_at = self.clock.now() + CALM * 2
        self.live_until(self.clock.now() + CALM)

    def live_on(self, time: timedelta) -> None:
        """A machine sleeps. One at a time: when all do, nothing happens."""
        self.copies.slept += 1
        # In a context of its own: what is kept in this one belongs to the request that waits.
        Context().run(self.live_until, self.clock.now() + time)

    def live_until(self, until: datetime) -> None:
        while self.clock.now() < until:
            self.step(until)

    def step(self, until: datetime) -> None:
        happens = (self.crowd.next_at(), self.wires.next_at(), self.workspace.next_late_at())
        nexts = [*happens, *(machine.next_at() for machine in self.machines)]
        moment = min([until, self.tick_at, self.change_at, *(each for each in nexts if each is not None)])
        self.clock.move_to(max(moment, self.clock.now() + INSTANT))
        now = self.clock.now()
        if now >= self.change_at:
            self.change_weather()
        self.workspace.carry_out_late()
        for machine in self.machines:
            machine.clock.set_right()
            machine.come_back()
        if now >= self.tick_at:
            self.tick_at = now + TICK_EVERY
            for machine in self.machines:
                if machine.is_up:
                    machine.tick()
                machine.look_again()
        for machine in self.machines:
            machine.carry()
        self.wires.work(self.clock.now())
        self.crowd.act(self.clock.now())

    def is_idle(self, machine: Machine) -> bool:
        return not machine.sends and any(other.sends for other in self.machines)

    def beat_beside(self, one: Machine) -> None:
        for machine in self.machines:
            if machine is not one:
                machine.beat()

    def change_weather(self) -> None:
        dice = self.weather.dice
        self.weather.change()
        self.change_at = self.clock.now() + timedelta(hours=dice.uniform(0.5, 8))
        for machine in self.machines:
            machine.clock.step(self.weather)
        if dice.random() < 0.02:
            self.power_cut(timedelta(hours=dice.uniform(1, 30)))
        if dice.random() < 0.02:
            # The machines were asleep: the clock jumps, and nothing was done meanwhile.
            self.clock.advance(timedelta(hours=dice.uniform(1, 8)))
            self.weather.tally["clock jumped by hours"] += 1

    def power_cut(self, length: timedelta) -> None:
        for machine in self.machines:
            machine.die(length)
        self.weather.tally["all machines down for hours"] += 1

    # What must hold

    def note_answer(self, envelope: Envelope, accepted: bool) -> None:
        for action in envelope.payload.get("actions", ()):
            answer = SAYS.get(action["action_id"])
            if answer is not None:
                person_id, match_id = envelope.payload["user"]["id"], int(action["value"])
                self.claimed_met |= {match_id} if answer == "met" else set()
                before = self.said.get((person_id, match_id), {None})
                counts = accepted and not self.is_called_off(match_id)
                self.said[person_id, match_id] = {answer} if counts else before | {answer}

    def is_called_off(self, match_id: int) -> bool:
        """Then an answer may be refused, in a sentence."""
        with self.watcher.snapshot() as session:
            match = session.get(Match, match_id)
            return match is not None and match.state is MatchState.CALLED_OFF

    def check(self, day: int, *, is_over: bool) -> None:
        """Raises BrokenPromise."""
        written = [JsonLines().format(record) for record in self.failures.lines]
        self.failures.lines.clear()
        ours, self.failures.ours = self.failures.ours, []
        broken_in_slack = [repr(failure) for failure in self.server.failures]
        with self.watcher.snapshot() as session:
            story = Story(
                workspace=self.workspace,
                session=session,
                now=self.clock.now(),
                is_over=is_over,
                outsiders={person.id for person in self.crowd.outsiders},
                apart=[frozenset(person.id for person in pair) for pair in self.crowd.apart],
                said=self.said,
                claimed_met=self.claimed_met,
                failures=[*ours, *broken_in_slack],
                logs=written,
                private=self.private,
                copies=self.copies,
            )
            found = broken(story)
            self.done["messages that arrived"] = len(story.posted)
            self.done["rounds"] = len(story.rounds)
            self.done["matches"] = sum(len(one.matches) for one in story.rounds)
        if found:
            raise BrokenPromise(f"seed {self.seed}, day {day}:\n" + "\n".join(found[:20]))

    def count(self, done: Counter[str]) -> Counter[str]:
        soon = sum(age <= AS_A_RULE for age in self.copies.ages)
        return done + Counter(
            {
                "calls to Slack": len(self.workspace.calls),
                "posts with an unknown end": sum(ended_unknown(call) for call in self.workspace.calls),
                "copies made by a process that slept": self.copies.made,
                "copies deleted again": len(self.copies.ages),
                "copies deleted again within two minutes": soon,
            }
        )

    def never_in_logs(self) -> re.Pattern[str]:
        words = {self.workspace.bot_token, self.workspace.app_token, "DOCTYPE", "xyzzy", "You've been paired up"}
        for colleague, person in self.crowd.people.values():
            words |= {colleague.name.split()[1], str(person.user.profile["email"])}
        return re.compile("|".join(re.escape(word) for word in sorted(words)))


def ended_unknown(call: Call) -> bool:
    """Whether the bot can't know from the response that its post was carried out, or that it wasn't."""
    return call.method == POST and call.error in UNKNOWN_ENDS


@contextmanager
def chaos(seed: int, people: int = 60) -> Iterator[Quarter]:
    """Ready to be lived, in a folder that is gone afterwards."""
    with ExitStack() as stack:
        in_memory = MEMORY if MEMORY.is_dir() else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="weft-chaos-", dir=in_memory)))
        server = SlackServer()
        server.start()
        stack.callback(server.stop)
        # Whatever was lived before in this process, the ids are the same; keys and much else depend on them.
        stack.enter_context(numbered_from(1))
        quarter = Quarter(server, folder, seed, people)
        stack.callback(quarter.close)
        stack.enter_context(connected_in_memory(server))
        stack.enter_context(starting_is_cheap())
        stack.enter_context(waiting_takes_no_time(quarter.clock, quarter.weather.dice))
        stack.enter_context(requests_have_time())
        stack.enter_context(mortal(quarter.weather))
        stack.enter_context(heard_by(quarter.failures))
        quarter.begin()
        yield quarter


@contextmanager
def heard_by(handler: logging.Handler) -> Iterator[None]:
    """All that is logged at any level, and nothing on the terminal. What fails here is meant to: a promise checks which
    failures are ours.
    """
    loggers = [logging.getLogger(name) for name in (None, "bot", "storage", "apscheduler")]
    root, before = loggers[0], [(each.level, each.handlers[:]) for each in loggers]
    for each in loggers:
        each.handlers[:] = []
    root.setLevel(logging.DEBUG)
    root.handlers[:] = [handler]
    try:
        yield
    finally:
        for each, (level, handlers) in zip(loggers, before, strict=True):
            each.setLevel(level)
            each.handlers[:] = handlers
