"""When rounds start, and the moments in each: a rhythm is a weekday and a time on the wall of a zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import WEEKDAYS, at_wall_time, working_day_before, zone_or_utc
from storage.programs import Program

LONGEST_NOTICE = timedelta(days=5)
"""No heads-up is earlier than this, whatever lies between."""


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


def rhythm_of(program: Program) -> Rhythm:
    return Rhythm(
        program.every_weeks,
        program.weekday,
        time.fromisoformat(program.wall_time),
        zone_or_utc(program.zone),
        program.first_on,
    )
