"""Parsing and validation of a person's settings."""

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from bot.core.lists import listed
from bot.core.mrkdwn import plain
from bot.people import texts

LONGEST_WORDS, LONGEST_LINK, LONGEST_NAME = 40, 500, 60
MOST_TOPICS, MOST_ASKED = 10, 3
SHORTEST_DAY, LONGEST_DAY = timedelta(hours=1), timedelta(hours=16)
HARMLESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
"""Characters of a URL (RFC 3986). No spaces, no quotes, nothing that ends a link in Slack."""
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.IGNORECASE)


class InvalidSettingError(ValueError):
    """A validation error. The message says what is accepted."""


def read_list(words: str, most: int) -> list[str]:
    """Parse short entries separated by commas or line breaks, without duplicates: `sourdough, Kubernetes`."""
    found: dict[str, str] = {}
    for one in re.split(r"[,;\n]", plain(words)):
        if short := " ".join(one.split()):
            found.setdefault(short.casefold(), short)
    if any(len(one) > LONGEST_WORDS for one in found.values()):
        raise InvalidSettingError(texts.KEEP_SHORT(most=LONGEST_WORDS))
    if len(found) > most:
        raise InvalidSettingError(texts.TOO_MANY(most=most))
    return list(found.values())


def read_link(words: str) -> str | None:
    """Validate a meeting link: https, a real host, and no user info that would disguise the host."""
    address = plain(words)
    if not address:
        return None
    if len(address) > LONGEST_LINK:
        raise InvalidSettingError(texts.LINK_TOO_LONG())
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme.lower() == "https" and parts.username is None and parts.port in {None, 443}
    except ValueError:
        is_plain = False
    if not is_plain or not HARMLESS.fullmatch(address) or not HOST.fullmatch(parts.hostname or ""):
        raise InvalidSettingError(texts.WHOLE_LINK())
    return address


def read_days(chosen: Iterable[str]) -> frozenset[int]:
    days = frozenset(int(one) for one in chosen if one in set("0123456"))
    if not days:
        raise InvalidSettingError(texts.CHOOSE_A_DAY())
    return days


def read_time(value: str | None) -> time:
    if not value or not re.fullmatch(r"[0-2]\d:[0-5]\d", value, re.ASCII):
        raise InvalidSettingError(texts.CHOOSE_A_TIME())
    try:
        return time.fromisoformat(value)
    except ValueError as problem:
        raise InvalidSettingError(texts.CHOOSE_A_TIME()) from problem


def check_hours(starts: time, ends: time) -> None:
    """Check the length of a working day. `ends` before `starts` means past midnight."""
    first, last = (datetime.combine(date.min, one) for one in (starts, ends))
    length = last - first if first < last else last - first + timedelta(days=1)
    if starts == ends or not SHORTEST_DAY <= length <= LONGEST_DAY:
        raise InvalidSettingError(texts.DAY_LENGTH())


def read_name(words: str, known: Collection[str]) -> str:
    """Normalize the name of a team or office to the spelling in use."""
    name = " ".join(plain(words).split())
    if len(name) > LONGEST_NAME:
        raise InvalidSettingError(texts.NAME_TOO_LONG(most=LONGEST_NAME))
    return next((one for one in sorted(known) if one.casefold() == name.casefold()), name)


def suggested(typed: str, known: Collection[str]) -> list[str]:
    """Return matching names, prefix matches first, and the typed one last if it is new."""
    wanted = " ".join(plain(typed).split())[:LONGEST_NAME]
    found = sorted((name for name in known if wanted.casefold() in name.casefold()), key=str.casefold)
    found.sort(key=lambda name: not name.casefold().startswith(wanted.casefold()))
    is_new = bool(wanted) and wanted.casefold() not in {name.casefold() for name in known}
    return [*found[:99], *([wanted] if is_new else [])]


def days_in_words(days: Collection[int]) -> str:
    """Format days as `Monday to Friday` or `Monday, Tuesday, and Thursday`."""
    in_order = sorted(days)
    words = [texts.WEEKDAYS[day]() for day in in_order]
    if len(in_order) > 2 and in_order[-1] - in_order[0] == len(in_order) - 1:
        return texts.DAY_RANGE(first=words[0], last=words[-1])
    return listed(words)
