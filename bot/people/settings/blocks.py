"""Settings section on Home."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.core.blocks import actions, button, context, header, section
from bot.core.calendar import WorkingHours
from bot.core.message import Block
from bot.core.mrkdwn import escape, link
from bot.people import texts
from bot.people.settings.rules import days_in_words
from bot.people.settings.service import Settings
from storage.kinds import Attribute

EDIT_HOURS, USUAL_HOURS, EDIT_ABOUT = "people_edit_hours", "people_usual_hours", "people_edit_about"


def settings(mine: Settings) -> list[Block]:
    change_hours = [button(texts.CHANGE_HOURS(), EDIT_HOURS)]
    if mine.has_own_hours:
        change_hours.append(button(texts.USE_9_TO_5(), USUAL_HOURS))
    return [
        header(texts.WORKING_HOURS()),
        section(f"{hours_in_words(mine.hours)}\n{holidays_in_words(mine)}"),
        context(texts.HOURS_HINT()),
        actions(*change_hours),
        header(texts.ABOUT_ME()),
        section("\n".join(about(mine))),
        context(texts.ABOUT_HINT()),
        actions(button(texts.CHANGE_ABOUT(), EDIT_ABOUT)),
    ]


def hours_in_words(hours: WorkingHours) -> str:
    hours_text = texts.HOURS_PAST_MIDNIGHT if hours.ends <= hours.starts else texts.HOURS
    days = days_in_words(hours.days)
    return hours_text(days=days, starts=f"{hours.starts:%H:%M}", ends=f"{hours.ends:%H:%M}", zone=hours.zone)


def holidays_in_words(mine: Settings) -> str:
    return texts.HOLIDAYS(country=mine.country) if mine.country else texts.NO_HOLIDAYS()


def about(mine: Settings) -> list[str]:
    return [
        texts.ASK_ME_ABOUT(topics=listed_or_none(mine.ask_me_about)),
        texts.INTERESTS(topics=listed_or_none(mine.topics)),
        texts.VIDEO_LINK(link=shown(mine.meeting_link) if mine.meeting_link else texts.NOT_SET()),
        team(mine),
        office(mine),
    ]


def team(mine: Settings) -> str:
    value = mine.team or texts.NOT_SET()
    source, own = source_of(mine, Attribute.TEAM, mine.team)
    if source is None:
        return texts.TEAM(team=value)
    return (
        texts.TEAM_BEFORE_OWN(team=value, source=source, own=own) if own else texts.TEAM_FROM(team=value, source=source)
    )


def office(mine: Settings) -> str:
    value = mine.office or texts.NOT_SET()
    source, own = source_of(mine, Attribute.OFFICE, mine.office)
    if source is None:
        return texts.OFFICE(office=value)
    if own:
        return texts.OFFICE_BEFORE_OWN(office=value, source=source, own=own)
    return texts.OFFICE_FROM(office=value, source=source)


def source_of(mine: Settings, attribute: Attribute, value: str | None) -> tuple[str | None, str | None]:
    """Return the source that overrules the person's own value, and their value if it differs."""
    source, own = mine.overruled_by.get(attribute), mine.own_words.get(attribute)
    if source is None:
        return None, None
    differs = own is not None and own.casefold() != (value or "").casefold()
    return texts.SOURCES[source](), own if differs else None


def listed_or_none(words: Sequence[str]) -> str:
    return ", ".join(words) or texts.NOT_SET()


def shown(address: str) -> str:
    """Link a URL under its own host name, so that it can't disguise its target."""
    return link(address, escape(urlsplit(address).hostname or address))
