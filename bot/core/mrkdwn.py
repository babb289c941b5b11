"""Text formatting for Slack: escaping, truncating, splitting, counting and listing."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

# Invisible and bidirectional control characters: a name with one could disguise the text around it, and a name of
# nothing else would look empty. The surrogates at the end can't be stored in a database.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)

LOOKALIKES = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "'"})
AT_EDGE = re.compile(r"(?<!\w)_+|_+(?!\w)")
"""Underscores inside a word don't format anything."""

HALF = re.compile(r"(<[^<>]*|&\w{0,3})$")
"""A link, mention or entity truncated in the middle. User text is escaped, so only our own markup has these."""

TOKEN = re.compile(r"<[^<>]*>|&\w{1,4};|\s+|[^\s<&]{1,100}|[<&]")
"""Units that must not be split."""

DAY, TIME, WHEN = "{day_divider_pretty}", "{time}", "{day_divider_pretty} at {time}"
"""Slack's date formats: tomorrow, or Tuesday, March 17th; a clock time as the reader set it; both."""

MENTIONED = re.compile(r"<@(\w+)>")


class Mrkdwn(str):
    """Text that is safe to show as mrkdwn: escaped, or markup of our own."""

    __slots__ = ()


def plain(words: str) -> str:
    """Remove invisible characters and surrounding whitespace from user input."""
    return INVISIBLE.sub("", words).strip()


def label(words: str) -> str:
    """Clean a name, title or team for display: one line, without characters that mrkdwn would format.

    Otherwise a title could imitate a line of Weft's own.
    """
    return " ".join(AT_EDGE.sub(" ", plain(words).translate(LOOKALIKES)).split())


def escape(words: str) -> Mrkdwn:
    """Escape user text for mrkdwn, so that it can't forge mentions, links or dates.

    Source: Slack's "Formatting text for app surfaces": only these three characters, in this order.
    """
    return Mrkdwn(plain(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def cut_mrkdwn(words: str, longest: int) -> str:
    """Truncate mrkdwn, but never inside a mention, link, date or escaped character."""
    if len(words) <= longest:
        return words
    kept = words[: longest - 1]
    return HALF.sub("", kept).rstrip() + "…"


def split_mrkdwn(words: str, longest: int) -> list[str]:
    """Split text at spaces into pieces of at most `longest` characters, never inside a mention, link or entity."""
    pieces, piece = list[str](), ""
    for token in TOKEN.findall(words):
        if piece and len(piece + token) > longest:
            pieces.append(piece.rstrip())
            piece = ""
        piece += token if piece else token.lstrip()
        while len(piece) > longest:  # A single overlong token; none of our own markup is that long.
            pieces.append(piece[:longest])
            piece = piece[longest:]
    return [*pieces, piece] if piece else pieces


def unmarked(mrkdwn: str) -> str:
    """Strip mrkdwn from our own text for places that show it literally, such as form labels."""
    return mrkdwn.replace("`", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mention(person_id: str) -> Mrkdwn:
    return Mrkdwn(f"<@{person_id}>")


def mentioned(mrkdwn: str) -> frozenset[str]:
    """Return the ids of all people mentioned in a text of our own."""
    return frozenset(MENTIONED.findall(mrkdwn))


def channel(channel_id: str) -> Mrkdwn:
    return Mrkdwn(f"<#{channel_id}>")


def link(url: str, words: str) -> Mrkdwn:
    """Link our own text to a URL, which is escaped."""
    return Mrkdwn(f"<{escape(url)}|{words}>")


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def moment(at: datetime, zone: str, pattern: str = WHEN) -> Mrkdwn:
    """Format a moment as a Slack date token, which each reader sees by their own clock.

    The fallback for clients without support, and for notifications, is in `zone`: the reader's, if it is one person.
    """
    local = at.astimezone(ZoneInfo(zone))
    fallback = f"{local:%a}, {local:%b} {local.day}, {local:%H:%M} ({zone})"
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{pattern}|{fallback}>")


def day(when: date, today: date | None = None) -> str:
    """Format a date as `Tuesday, March 17`, with the year unless it is today's."""
    year = "" if today is not None and today.year == when.year else f", {when.year}"
    return f"{when:%A, %B} {when.day}{year}"
