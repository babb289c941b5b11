"""Sections about celebrations on a person's Home."""

from collections.abc import Sequence

from bot.celebrate.making.blocks import line, own_buttons
from bot.celebrate.shoutouts.blocks import give
from bot.celebrate.wins.blocks import share
from bot.core.blocks import actions, button, context, header, section
from bot.core.message import Block
from bot.core.texts import moment
from storage.celebrations.celebrations import Celebration
from storage.celebrations.settings import CelebrationChoices
from storage.kinds import CelebrationKind, CelebrationState, Reach

CHOOSE = "celebrate_choose"


def lead() -> list[Block]:
    return [header("Wins and thanks"), actions(give(), share())]


def history(title: str, rows: Sequence[tuple[Celebration, bool]]) -> list[Block]:
    """Render celebrations, each with a flag for whether its author may still edit it."""
    drawn: list[Block] = [section(f"*{title}*")] if rows else []
    for row, is_editable in rows:
        drawn += [section(line(row)), context(standing(row))]
        if is_editable:
            drawn.append(own_buttons(row))
    return drawn


def standing(row: Celebration) -> str:
    when = moment(row.made_at, "UTC", "{date_short_pretty}")
    return f"{when} · {where(row)}"


def where(row: Celebration) -> str:
    if row.state is CelebrationState.LOST:
        return "not posted"
    if row.reach is Reach.CHANNEL:
        return "for everybody"
    if row.reach is Reach.DIGEST:
        return "in Friday's digest"
    return "only you see it" if row.kind is CelebrationKind.WIN else "only those who are thanked see it"


def choices(chosen: CelebrationChoices) -> list[Block]:
    birthday = "known to me" if chosen.birth_month else "not known to me"
    anniversary = "told" if chosen.shows_anniversary else "not told"
    words = f"*Celebrations and me*\nWork anniversary: {anniversary} in the channel. Birthday: {birthday}."
    return [section(words, accessory=button("My days", CHOOSE))]
