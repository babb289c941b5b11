"""Blocks of the weekly digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.celebrate.cheers.blocks import named
from bot.celebrate.drawing import IN_A_LINE, in_a_line
from bot.celebrate.making.blocks import headline, mention_or_forgotten, whole
from bot.core.blocks import context, header, section, sections
from bot.core.message import Block, Message
from bot.core.texts import count, link, listed
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind, Part, Reach

MOST = 20


@dataclass(frozen=True, slots=True)
class Item:
    row: Celebration
    teams: Sequence[str]
    """Other teams whose members endorsed it."""
    link: str | None = None

    @property
    def is_only_here(self) -> bool:
        return self.row.reach is Reach.DIGEST


def digest(items: Sequence[Item]) -> Message:
    wins = [item for item in items if item.row.kind is CelebrationKind.WIN]
    thanks = [item for item in items if item.row.kind is CelebrationKind.SHOUTOUT]
    held = [each for each in (count(len(wins), "win") if wins else "", thanked(thanks)) if each]
    text = f"This week: {listed(held)}."
    # Celebrations that are posted nowhere else are never left out.
    shown = [item for number, item in enumerate(items) if number < MOST or item.is_only_here]
    drawn: list[Block] = [header("This week")]
    for title, of_kind in (("What worked", CelebrationKind.WIN), ("Thanks", CelebrationKind.SHOUTOUT)):
        chosen = [item for item in shown if item.row.kind is of_kind]
        drawn += [section(f"*{title}*"), *(block for item in chosen for block in entry(item))] if chosen else []
    rest = len(items) - len(shown)
    more = f"And {count(rest, 'more', 'more')} in this channel. " if rest else ""
    return Message(text, [*drawn, context(f"{more}`/shoutout` thanks somebody, `/win` shares what worked.")])


def thanked(thanks: Sequence[Item]) -> str:
    return count(len(thanks), "shoutout") if thanks else ""


def entry(item: Item) -> list[Block]:
    """Render a one-line summary, or the full text if it is posted nowhere else."""
    row = item.row
    if not item.is_only_here or (len(row.words) <= IN_A_LINE and not row.change):
        return sections([line(item)])
    return [*whole(row, f"{mention_or_forgotten(row.person_id)} shares a win"), *sections(seconded(item))]


def line(item: Item) -> str:
    row = item.row
    words = in_a_line(row.words)
    if item.link:
        words = f"{words} · {link(item.link, 'Read it')}"
    helpers = row.those(Part.HELPER)
    with_thanks = (
        f" With thanks to {listed([mention_or_forgotten(one) for one in helpers])}."
        if helpers and not item.link
        else ""
    )
    lead = mention_or_forgotten(row.person_id) if row.kind is CelebrationKind.WIN else headline(row)
    return "\n".join([f"{lead}: {words}{with_thanks}", *seconded(item)])


def seconded(item: Item) -> list[str]:
    return [f"Seconded from {named(item.teams)}"] if item.teams else []
