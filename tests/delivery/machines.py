"""Several processes that carry, each with a machine and a clock of its own, and stopped wherever a test likes."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.core.events import MessageLost
from bot.core.message import Message
from bot.delivery.carrier import Carrier
from bot.delivery.clock_guard import ClockGuard
from bot.slack.client import posting_client
from storage.outbox.outbox import OutboxMessage
from tests.rows import copies

POST, HISTORY = "chat.postMessage", "conversations.history"
STEP = timedelta(seconds=5)


class Killed(BaseException):
    """The process is gone: nothing in it catches this."""


class MachineClock:
    """Follows the true time, until someone sets it or the machine is frozen."""

    def __init__(self, true):
        self.true, self.off_by = true, timedelta()
        self._lost = timedelta()
        self._frozen_at = None

    def now(self):
        return self.true.now() + self.off_by

    def monotonic(self):
        return (self._frozen_at if self._frozen_at is not None else self.true.monotonic()) - self._lost

    def jump(self, by):
        self.off_by += by

    @contextmanager
    def frozen(self):
        self._frozen_at = self.true.monotonic()
        yield
        self._lost += self.true.monotonic() - self._frozen_at
        self._frozen_at = None


class Process:
    """`weft run` without its ticks. `stops`: what happens when it reaches a gate for the first time."""

    def __init__(self, weft, name, bot=replace):
        self.weft, self.name = weft, name
        self.clock = MachineClock(weft.clock)
        self.stops, self.passed, self.lost = {}, [], []
        self.is_alive = True
        client = weft.composed.carrier.slack.client
        self.client = posting_client(client.token, client.base_url)
        self.client.timeout = 120  # A test that stops a request may take its time.
        handlers = {MessageLost: (lambda _work, lost: self.lost.append(lost.key.text),)}
        self.bot = bot(weft.bot, clock=self.clock, process=name, memory={}, handlers=handlers)
        self.carrier = Carrier(self.bot, self.client, holder=name, gate=self.gate)
        self.carrier.slack.note_date(self.client.auth_test())
        self.guard = ClockGuard(self.carrier, self.clock)

    def gate(self, point):
        self.passed.append(point)
        happens = self.stops.pop(point, None)
        if happens is not None:
            happens()

    def carry(self):
        if not self.is_alive:
            return
        try:
            self.guard.carry()
        except Killed:
            self.is_alive = False

    def sleeps_at(self, point, meanwhile):
        """Its machine is frozen there, and its monotonic clock stands still: the worst case."""

        def freeze():
            with self.clock.frozen():
                meanwhile()

        self.stops[point] = freeze

    def dies_at(self, point):
        def die():
            raise Killed

        self.stops[point] = die


class World:
    """Some processes on one database, and how time passes for them."""

    def __init__(self, weft, workspace):
        self.weft, self.workspace, self.clock = weft, workspace, weft.clock
        self.processes = []

    def start(self, name, **how):
        process = Process(self.weft, name, **how)
        self.processes.append(process)
        return process

    def pass_time(self, *processes, step=STEP, **time):
        """Each of these processes, or all, carries at every step."""
        until = self.clock.now() + timedelta(**time)
        while self.clock.now() < until:
            self.clock.advance(min(step, until - self.clock.now()))
            for process in processes or self.processes:
                process.carry()

    def send(self, to, text="Hello", key=None, **more):
        with self.weft.bot.begin() as work:
            work.send(Message(text), to=to.id, key=key or text, **more)

    def change(self, text, key="Hello"):
        with self.weft.bot.begin() as work:
            assert work.change(key, Message(text))

    def rows(self):
        with self.weft.bot.look() as work:
            return copies(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))

    def row(self, key="Hello"):
        return next(row for row in self.rows() if row.key == key)

    def calls(self, method):
        return [call for call in self.workspace.calls if call.method == method]


def texts(person):
    return [message.text for message in person.messages()]
