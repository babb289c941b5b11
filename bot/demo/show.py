"""`weft demo`: the real bot among invented people, told in the terminal."""

import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.app import Weft, compose
from bot.core.clock import ManualClock
from bot.demo.life import Life, open_channel
from bot.demo.numbers import QUALITY, Numbers, count_up
from bot.demo.workspace import AppSettings, Channel, Direct, Message, Person, SlackServer, Workspace, text_of
from bot.manifest import read_manifest
from bot.people.service import import_attributes
from bot.scheduler import run_all_ticks
from storage.db import Database
from storage.migrate import upgrade

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LOOK_EVERY = timedelta(minutes=30)
PAUSE_BETWEEN = 1.2
"""Seconds of real time, to read."""
WIDEST = 96
HEADQUARTERS = ZoneInfo("Europe/Berlin")


def show(out: Console, *, fast: bool, weeks: int, seed: int) -> int:
    """Tell the story of some weeks. 0 when people have met, so that a script can ask."""
    with stage(seed) as play:
        story = Story(out, play, pause=0 if fast else PAUSE_BETWEEN)
        story.begin()
        story.live(timedelta(weeks=weeks))
        numbers = count_up(play.weft.bot, play.workspace)
    story.end(numbers)
    return 0 if numbers.meetings else 1


class Play:
    """Everything on the stage: the workspace, the bot in it, and the people's lives."""

    def __init__(self, workspace: Workspace, weft: Weft, clock: ManualClock, life: Life) -> None:
        self.workspace, self.weft, self.clock, self.life = workspace, weft, clock, life
        self.ticked_at = clock.now()

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


class Story:
    """What is told of it, and when the teller takes a breath."""

    def __init__(self, out: Console, play: Play, *, pause: float) -> None:
        self.out, self.play, self.pause = out, play, pause
        self.told: set[str] = set()
        self.rounds = 0
        self.coffee: Channel | None = None

    def begin(self) -> None:
        play, admin = self.play, self.play.life.admin
        run_all_ticks(play.weft)
        with play.weft.bot.begin() as work:
            import_attributes(work, play.life.attributes())
        self.coffee = open_channel(play.life)
        self.say(f"{len(play.life.people)} people in 8 teams and 5 time zones. Nobody has heard of Weft yet.")
        admin.open_home()
        admin.press("Set up a coffee program", admin.home)
        admin.fill({"Channel": self.coffee, "How often": "Every two weeks", "Day": "Tuesday", "Time": "10:00"})
        admin.submit()
        self.say(f"{admin.name} opens Weft's Home tab and sets up coffee in #coffee.")
        play.life.send_some_away(play.clock.now())

    def live(self, length: timedelta) -> None:
        until = self.play.clock.now() + length
        while self.play.clock.now() < until:
            self.play.step(until)
            self.tell_news()

    def tell_news(self) -> None:
        """The first message of each kind is shown whole; a round is told in a line and its pairs."""
        for colleague, person in self.play.life.people.values():
            for message in person.messages() + person.group_messages():
                kind = kind_of(message)
                if kind not in self.told:
                    self.told.add(kind)
                    self.show(f"{colleague.name} gets", message, person)
        if self.coffee is not None:
            for message in self.coffee.messages:
                if message.bot_id and message.ts not in self.told:
                    self.told.add(message.ts)
                    self.show("In #coffee", message, self.play.life.admin)

    def show(self, where: str, message: Message, reader: Person) -> None:
        now = self.play.clock.now().astimezone(HEADQUARTERS)
        title = f"{where} · {now:%a} {now.day} {now:%b %H:%M}"
        words = text_of(message, reader).replace("*", "")
        panel = Panel(Text(words), title=title, title_align="left", width=min(WIDEST, self.out.width))
        self.out.print(panel, soft_wrap=False)
        self.breathe()

    def say(self, words: str) -> None:
        now = self.play.clock.now().astimezone(HEADQUARTERS)
        self.out.print(f"{now:%a} {now.day} {now:%b %H:%M}  {words}", markup=False)
        self.breathe()

    def breathe(self) -> None:
        threading.Event().wait(self.pause)

    def end(self, numbers: Numbers) -> None:
        pairs = Table(title="Who met whom", title_justify="left")
        for heading in ("round", "who", "teams"):
            pairs.add_column(heading)
        for row in numbers.pairs[:20]:
            pairs.add_row(*row)
        self.out.print(pairs, soft_wrap=False)
        if len(numbers.pairs) > 20:
            self.out.print(f"and {len(numbers.pairs) - 20} more")
        quality = Table(title="How good each matching was", title_justify="left")
        for heading in QUALITY:
            quality.add_column(heading)
        for figures in numbers.matchings:
            quality.add_row(*figures)
        self.out.print(quality, soft_wrap=False)
        totals = Table(title="In numbers", title_justify="left", show_header=False)
        for what, number in numbers.totals:
            totals.add_row(what, number)
        self.out.print(totals, soft_wrap=False)


def kind_of(message: Message) -> str:
    """Messages with the same buttons and beginning are of one kind."""
    return message.text.split("@")[0][:12] + str([block["type"] for block in message.blocks])
