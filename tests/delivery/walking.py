"""A few processes of Weft on one database, each stopped at its next gate until it is told to go on.

Each carrier runs in a thread of its own, and only one of these runs at a time: the same steps make the same story.
"""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from sqlite3 import OperationalError as SqliteError

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.core.clock import ManualClock
from bot.core.message import Message
from bot.core.slack_time import SlackTime
from bot.core.work import Bot
from bot.delivery.calls import key_of, opaque_key
from bot.delivery.carrier import Carrier
from bot.slack.client import posting_client
from storage.db import Database
from storage.kinds import DeliveryState
from storage.outbox.outbox import OutboxMessage
from tests.waiting import PATIENCE

MOST_STEPS = 1000
"""In one turn."""
IN_THE_REQUEST = "written"
"""Slack carries out the request at this very moment in a thread of its own, so that no story can stop here."""
GATES = ("held", "claimed", "looked", "checked", "connected", "answered", "noted", "listed")
UNFENCED = "connected"
"""Between this gate and the request nothing is asked any more: a process that sleeps here can add a copy."""
EVERY = 5
"""Seconds from turn to turn. `weft run` comes more often, to the same effect."""


class Killed(BaseException):
    """The process is gone: nothing catches this."""


class FailingDatabase(Database):
    """Fails the next transaction on demand, before it begins or instead of its commit."""

    fails_at: str | None = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        self.fail_at("begin")
        with super().transaction() as session:
            yield session
            self.fail_at("commit")

    def fail_at(self, moment: str) -> None:
        if self.fails_at == moment:
            self.fails_at = None
            raise OperationalError(moment.upper(), None, SqliteError("disk is full"))


class Process:
    """`weft run` without ticks. Its wall clock may be wrong, its monotonic clock stands still while it is frozen."""

    def __init__(self, world: "World", name: str) -> None:
        self.world, self.name = world, name
        self.is_paused = self.is_frozen = False
        self.generation = 0
        self.clock = ManualClock(world.clock.now())
        self.database = FailingDatabase(world.database.url, world.database.engine)
        self.thread: threading.Thread | None = None
        self.start()

    def start(self) -> None:
        self.generation += 1
        bot = Bot(self.database, self.clock, random.Random(self.name), self.world.workspace.team_id)
        client = posting_client(self.world.workspace.bot_token, self.world.api_url)
        slack_time = SlackTime(self.clock)
        slack_time.note(client.auth_test().headers)
        holder = f"{self.name}{self.generation}"
        self.carrier = Carrier(bot, client, holder=holder, gate=self.stop_at, slack_time=slack_time)
        self.is_alive, self.is_dying = True, False
        self.at: str | None = None
        self.may_go, self.has_stopped = threading.Semaphore(0), threading.Semaphore(0)

    @property
    def is_in_the_middle(self) -> bool:
        return self.thread is not None

    def stop_at(self, gate: str) -> None:
        if gate == IN_THE_REQUEST:
            return
        self.at = gate
        self.has_stopped.release()
        self.may_go.acquire()
        if self.is_dying:
            raise Killed

    def step(self) -> None:
        """Go on to the next gate, or to the end of this turn."""
        if self.thread is None:
            self.thread = threading.Thread(target=self.carry, name=self.name, daemon=True)
            self.thread.start()
        else:
            self.may_go.release()
        if not self.has_stopped.acquire(timeout=PATIENCE):
            raise RuntimeError(f"{self.name} hangs after {self.at}")
        if self.at is None:
            self.thread.join()
            self.thread = None

    def carry(self) -> None:
        try:
            self.carrier.carry()
        except Killed:
            self.is_alive = False
        except OperationalError:
            pass  # `weft run` writes this into its log and comes again.
        finally:
            self.at = None
            self.has_stopped.release()

    def finish(self) -> None:
        for _ in range(MOST_STEPS):
            if not self.is_in_the_middle:
                return
            self.step()
        raise AssertionError(f"{self.name} does the same over and over")

    def go_to(self, gate: str) -> bool:
        """Go on until it stops there. False when this turn ended before."""
        self.step()
        while self.is_in_the_middle and self.at != gate:
            self.step()
        return self.is_in_the_middle

    def pause(self, *, is_frozen: bool) -> None:
        self.is_paused, self.is_frozen = True, is_frozen

    def resume(self) -> None:
        self.is_paused = self.is_frozen = False

    def kill(self) -> None:
        self.is_dying = True
        if self.is_in_the_middle:
            self.finish()
        self.is_alive = False
        self.resume()


