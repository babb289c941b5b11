"""Everything on the stage: the real bot in a simulated workspace, the invented people, and the time that passes."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Weft, compose
from bot.core.clock import ManualClock
from bot.demo.celebrating import plan_celebrations, second
from bot.demo.life import Life, open_channel
from bot.demo.workspace import AppSettings, Channel, Direct, SlackServer, Workspace
from bot.manifest import read_manifest
from bot.people.service import import_attributes
from bot.scheduler import run_all_ticks
from storage.db import Database
from storage.migrate import upgrade

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOOK_EVERY = timedelta(minutes=30)


class Play:
    def __init__(self, workspace: Workspace, weft: Weft, clock: ManualClock, life: Life) -> None:
        self.workspace, self.weft, self.clock, self.life = workspace, weft, clock, life
        self.ticked_at = clock.now()
        self.wins: Channel | None = None
        self.wins_read = 0

    def people_arrive(self) -> Channel:
        """The company is there, with a channel for coffee, and Weft knows what its HR system knows."""
        run_all_ticks(self.weft)
        with self.weft.bot.begin() as work:
            import_attributes(work, self.life.attributes())
        return open_channel(self.life)

    def admin_sets_up(self, coffee: Channel) -> None:
        admin = self.life.admin
        admin.open_home()
        admin.press("Set up a program", admin.home)
        admin.fill({"Channel": coffee, "How often": "Every two weeks", "Day": "Tuesday", "Time": "10:00"})
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
        self.wins = wins
        plan_celebrations(self.life, self.clock.now())

    def step(self, until: datetime) -> None:
        """Let time pass to the next moment at which anybody has something to do."""
        now = self.clock.now()
        moments = [until, self.ticked_at + LOOK_EVERY, *filter(None, [self.life.next_at(), self.weft.carrier.carry()])]
        self.clock.move_to(max(min(moments), now + timedelta(milliseconds=20)))
        if self.clock.now() - self.ticked_at >= LOOK_EVERY:
            self.ticked_at = self.clock.now()
            run_all_ticks(self.weft)
        self.weft.carrier.carry()
        self.life.act(self.clock.now())
        self.read_wins()

    def read_wins(self) -> None:
        new = self.wins.timeline[self.wins_read :] if self.wins is not None else []
        self.wins_read += len(new)
        for message in new:
            if message.bot_id:
                second(self.life, message, self.clock.now())


@contextmanager
def stage(seed: int) -> Iterator[Play]:
    """Set everything up in a folder that is gone afterwards."""
    rng = random.Random(seed)  # noqa: S311 - a story, not a secret
    clock = ManualClock(BEGINS)
    server = SlackServer()
    server.start()
    with tempfile.TemporaryDirectory(prefix="weft-demo-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'demo.sqlite3'}")
        try:
            upgrade(database)
            settings = AppSettings.from_manifest(read_manifest())
            workspace = Workspace(clock, name="Acme", settings=settings)
            server.host(workspace)
            life = Life(workspace, rng)
            weft = compose(database, clock, rng, token=workspace.bot_token, api_url=server.api_url, one_thread=True)
            workspace.deliver_to(Direct(weft.app))
            yield Play(workspace, weft, clock, life)
        finally:
            database.close()
            server.stop()
