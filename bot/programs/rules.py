"""When rounds start, what is still in time, and what people mean by "2w". Plain values in, plain values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WORKDAY_ENDS, WORKDAY_STARTS, at_wall_time, is_working_day, working_day_before

ON_TIME = timedelta(minutes=15)
TOO_LATE = timedelta(hours=24)
LONGEST_NOTICE = timedelta(days=5)
"""No heads-up is earlier than this, whatever lies between."""
LONGEST_PAUSE = timedelta(days=366)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekday and a time on the wall of a zone, every so many weeks counted from a first day."""

    every_weeks: int
    weekday: int
    wall_time: time
    zone: ZoneInfo
    first_on: date

    @property
    def words(self) -> str:
        weeks = {1: "every week", 2: "every two weeks", 3: "every three weeks", 4: "every four weeks"}
        rhythm = weeks.get(self.every_weeks, f"every {self.every_weeks} weeks")
        return f"{rhythm}, {WEEKDAYS[self.weekday]} at {self.wall_time:%H:%M} ({self.zone.key})"


def first_day(today: date, weekday: int) -> date:
    """The first such weekday from tomorrow on: people want to hear of a program before its first round."""
    ahead = (weekday - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def next_round_at(rhythm: Rhythm, after: datetime) -> datetime:
    """The first start later than this moment, in UTC."""
    step = timedelta(weeks=rhythm.every_weeks)
    passed = after.astimezone(rhythm.zone).date() - rhythm.first_on
    day = rhythm.first_on + max(passed // step, 0) * step
    while (start := at_wall_time(day, rhythm.wall_time, rhythm.zone)) <= after:
        day += step
    return start


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of one round, in UTC."""

    starts_at: datetime
    midway_at: datetime
    final_at: datetime
    ends_at: datetime


def course_of(rhythm: Rhythm, starts_at: datetime) -> Course:
    """A round lasts until the next one. People are asked midway, and two working days before the end.

    Not one: on that day they hear of the next round, and two messages on one day are one too many. A round of one week
    has its last question before its middle, so that it has only one.
    """
    ends_at = next_round_at(rhythm, starts_at)
    final_day = working_day_before(working_day_before(ends_at.astimezone(rhythm.zone).date()))
    final_at = at_wall_time(final_day, rhythm.wall_time, rhythm.zone)
    return Course(starts_at, starts_at + (ends_at - starts_at) / 2, final_at, ends_at)


def heads_up_at(rhythm: Rhythm, starts_at: datetime) -> datetime:
    """The same time on the working day before."""
    day = working_day_before(starts_at.astimezone(rhythm.zone).date())
    return at_wall_time(day, rhythm.wall_time, rhythm.zone)


def may_start(due_at: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """A round that could not start on time is caught up in working hours, within a day."""
    if now - due_at <= ON_TIME:
        return True
    local = now.astimezone(zone)
    at_work = is_working_day(local.date()) and WORKDAY_STARTS <= local.time() < WORKDAY_ENDS
    return at_work and not is_too_late(due_at, now)


def is_too_late(due_at: datetime, now: datetime) -> bool:
    return now - due_at > TOO_LATE


def captain_first(people: Sequence[str], times_captain: Mapping[str, int]) -> list[str]:
    """Whoever was captain least often is captain now; the id breaks a tie."""
    captain = min(people, key=lambda person: (times_captain.get(person, 0), person))
    return [captain, *(person for person in people if person != captain)]


# Pauses


class NotADayError(ValueError):
    """Carries the sentence that says what would be understood."""


HOW_TO_SAY = "Say for how long, like `2w` or `10d`, or until which day, like `2027-01-31`."


def read_until(words: str, today: date) -> date:
    """The day on which a pause ends: `10d`, `2w`, `1m`, or a day like `2027-01-31`."""
    wanted = words.strip().lower().removeprefix("until").removeprefix("for").strip()
    length = re.fullmatch(r"(\d{1,4})\s*(d|days?|w|weeks?|m|months?)", wanted, re.ASCII)
    if length:
        days = int(length[1]) * {"d": 1, "w": 7, "m": 30}[length[2][0]]
        return checked_until(today + timedelta(days=days), today)
    try:
        return checked_until(date.fromisoformat(wanted), today)
    except ValueError as problem:
        if isinstance(problem, NotADayError):
            raise
        raise NotADayError(f"I don't understand that time. {HOW_TO_SAY}") from problem


def checked_until(day: date, today: date) -> date:
    if day <= today:
        raise NotADayError(f"That day is not in the future. {HOW_TO_SAY}")
    if day > today + LONGEST_PAUSE:
        raise NotADayError("A pause can last a year at most. To stop for longer, leave; you can join again any time.")
    return day