class World:
    """A workspace, its true time, one database, and processes."""

    def __init__(self, server, workspace, clock, database, processes) -> None:
        self.workspace, self.clock, self.database = workspace, clock, database
        self.api_url = server.api_url
        self.person = workspace.add_person("Ana Ruiz")
        self.messages, self.can_be_doubled = 0, False
        self.processes = [Process(self, "ABC"[number]) for number in range(processes)]

    @property
    def bot(self) -> Bot:
        return Bot(self.database, self.clock, random.Random(0), self.workspace.team_id)

    def decide(self) -> None:
        """There is one more message to send."""
        self.messages += 1
        with self.bot.begin() as work:
            work.send(Message(f"message {self.messages}"), to=self.person.id, key=f"message:{self.messages}")

    def can_work(self, process: Process) -> bool:
        return process.is_alive and not process.is_paused

    def pass_time(self, seconds: float) -> None:
        """A step takes no time unless its process is paused, so all others come to the end of theirs before."""
        for process in self.processes:
            if self.can_work(process):
                process.finish()
        by = timedelta(seconds=seconds)
        self.clock.advance(by)
        for process in self.processes:
            self.can_be_doubled |= process.is_paused and process.at == UNFENCED
            if process.is_frozen:
                with process.clock.frozen():
                    process.clock.advance(by)
            else:
                process.clock.advance(by)
        self.workspace.carry_out_late()

    def take_turns(self) -> None:
        for process in self.processes:
            if self.can_work(process):
                process.step()
                process.finish()

    def live(self, seconds: int) -> None:
        for _ in range(0, seconds, EVERY):
            self.take_turns()
            self.pass_time(EVERY)

    def doubled(self) -> list[str]:
        """Messages that are there twice, though no process slept where only healing helps."""
        times = Counter(message.text for message in self.person.messages())
        return [] if self.can_be_doubled else [text for text, count in times.items() if count > 1]

    # The end

    def calm_down(self, *, sleepers_go_on: bool) -> None:
        """From here on nothing goes wrong. Frozen processes go on, or sleep for ever."""
        self.workspace.faults.calm()
        for process in self.processes:
            process.database.fails_at = None
            process.clock.jump(self.clock.now() - process.clock.now())
            if sleepers_go_on or all(one.is_paused or not one.is_alive for one in self.processes):
                process.resume()
            if not process.is_alive:
                process.start()

    def live_to_the_end(self) -> None:
        """Until all is well, for a day and some more at most: the next planned look is never farther away."""
        for seconds, times in ((5, 60), (60, 120), (3600, 26)):
            for _ in range(times):
                self.take_turns()
                if not self.verdicts():
                    return
                self.pass_time(seconds)

    def verdicts(self) -> list[str]:
        """What is not well, a line for each message. Empty when all is well."""
        if self.workspace.next_late_at() is not None:
            return ["STUCK: Slack has a request that it has not carried out"]
        with self.database.snapshot() as session:
            rows = session.scalars(select(OutboxMessage).where(OutboxMessage.workspace_id == self.workspace.team_id))
            found = [self.verdict(row) for row in rows]
        return [words for words in found if words is not None]

    def verdict(self, row: OutboxMessage) -> str | None:
        copies = [one.ts for one in self.person.messages() if key_of({"metadata": one.metadata}) == opaque_key(row)]
        what = f"{row.key} ({row.state.value}, uncertain {row.is_uncertain}, looks {row.looks}, copies {copies})"
        if len(copies) > 1:
            return f"TWICE: {what}"
        if row.state is DeliveryState.GIVEN_UP:
            return f"LOST: {what}"
        if row.state is not DeliveryState.SENT:
            return f"STUCK: {what}"
        return None if copies == [row.ts] else f"LIE: {what}, ts {row.ts}"

    def close(self) -> None:
        for process in self.processes:
            process.kill()
