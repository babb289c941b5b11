"""The week's wins and thanks, in one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.celebrate.drawing import in_a_line
from bot.celebrate.making.blocks import headline, who
from bot.core.blocks import context, header, section
from bot.core.message import Block, Message
from bot.core.texts import count, escape, link, listed
from storage.celebrations import Celebration
from storage.kinds import CelebrationKind, Part

MOST = 20


@dataclass(frozen=True, slots=True)
class Item:
    row: Celebration
    teams: Sequence[str]
    """Other teams that second it."""
    link: str | None = None


def digest(items: Sequence[Item]) -> Message:
    wins = [item for item in items if item.row.kind is CelebrationKind.WIN]
    thanks = [item for item in items if item.row.kind is CelebrationKind.SHOUTOUT]
    held = [each for each in (count(len(wins), "win") if wins else "", thanked(thanks)) if each]
    text = f"This week: {listed(held)}."
    shown = [item for item in items if item in items[:MOST]]
    drawn: list[Block] = [header("This week")]
    for title, of_kind in (("What worked", CelebrationKind.WIN), ("Thanks", CelebrationKind.SHOUTOUT)):
        chosen = [item for item in shown if item.row.kind is of_kind]
        drawn += [section(f"*{title}*"), *(section(line(item)) for item in chosen)] if chosen else []
    rest = len(items) - len(shown)
    more = f"And {count(rest, 'more', 'more')} in this channel. " if rest else ""
    return Message(text, [*drawn, context(f"{more}`/shoutout` thanks somebody, `/win` shares what worked.")])


def thanked(thanks: Sequence[Item]) -> str:
    return count(len(thanks), "shoutout") if thanks else ""


def line(item: Item) -> str:
    row = item.row
    words = in_a_line(row.words)
    if item.link:
        words = f"{words} · {link(item.link, 'Read it')}"
    helpers = row.those(Part.HELPER)
    with_thanks = f" With thanks to {listed([who(one) for one in helpers])}." if helpers and not item.link else ""
    seconded = f"\nSeconded from {listed([escape(team) for team in item.teams])}" if item.teams else ""
    lead = who(row.person_id) if row.kind is CelebrationKind.WIN else headline(row)
    return f"{lead}: {words}{with_thanks}{seconded}"
