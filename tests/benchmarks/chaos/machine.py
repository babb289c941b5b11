"""A machine that runs Weft, as `weft run` would: it dies, and somebody starts it again. And the wires to it."""

import heapq
import itertools
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.app import Weft, compose
from bot.delivery.lease import BEAT_EVERY
from bot.scheduler import carry_once, run_while_clock_is_right
from bot.slacksim import Direct, Workspace
from bot.slacksim.events import RETRIES, Ack, Envelope
from tests.benchmarks.chaos.faults import BotsClock, Killed, UnreliableDatabase, Weather

INSTANT = timedelta(milliseconds=20)
A_SECOND = timedelta(seconds=1)
UNFENCED = "connected"
"""The gate of the carrier after which nothing is asked any more before the request is written."""
ASLEEP = "a process slept right before a request"
SLEEPS = ((1, 30), (30, 300), (300, 9000))
"""Seconds."""
NOTHING_WAITS = datetime.max.replace(tzinfo=UTC)
FOR_THE_LEASE = timedelta(minutes=2)
STEADY, LONGEST_PAUSE = timedelta(minutes=10), timedelta(minutes=5)
"""Of a supervisor: after this time a process counts as well, and so long it waits at most. Kubernetes has these."""
RETRY_AFTER = (timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=5))
"""Slack sends an event that was not acknowledged three times more."""


class Machine:
    def __init__(
        self, workspace: Workspace, api_url: str, database_url: str, clock: BotsClock, weather: Weather, number: int
    ) -> None:
        self.workspace, self.api_url = workspace, api_url
        self.clock, self.weather = clock, weather
        self.dice = random.Random(f"machine {number} {weather.dice.random()}")
        self.database = UnreliableDatabase(database_url, weather)
        self.weft: Weft | None = None
        self.is_asleep = False
        self.live_on: Callable[[timedelta], None] = lambda _time: None
        """The story goes on for so long without this machine."""
        self.is_idle: Callable[[], bool] = lambda: False
        """Another machine sends, so that a look at the lease would change nothing."""
        self.before_carrying: Callable[[], None] = lambda: None
        self.back_at = clock.true.now()
        self.lives_since: datetime | None = None
        self.starts_in_vain = 0
        self.carry_at: datetime | None = None

    @property
    def is_up(self) -> bool:
        return self.weft is not None and not self.is_asleep

    @property
    def sends(self) -> bool:
        return self.is_up and self.weft.carrier.lease.is_held

    def now(self) -> datetime:
        return self.clock.true.now()

    def next_at(self) -> datetime | None:
        """In Slack's time."""
        if self.is_asleep:
            return None
        moment = self.back_at
        if self.is_up:
            moment = None if self.is_idle() else self.carry_at
        return min((at for at in (moment, self.clock.right_at) if at is not None), default=None)

    def come_back(self) -> None:
        """Somebody starts it, again and again until it runs."""
        if self.is_up or self.is_asleep or self.back_at > self.now():
            return
        self.clock.begin(self.weather)
        if not self.alive(self.begin):
            return
        if self.weft is None:
            self.back_at = self.now() + self.supervisors_pause()
            return
        self.lives_since = self.now()
        self.tick()

    def begin(self) -> None:
        try:
            self.weft = compose(
                self.database,
                self.clock,
                self.dice,
                token=self.workspace.bot_token,
                api_url=self.api_url,
                one_thread=True,
            )
        except (SlackClientError, OSError, SQLAlchemyError):
            self.weather.tally["could not start, and was started again"] += 1
        else:
            self.weft.carrier.gate = self.pass_gate

    def pass_gate(self, gate: str) -> None:
        if gate == UNFENCED and self.weather.strikes(self.weather.sleep, ASLEEP):
            self.fall_asleep()

    def fall_asleep(self) -> None:
        """Stop between the last look at the lease and the request, as a frozen virtual machine does, and go on."""
        dice, began = self.weather.dice, self.clock.true.monotonic()
        is_frozen, slept = dice.random() < 0.5, self.weft
        self.is_asleep = True
        shortest, longest = dice.choice(SLEEPS)
        self.live_on(timedelta(seconds=dice.uniform(shortest, longest)))
        self.is_asleep = False
        if is_frozen:
            self.clock.stood_still_for += self.clock.true.monotonic() - began
        if self.weft is not slept:
            raise Killed(ASLEEP)  # The power failed meanwhile.

    def tick(self) -> None:
        ticks = [tick for feature in self.weft.features for tick in feature.ticks]
        self.alive(lambda: run_while_clock_is_right(self.weft, *ticks))

    def carry(self) -> None:
        is_due = self.carry_at is None or self.carry_at <= self.now()
        if self.is_up and is_due and not self.is_idle():
            self.before_carrying()
            self.alive(self.carry_once)

    def beat(self) -> None:
        """`weft run` beats every five seconds, so a holder that lives is not taken for dead. Here it is enough to beat
        when another machine is about to look.
        """
        if self.sends and self.weft.carrier.lease.age >= BEAT_EVERY:
            with suppress(OperationalError):
                self.alive(self.weft.carrier.lease.beat)

    def carry_once(self) -> None:
        """`weft run` comes again every second; here it comes when there is something to do, which is the same."""
        carrier = self.weft.carrier
        moment = carry_once(lambda: self.weft.clock_guard.carry() or NOTHING_WAITS)
        if moment is None:
            self.carry_at = self.now() + A_SECOND
        else:
            soonest = INSTANT if carrier.lease.is_held else FOR_THE_LEASE
            off_by = self.weft.bot.clock.now() - self.now()
            sends_at = moment - off_by if moment != NOTHING_WAITS else moment
            self.carry_at = max(min(sends_at, self.looks_at()), self.now() + soonest)

    def looks_at(self) -> datetime:
        """When a copy of a message is looked for next."""
        if not self.sends:
            return NOTHING_WAITS
        try:
            at = self.weft.carrier.healer.next_look_at()
        except OperationalError:
            return self.now() + A_SECOND
        return NOTHING_WAITS if at is None else self.now() + (at - self.clock.monotonic())

    def look_again(self) -> None:
        """Something may have come into the outbox."""
        self.carry_at = None

    def alive(self, work: Callable[[], None]) -> bool:
        """False when it died of it."""
        try:
            work()
        except Killed:
            self.die(downtime(self.weather.dice))
            return False
        return True

    def die(self, down_for: timedelta) -> None:
        self.database.close()
        self.weft = None
        self.carry_at = None
        self.back_at = self.now() + max(down_for, self.supervisors_pause())

    def supervisors_pause(self) -> timedelta:
        """A supervisor that starts a process in vain waits longer and longer, as Docker and Kubernetes do."""
        has_lived = self.lives_since is not None and self.now() - self.lives_since > STEADY
        self.starts_in_vain = 0 if has_lived else self.starts_in_vain + 1
        self.lives_since = None
        return min(timedelta(seconds=2 ** min(self.starts_in_vain, 9)), LONGEST_PAUSE)


