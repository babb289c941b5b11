"""Days without a round: weekends, a country's holidays, and days named by the admins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.core.calendar import is_working_day

ONE_DAY = timedelta(days=1)
LONGEST_STRETCH = 366
"""In days. For more exceptions in a row, the program should be stopped."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    named: frozenset[date] = frozenset()
    country: str | None = None

    def has(self, day: date) -> bool:
        return not is_working_day(day) or day in self.named or day in holidays_of(self.country, day.year)

    def working_day_from(self, day: date) -> date:
        """Return this day, or the first working day after it."""
        for _ in range(LONGEST_STRETCH):
            if not self.has(day):
                return day
            day += ONE_DAY
        return day

    def working_day_before(self, day: date) -> date:
        for _ in range(LONGEST_STRETCH):
            day -= ONE_DAY
            if not self.has(day):
                return day
        return day


@lru_cache(maxsize=256)
def holidays_of(country: str | None, year: int) -> Mapping[date, str]:
    """Return a country's public holidays in a year; none without a country."""
    if not country:
        return {}
    import holidays  # It takes a while to load, and most programs don't ask for it.

    return dict(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Return codes and names of countries with known holidays, ordered by name."""
    import holidays.registry

    named = {code: words(names[0]) for names in holidays.registry.COUNTRIES.values() for code in names[1:2]}
    return dict(sorted(named.items(), key=lambda entry: entry[1]))


def words(name: str) -> str:
    """Turn `UnitedStates` into `United States`."""
    return "".join(f" {letter}" if letter.isupper() else letter for letter in name).strip()
