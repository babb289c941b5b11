"""Setup of the demo: the real bot, a simulated workspace, invented people, and simulated time."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Weft, compose
from bot.core.clock import Clock, ManualClock
from bot.demo.celebrating import plan_celebrations, second
from bot.demo.life import Life, open_channel
from bot.demo.machine import Machine
from bot.manifest import read_manifest
from bot.people.service import import_attributes
from bot.scheduler import run_all_ticks
from bot.slacksim import AppSettings, Channel, SlackServer, Workspace
from storage.db import Database
from storage.migrate import upgrade

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOOK_EVERY = timedelta(minutes=30)


class Play:
    def __init__(self, workspace: Workspace, machine: Machine, clock: ManualClock, life: Life) -> None:
        self.workspace, self.machine, self.clock, self.life = workspace, machine, clock, life
        self.ticked_at = clock.now()
        self.wins: Channel | None = None
        self.wins_read = 0

    @property
    def weft(self) -> Weft:
        return self.machine.weft

    @property
    def is_on(self) -> bool:
        return self.machine.is_on

    def switch_on(self) -> None:
        """Start the bot and run its ticks at once, as `weft run` does."""
        self.machine.start()
        self.tick()

    def switch_off(self) -> None:
        self.machine.stop()

    def people_arrive(self) -> Channel:
        """Sync people from Slack, import HR data, and open a channel for coffee."""
        run_all_ticks(self.weft)
        with self.weft.bot.begin() as work:
            import_attributes(work, self.life.attributes())
        return open_channel(self.life)

    def admin_sets_up(self, coffee: Channel) -> None:
        admin = self.life.admin
        admin.open_home()
        admin.press("Set up program", admin.home)
        admin.fill({"Channel": coffee, "How often": "Every other week", "Day": "Tuesday", "Time": "10:00"})
        admin.submit()
        admin.press("Start")
        self.life.send_some_away(self.clock.now())

    def admin_lets_celebrate(self, wins: Channel) -> None:
        admin = self.life.admin
        admin.open_home()
        admin.press("Admin", admin.home)
        admin.press("Change how we celebrate", admin.home)
        admin.fill({"Channel": wins, "Time zone": "Europe/Berlin"})
        admin.submit()
        admin.close(everything=True)
        self.wins = wins
        plan_celebrations(self.life, self.clock.now())

    def step(self, until: datetime) -> None:
        """Advance time to the next scheduled event of people, Slack or the bot."""
        now = self.clock.now()
        self.clock.move_to(max(min([until, *self.moments()]), now + timedelta(milliseconds=20)))
        if self.is_on and self.clock.now() - self.ticked_at >= LOOK_EVERY:
            self.tick()
        if self.is_on:
            self.weft.carrier.carry()
        self.workspace.retry_events()
        self.life.act(self.clock.now())
        self.read_wins()

    def moments(self) -> list[datetime]:
        """Return the next due moments of people, Slack and, while it is on, the bot."""
        theirs = [self.life.next_at(), self.workspace.next_retry_at()]
        ours = [self.ticked_at + LOOK_EVERY, self.weft.carrier.carry()] if self.is_on else []
        return [moment for moment in (*theirs, *ours) if moment is not None]

    def tick(self) -> None:
        self.ticked_at = self.clock.now()
        run_all_ticks(self.weft)

    def read_wins(self) -> None:
        new = self.wins.timeline[self.wins_read :] if self.wins is not None else []
        self.wins_read += len(new)
        for message in new:
            if message.bot_id:
                second(self.life, message, self.clock.now())


@contextmanager
def stage(seed: int, begins: datetime = BEGINS) -> Iterator[Play]:
    """Set everything up in a temporary folder."""
    rng = random.Random(seed)  # noqa: S311 - a story, not a secret
    clock = ManualClock(begins)
    server = SlackServer()
    server.start()
    with tempfile.TemporaryDirectory(prefix="weft-demo-") as folder:
        settings = AppSettings.from_manifest(read_manifest())
        workspace = Workspace(clock, name="Acme", settings=settings)
        server.host(workspace)
        life = Life(workspace, rng)

        def begin() -> Weft:
            return open_bot(f"sqlite:///{Path(folder) / 'demo.sqlite3'}", workspace, clock, rng, server.api_url)

        machine = Machine(workspace, begin)
        try:
            machine.start()
            yield Play(workspace, machine, clock, life)
        finally:
            machine.stop()
            server.stop()


def open_bot(url: str, workspace: Workspace, clock: Clock, rng: random.Random, api_url: str) -> Weft:
    database = Database(url)
    try:
        upgrade(database)
        return compose(database, clock, rng, token=workspace.bot_token, api_url=api_url, one_thread=True)
    except BaseException:
        database.close()
        raise