def downtime(dice: random.Random) -> timedelta:
    """A supervisor is quick, a person takes minutes, and some nights nobody looks."""
    sort = dice.random()
    if sort < 0.85:
        return timedelta(seconds=dice.uniform(1, 60))
    return timedelta(minutes=dice.uniform(1, 60)) if sort < 0.98 else timedelta(hours=dice.uniform(1, 12))


class Wires:
    """What Slack tells the bot gets lost, comes twice, late and out of order, or is acknowledged in vain."""

    in_background = False

    def __init__(self, machines: list[Machine], weather: Weather, failed: "Failures") -> None:
        self.machines, self.weather, self.failed = machines, weather, failed
        self.on_answer: Callable[[Envelope, bool], None] = lambda _envelope, _accepted: None
        self._late: list[tuple[datetime, int, Envelope]] = []
        self._numbers = itertools.count()

    @property
    def is_listening(self) -> bool:
        return any(machine.is_up for machine in self.machines)

    def deliver(self, envelope: Envelope) -> Ack | None:
        ack = self.deliver_badly(envelope)
        if not envelope.is_event:
            self.on_answer(envelope, ack is not None)
        return ack

    def followed(self) -> None:
        for machine in self.machines:
            if machine.is_up:
                machine.alive(Direct(machine.weft.app).followed)

    def deliver_badly(self, envelope: Envelope) -> Ack | None:
        weather, likely = self.weather, self.weather.payloads / 4
        what = "an event" if envelope.is_event else "a click"
        if weather.strikes(likely, f"{what} lost"):
            return None
        if envelope.is_event and weather.strikes(likely, "an event late and out of order"):
            self.later(envelope, timedelta(seconds=weather.dice.uniform(1, 7200)))
            return Ack()
        ack = self.hand_over(envelope)
        if weather.strikes(likely, f"{what} twice"):
            self.hand_over(envelope)
        return None if weather.strikes(likely, f"{what} acknowledged in vain") else ack

    def hand_over(self, envelope: Envelope) -> Ack | None:
        """To one of the machines that are connected."""
        up = [machine for machine in self.machines if machine.is_up]
        if not up:
            return None
        machine, acks, failed = self.weather.dice.choice(up), [], self.failed.count
        lived = machine.alive(lambda: acks.append(Direct(machine.weft.app).deliver(envelope)))
        for each in self.machines:
            each.look_again()
        return acks[0] if lived and self.failed.count == failed else None

    def later(self, envelope: Envelope, by: timedelta) -> None:
        heapq.heappush(self._late, (self.machines[0].now() + by, next(self._numbers), envelope))

    def next_at(self) -> datetime | None:
        return self._late[0][0] if self._late else None

    def work(self, now: datetime) -> None:
        """Deliver what is late, and again what was not acknowledged. Clicks are not repeated: people do that."""
        deliveries = self.machines[0].workspace.deliveries
        while self._late and self._late[0][0] <= now:
            deliveries.send(heapq.heappop(self._late)[2])
        waiting, deliveries.unacknowledged = deliveries.unacknowledged, []
        for envelope in waiting:
            if envelope.is_event and envelope.retry_attempt < RETRIES:
                self.later(envelope.again(), RETRY_AFTER[envelope.retry_attempt])


REFUSED = "a listener found the database busy"


class Failures(logging.Handler):
    """Reads the logs: how often a listener failed, and what failed that was ours."""

    def __init__(self, theirs: tuple[type[BaseException], ...]) -> None:
        super().__init__(logging.DEBUG)
        self.theirs = theirs
        self.count = 0
        self.ours: list[str] = []
        self.lines: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record)
        self.count += record.getMessage() == REFUSED  # The person reads a sentence, and nothing was done.
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return
        self.count += 1
        if not isinstance(error, self.theirs):
            self.ours.append(logging.Formatter().formatException(record.exc_info))
