"""Parses the answers of a program's forms. Raises FormError for the invalid field."""

import re
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import Any

from bot.coffee.program.days_off import countries
from bot.coffee.program.kinds import KINDS
from bot.coffee.program.rhythm import MOST_WEEKS, NTH
from bot.coffee.setup import blocks, forms
from bot.coffee.setup.wanted import MoreWanted, Wanted
from bot.coffee.texts import setup as texts
from bot.core.calendar import zone_named
from bot.core.errors import FormError
from bot.core.mrkdwn import plain
from storage.kinds import GroupedBy, Joining, ProgramKind

Answers = Mapping[str, Any]

MOST_CHOICES, MOST_DAYS = 20, 200
FARTHEST = timedelta(days=3 * 366)
STRETCH = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|until|-|\u2013|\.\.)\s*(\d{4}-\d\d-\d\d))?", re.ASCII)


def read_set_up(answers: Answers, today: date) -> Wanted:
    kind = KINDS[read_kind(answers)]
    zone = zone_named(answers.get(forms.ZONE) or "")
    if zone is None:
        raise FormError(forms.ZONE, texts.UNKNOWN_CITY())
    channel_id = answers.get(forms.CHANNEL)
    if not channel_id:
        raise FormError(forms.CHANNEL, texts.NO_CHANNEL())
    is_monthly = answers.get(blocks.RHYTHM) == forms.MONTHLY
    grouped_by = read_grouping(answers) if kind.is_grouped else None
    return Wanted(
        name=read_name(answers),
        channel_id=channel_id,
        every_weeks=4 if is_monthly else read_number(blocks.RHYTHM, answers, range(1, MOST_WEEKS + 1)),
        nth=read_number(forms.NTH_WEEKDAY, answers, NTH) if is_monthly else None,
        weekday=read_number(forms.WEEKDAY, answers, range(5)),
        wall_time=read_time(answers.get(forms.TIME)),
        zone=zone,
        kind=kind.kind,
        size=read_number(forms.SIZE, answers, kind.sizes) if len(kind.sizes) > 1 else kind.size,
        minutes=read_number(forms.MINUTES, answers, forms.LENGTHS),
        grouped_by=grouped_by,
        choices=read_choices(answers) if grouped_by is GroupedBy.CHOICE else (),
        user_groups=read_groups(answers) if grouped_by is GroupedBy.USER_GROUP else (),
        not_before=read_first_day(answers.get(forms.FIRST_DAY), today),
    )


def read_kind(answers: Answers) -> ProgramKind:
    value = answers.get(blocks.KIND)
    if value not in set(ProgramKind):
        raise FormError(blocks.KIND, texts.CHOOSE_ONE())
    return ProgramKind(value)


def read_name(answers: Answers) -> str:
    name = plain(answers.get(forms.NAME) or "")[: forms.LONGEST_NAME]
    if not name:
        raise FormError(forms.NAME, texts.NO_NAME())
    return name


def read_number(name: str, answers: Answers, allowed: Collection[int]) -> int:
    value = str(answers.get(name) or "")
    if not re.fullmatch(r"-?[0-9]{1,3}", value) or int(value) not in allowed:
        raise FormError(name, texts.CHOOSE_ONE())
    return int(value)


def read_time(value: str | None) -> time:
    try:
        return time.fromisoformat(value or "")
    except ValueError as problem:
        raise FormError(forms.TIME, texts.NO_TIME()) from problem


def read_grouping(answers: Answers) -> GroupedBy:
    value = answers.get(blocks.GROUPED_BY)
    if value not in set(GroupedBy):
        raise FormError(blocks.GROUPED_BY, texts.CHOOSE_ONE())
    return GroupedBy(value)


def read_choices(answers: Answers) -> tuple[str, ...]:
    """Parse the groups to choose from, one a line."""
    lines = [plain(line) for line in (answers.get(forms.CHOICES) or "").splitlines()]
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not 2 <= len(found) <= MOST_CHOICES:
        raise FormError(forms.CHOICES, texts.HOW_MANY_GROUPS(most=MOST_CHOICES))
    too_long = [one for one in found if len(one) > forms.LONGEST_CHOICE]
    if too_long:
        name = too_long[0][:20]
        raise FormError(forms.CHOICES, texts.GROUP_NAME_TOO_LONG(most=forms.LONGEST_CHOICE, name=name))
    return found


def read_groups(answers: Answers) -> tuple[str, ...]:
    chosen = read_several(forms.USER_GROUPS, answers)
    if len(chosen) < 2:
        raise FormError(forms.USER_GROUPS, texts.TWO_USER_GROUPS())
    return chosen


def read_several(name: str, answers: Answers) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(answers.get(name) or ()))
    if len(chosen) > forms.MOST_GROUPS:
        raise FormError(name, texts.TOO_MANY_GROUPS(most=forms.MOST_GROUPS))
    return chosen


def read_first_day(value: str | None, today: date) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as problem:
        raise FormError(forms.FIRST_DAY, texts.NOT_A_START_DATE()) from problem
    if day < today:
        raise FormError(forms.FIRST_DAY, texts.START_DATE_PASSED())
    if day > today + FARTHEST:
        raise FormError(forms.FIRST_DAY, texts.START_DATE_TOO_FAR())
    return day


def read_day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as problem:
        raise FormError(name, texts.NOT_DAYS(words=plain(value)[:20])) from problem


# The second form


def read_more(answers: Answers, today: date) -> MoreWanted:
    country = answers.get(forms.COUNTRY) or None
    if country is not None and country not in countries():
        raise FormError(forms.COUNTRY, texts.UNKNOWN_COUNTRY())
    joining = answers.get(forms.JOINING)
    if joining not in set(Joining):
        raise FormError(forms.JOINING, texts.CHOOSE_ONE())
    return MoreWanted(
        exception_days=read_days(answers.get(forms.DAYS) or "", today),
        country=country,
        joining=Joining(joining),
        lets_guests=forms.YES in (answers.get(forms.GUESTS) or ()),
        admins=tuple(answers.get(forms.ADMINS) or ()),
        audience=read_several(forms.AUDIENCE, answers),
    )


def read_days(written: str, today: date) -> tuple[date, ...]:
    found: set[date] = set()
    for line in re.split(r"[\n,;]", written):
        if plain(line):
            found |= read_stretch(plain(line), today)
        if len(found) > MOST_DAYS:
            raise FormError(forms.DAYS, texts.TOO_MANY_DAYS(most=MOST_DAYS))
    return tuple(sorted(found))


def read_stretch(line: str, today: date) -> set[date]:
    stretch = STRETCH.fullmatch(line)
    if stretch is None:
        raise FormError(forms.DAYS, texts.NOT_DAYS(words=line[:30]))
    first = read_day(forms.DAYS, stretch[1])
    last = read_day(forms.DAYS, stretch[2]) if stretch[2] else first
    if last < first:
        raise FormError(forms.DAYS, texts.ENDS_BEFORE(words=line[:30]))
    if last < today:
        raise FormError(forms.DAYS, texts.DAYS_PASSED(words=line[:30]))
    if last > today + FARTHEST or (last - first).days > MOST_DAYS:
        raise FormError(forms.DAYS, texts.DAYS_TOO_FAR(words=line[:30], most=MOST_DAYS))
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}
