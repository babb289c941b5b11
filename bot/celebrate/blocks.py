"""Sections about celebrations on a person's Home."""

from collections.abc import Sequence

from bot.celebrate.days.forms import birthday_of
from bot.celebrate.making.blocks import line, own_buttons
from bot.celebrate.shoutouts.blocks import give
from bot.celebrate.texts import home as texts
from bot.celebrate.wins.blocks import share
from bot.core.blocks import actions, button, context, header, section
from bot.core.catalog import Text
from bot.core.message import Block
from bot.core.mrkdwn import DAY, Mrkdwn, channel, moment
from storage.celebrations.celebrations import Celebration
from storage.celebrations.settings import CelebrationChoices
from storage.kinds import CelebrationKind, CelebrationState, Reach

CHOOSE = "celebrate_choose"


def lead() -> list[Block]:
    return [header(texts.WINS_AND_THANKS()), actions(give(), share())]


def history(title: Text, rows: Sequence[tuple[Celebration, bool]]) -> list[Block]:
    """Render celebrations, each with a flag for whether its author may still edit it."""
    drawn: list[Block] = [section(title())] if rows else []
    for row, is_editable in rows:
        drawn += [section(line(row)), context(standing(row))]
        if is_editable:
            drawn.append(own_buttons(row))
    return drawn


def standing(row: Celebration) -> Mrkdwn:
    day = moment(row.made_at, "UTC", DAY)
    if row.state is CelebrationState.LOST:
        return texts.NOT_POSTED(day=day)
    if row.reach is Reach.CHANNEL:
        return texts.IN_CHANNEL(channel=channel(row.channel_id or ""), day=day)
    if row.reach is Reach.DIGEST:
        return texts.IN_DIGEST(day=day)
    return (texts.ONLY_YOU if row.kind is CelebrationKind.WIN else texts.ONLY_THE_THANKED)(day=day)


def choices(chosen: CelebrationChoices) -> list[Block]:
    is_announced, born = chosen.shows_anniversary, birthday_of(chosen)
    anniversary = texts.ANNIVERSARY_ANNOUNCED() if is_announced else texts.ANNIVERSARY_NOT_ANNOUNCED()
    birthday = texts.BIRTHDAY_ANNOUNCED(day=born) if born else texts.BIRTHDAY_NOT_SET()
    words = "\n".join([texts.CELEBRATIONS(), anniversary, birthday])
    return [section(words, accessory=button(texts.EDIT_MINE(), CHOOSE))]
