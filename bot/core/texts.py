"""Words on their way to Slack: escaped, cut to what Slack takes, counted and listed as people would."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

# Marks that turn the direction of a text or hide in it; a name with one could disguise the words around it.
# Halves of a character (the last ones) can't be written into a database.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

MENTIONED = re.compile(r"<@(\w+)>")


def plain(words: str) -> str:
    """What somebody typed, without marks that nobody can see."""
    return INVISIBLE.sub("", words).strip()


def escape(words: str) -> str:
    """Make user text harmless in mrkdwn: no mention, link or date can be forged with it.

    Source: Slack's "Formatting text for app surfaces": only these three characters, in this order.
    """
    return plain(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def mention(person_id: str) -> str:
    return f"<@{person_id}>"


def mentioned(mrkdwn: str) -> frozenset[str]:
    """Everybody who is mentioned in words of our own, by their ids."""
    return frozenset(MENTIONED.findall(mrkdwn))


def channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def link(url: str, words: str) -> str:
    """Words of ours that lead somewhere. The address is escaped like text."""
    return f"<{escape(url)}|{words}>"


def listed(words: Sequence[str]) -> str:
    """`Ana`, `Ana and Ben`, `Ana, Ben and Cleo`."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(at: datetime, zone: str, pattern: str = "{date_short_pretty} at {time}") -> str:
    """A moment that Slack shows in the reader's own zone; the words behind it serve readers that can't."""
    local = at.astimezone(ZoneInfo(zone))
    fallback = f"{local:%a} {local.day} {local:%b %Y, %H:%M} ({zone})"
    return f"<!date^{int(at.timestamp())}^{pattern}|{fallback}>"


def day(when: date) -> str:
    """`Monday, 2 March 2026`."""
    return f"{when:%A}, {when.day} {when:%B} {when.year}"
