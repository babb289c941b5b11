"""Settings section on Home."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.core.blocks import actions, button, context, header, section
from bot.core.calendar import WorkingHours
from bot.core.message import Block
from bot.core.texts import escape, link
from bot.people.settings.rules import days_in_words
from bot.people.settings.service import Settings
from storage.kinds import Attribute, Source

EDIT_HOURS, USUAL_HOURS, EDIT_ABOUT = "people_edit_hours", "people_usual_hours", "people_edit_about"
SAID_BY = {
    Source.CSV: "as your admins told me",
    Source.SLACK_PROFILE: "from your Slack profile",
    Source.USER_GROUP: "from your user group in Slack",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


HOURS_HINT = (
    "My reminders and suggestions come only in these hours, and so do the coffee times I offer. An introduction comes "
    "when its round starts, and a time you've agreed on at once. Your time zone comes from Slack."
)


def settings(mine: Settings) -> list[Block]:
    change_hours = [button("Change when I work", EDIT_HOURS)]
    if mine.has_own_hours:
        change_hours.append(button("Back to 9 to 5", USUAL_HOURS))
    return [
        header("When I work"),
        section(f"{hours_in_words(mine.hours)} ({mine.hours.zone}).\n{holidays_in_words(mine)}"),
        context(HOURS_HINT),
        actions(*change_hours),
        header("About me"),
        section("\n".join(about(mine))),
        context("People you are introduced to see this. All of it can stay empty."),
        actions(button("Change what people see", EDIT_ABOUT)),
    ]


def hours_in_words(hours: WorkingHours) -> str:
    past_midnight = " the next day" if hours.ends <= hours.starts else ""
    return f"{days_in_words(hours.days, WEEKDAYS)}, {hours.starts:%H:%M} to {hours.ends:%H:%M}{past_midnight}"


def holidays_in_words(mine: Settings) -> str:
    return f"Holidays of {escape(mine.country)} are days off." if mine.country else "No public holidays are days off."


def about(mine: Settings) -> list[str]:
    return [
        f"*Ask me about:* {listed_or_none(mine.ask_me_about)}",
        f"*Topics I like:* {listed_or_none(mine.topics)}",
        f"*Meeting link:* {shown(mine.meeting_link) if mine.meeting_link else 'none yet'}",
        f"*Team:* {escape(mine.team) if mine.team else 'not known yet'}{name_of_source(mine, Attribute.TEAM)}",
        f"*Office:* {escape(mine.office) if mine.office else 'not known yet'}{name_of_source(mine, Attribute.OFFICE)}",
    ]


def name_of_source(mine: Settings, attribute: Attribute) -> str:
    """Name the source that overrules the person's own value, and their value if it differs."""
    source, own = mine.overruled_by.get(attribute), mine.own_words.get(attribute)
    if source is None:
        return ""
    believed = mine.team if attribute is Attribute.TEAM else mine.office
    differs = own is not None and own.casefold() != (believed or "").casefold()
    return f", {SAID_BY[source]}" + (f" (this counts before what you said: {escape(own)})" if own and differs else "")


def listed_or_none(words: Sequence[str]) -> str:
    return ", ".join(escape(word) for word in words) or "nothing yet"


def shown(address: str) -> str:
    """Link a URL under its own host name, so that it can't disguise its target."""
    return link(address, escape(urlsplit(address).hostname or address))
