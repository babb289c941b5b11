"""`weft demo --fast`: the real bot with invented people, shown in the terminal."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.demo.celebrating import open_wins
from bot.demo.numbers import QUALITY, Numbers, count_up
from bot.demo.stage import BEGINS, Play, stage
from bot.slacksim import Channel, Message, Person, text_of

WIDEST = 96
HEADQUARTERS = ZoneInfo("Europe/Berlin")


def show(out: Console, *, weeks: int, seed: int, begins: datetime = BEGINS) -> int:
    """Show some weeks. Returns 0 if people have met, 1 otherwise, for use in scripts."""
    with stage(seed, begins) as play:
        story = Story(out, play)
        story.begin()
        story.live(timedelta(weeks=weeks))
        story.look_at_a_network()
        numbers = count_up(play.weft.bot, play.workspace)
    story.end(numbers)
    return 0 if numbers.meetings else 1


class Story:
    """Prints what happens."""

    def __init__(self, out: Console, play: Play) -> None:
        self.out, self.play = out, play
        self.told: set[str] = set()
        self.rounds = 0
        self.coffee: Channel | None = None
        self.wins: Channel | None = None

    def begin(self) -> None:
        self.coffee = self.play.people_arrive()
        self.say(f"{len(self.play.life.people)} people in 8 teams and 5 time zones. No one has heard of Weft yet.")
        self.play.admin_sets_up(self.coffee)
        self.say(f"{self.play.life.admin.name} opens Weft's Home tab and sets up coffee in #coffee.")
        self.wins = open_wins(self.play.life)
        self.play.admin_lets_celebrate(self.wins)
        self.say(f"{self.play.life.admin.name} chooses #wins for shoutouts and wins.")

    def live(self, length: timedelta) -> None:
        until = self.play.clock.now() + length
        while self.play.clock.now() < until:
            self.play.step(until)
            self.tell_news()

    def tell_news(self) -> None:
        """Print the first message of each kind, and all posts of the bot in the channels."""
        for colleague, person in self.play.life.people.values():
            for message in person.messages() + person.group_messages():
                kind = kind_of(message)
                if kind not in self.told:
                    self.told.add(kind)
                    self.show(f"{colleague.name} gets", message, person)
        for channel in filter(None, (self.coffee, self.wins)):
            for message in channel.messages:
                if message.bot_id and message.ts not in self.told:
                    self.told.add(message.ts)
                    self.show(f"In #{channel.name}", message, self.play.life.admin)

    def show(self, where: str, message: Message, reader: Person) -> None:
        self.frame(where, text_of(message, reader))

    def look_at_a_network(self) -> None:
        """Print a person's network, which only they can see."""
        for colleague, person in self.play.life.people.values():
            said = person.command("/network").text
            if "You know" in said:
                self.frame(f"{colleague.name} types /network", said)
                return

    def frame(self, where: str, said: str) -> None:
        now = self.play.clock.now().astimezone(HEADQUARTERS)
        title = f"{where} · {now:%a} {now.day} {now:%b %H:%M}"
        words = said.replace("*", "")
        panel = Panel(Text(words), title=title, title_align="left", width=min(WIDEST, self.out.width))
        self.out.print(panel, soft_wrap=False)

    def say(self, words: str) -> None:
        now = self.play.clock.now().astimezone(HEADQUARTERS)
        self.out.print(f"{now:%a} {now.day} {now:%b %H:%M}  {words}", markup=False)

    def end(self, numbers: Numbers) -> None:
        pairs = Table(title="Who met", title_justify="left")
        for heading in ("round", "who", "teams"):
            pairs.add_column(heading)
        for row in numbers.pairs[:20]:
            pairs.add_row(*row)
        self.out.print(pairs, soft_wrap=False)
        if len(numbers.pairs) > 20:
            self.out.print(f"and {len(numbers.pairs) - 20} more")
        quality = Table(title="Match quality", title_justify="left")
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
    """Classify a message by its beginning and its block types."""
    return message.text.split("@")[0][:12] + str([block["type"] for block in message.blocks])
