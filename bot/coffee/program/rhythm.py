"""Rhythms: a weekday and a local time in a zone, from which rounds and the moments in each follow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.coffee.program.days_off import ONE_DAY, DaysOff
from bot.coffee.texts import program as texts
from bot.core.calendar import WEEKDAYS, at_wall_time, zone_or_utc
from bot.core.mrkdwn import Mrkdwn
from storage.programs.programs import Program

LONGEST_NOTICE = timedelta(days=5)
"""Maximum time between a heads-up and its round."""
MOST_WEEKS = 12
LAST = -1
NTH = tuple(texts.NTH)
SHORTEST = timedelta(days=3)
"""A round is dropped if days off move it closer than this to the next one."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A weekday and a local time: every few weeks from a first day, or once a month."""

    every_weeks: int
    weekday: int
    wall_time: time
    zone: ZoneInfo
    first_on: date
    nth: int | None = None
    """Monthly on the first to fourth or the last (-1) such weekday; replaces `every_weeks`."""
    days_off: DaysOff = field(default_factory=DaysOff)

    @property
    def words(self) -> Mrkdwn:
        """For admins, who chose the time in this zone."""
        return texts.AT(rhythm=self.how_often, time=f"{self.wall_time:%H:%M}", zone=self.zone.key)

    @property
    def how_often(self) -> Mrkdwn:
        weekday = WEEKDAYS[self.weekday]
        if self.nth is not None:
            return texts.EVERY_MONTH(nth=texts.NTH[self.nth](), weekday=weekday)
        if self.every_weeks > 2:
            return texts.EVERY_FEW_WEEKS(weeks=self.every_weeks, weekday=weekday)
        return (texts.EVERY_WEEK if self.every_weeks == 1 else texts.EVERY_OTHER_WEEK)(weekday=weekday)

    def days(self, around: date) -> Iterator[date]:
        """Yield regular days, starting well before this date."""
        return self.monthly(around) if self.nth is not None else self.weekly(around)

    def weekly(self, around: date) -> Iterator[date]:
        step = timedelta(weeks=self.every_weeks)
        day = self.first_on + max((around - self.first_on) // step - 1, 0) * step
        while True:
            yield day
            day += step

    def monthly(self, around: date) -> Iterator[date]:
        month = max(around - timedelta(days=62), self.first_on).replace(day=1)
        while True:
            day = nth_weekday(month, self.weekday, self.nth or 1)
            if day >= self.first_on:
                yield day
            month = first_of_next_month(month)


def nth_weekday(month: date, weekday: int, nth: int) -> date:
    """Return the nth or last such weekday of the month that begins on this day."""
    if nth == LAST:
        last = first_of_next_month(month) - ONE_DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return month + timedelta(days=(weekday - month.weekday()) % 7, weeks=nth - 1)


def first_of_next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def first_day(today: date, weekday: int, *, not_before: date | None = None) -> date:
    """Return the first such weekday from tomorrow on, so that people hear of a program before its first round."""
    earliest = max(today + ONE_DAY, not_before or today)
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def next_round_at(rhythm: Rhythm, after: datetime) -> datetime:
    """Return the first start after this moment, in UTC."""
    regular = rhythm.days(after.astimezone(rhythm.zone).date())
    day = next(regular)
    while True:
        following = next(regular)
        moved = rhythm.days_off.working_day_from(day)
        if following - moved >= SHORTEST:
            start = at_wall_time(moved, rhythm.wall_time, rhythm.zone)
            if start > after:
                return start
        day = following


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of one round, in UTC."""

    starts_at: datetime
    midway_at: datetime
    final_at: datetime
    ends_at: datetime


def course_of(rhythm: Rhythm, starts_at: datetime, *, ends_at: datetime | None = None) -> Course:
    """Return the moments of a round. It lasts until the next. Check-ins: midway and two working days before the end.

    Not one day before: that is the day of the next heads-up, and people get one message a day. In a round of one
    week, the final check-in precedes the middle and is the only one.
    """
    ends_at = ends_at or next_round_at(rhythm, starts_at)
    off = rhythm.days_off
    final_day = off.working_day_before(off.working_day_before(ends_at.astimezone(rhythm.zone).date()))
    final_at = at_wall_time(final_day, rhythm.wall_time, rhythm.zone)
    if final_at <= starts_at:  # Only days off in between.
        final_at = starts_at + (ends_at - starts_at) * 2 / 3
    return Course(starts_at, starts_at + (ends_at - starts_at) / 2, final_at, ends_at)


def heads_up_at(rhythm: Rhythm, starts_at: datetime) -> datetime:
    """Return the same local time on the working day before, limited by LONGEST_NOTICE."""
    day = rhythm.days_off.working_day_before(starts_at.astimezone(rhythm.zone).date())
    return max(at_wall_time(day, rhythm.wall_time, rhythm.zone), starts_at - LONGEST_NOTICE)


def day_of_heads_up(rhythm: Rhythm, starts_at: datetime) -> date:
    return heads_up_at(rhythm, starts_at).astimezone(rhythm.zone).date()


def day_of_heads_up_begins(rhythm: Rhythm, starts_at: datetime) -> datetime:
    return at_wall_time(day_of_heads_up(rhythm, starts_at), time(0), rhythm.zone)


def rhythm_of(program: Program) -> Rhythm:
    return Rhythm(
        program.every_weeks,
        program.weekday,
        time.fromisoformat(program.wall_time),
        zone_or_utc(program.zone),
        program.first_on,
        program.nth,
        DaysOff(frozenset(map(date.fromisoformat, program.exception_days)), program.country),
    )
