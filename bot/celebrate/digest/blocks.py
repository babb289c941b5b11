"""Blocks of the weekly digest."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.celebrate.cheers.blocks import named
from bot.celebrate.drawing import IN_A_LINE, in_a_line
from bot.celebrate.making.blocks import headline, mention_or_forgotten, whole, with_thanks
from bot.celebrate.texts import digest as texts
from bot.core.blocks import context, header, section, sections
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, link
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
    # Celebrations that are posted nowhere else are never left out.
    shown = [item for number, item in enumerate(items) if number < MOST or item.is_only_here]
    drawn: list[Block] = [header(texts.TITLE())]
    for title, kind in ((texts.WHAT_WORKED, CelebrationKind.WIN), (texts.THANKS, CelebrationKind.SHOUTOUT)):
        chosen = [item for item in shown if item.row.kind is kind]
        drawn += [section(title()), *(block for item in chosen for block in entry(item))] if chosen else []
    rest = len(items) - len(shown)
    more = [texts.AND_MORE(count=rest)] if rest else []
    return Message(summary(len(wins), len(items) - len(wins)), [*drawn, context(*more, texts.ADD_ONE())])


def summary(wins: int, thanks: int) -> Mrkdwn:
    if not wins or not thanks:
        return texts.WINS(count=wins) if wins else texts.THANK_YOUS(count=thanks)
    if thanks == 1:
        return texts.WINS_AND_ONE_THANK_YOU(count=wins)
    return texts.WINS_AND_THANK_YOUS(count=wins, thanks=thanks)


def entry(item: Item) -> list[Block]:
    """Render a one-line summary, or the full text if it is posted nowhere else."""
    row = item.row
    if not item.is_only_here or (len(row.words) <= IN_A_LINE and not row.change):
        return sections([line(item)])
    return [*whole(row, headline(row)), *sections(seconded(item))]


def line(item: Item) -> str:
    row = item.row
    lead = mention_or_forgotten(row.person_id) if row.kind is CelebrationKind.WIN else headline(row)
    address = f" · {link(item.link, texts.READ_IT())}" if item.link else ""
    helpers = row.those(Part.HELPER)
    helped = [with_thanks(helpers)] if helpers and not item.link else []
    return "\n".join([f"{lead}: {in_a_line(row.words)}{address}", *helped, *seconded(item)])


def seconded(item: Item) -> list[str]:
    return [texts.CHEERED_BY(teams=named(item.teams))] if item.teams else []
