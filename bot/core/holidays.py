"""Public holidays by country (nationwide ones only), and the country of a time zone."""

import warnings
from datetime import date
from functools import cache
from importlib.resources import files


@cache
def of_year(country: str, year: int) -> frozenset[date]:
    import holidays  # Imported late: it is slow to load, and most people have no country set.

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The library warns about years outside its data.
            return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # The library has no data for this country.
        return frozenset()


def is_holiday(country: str | None, day: date) -> bool:
    return country is not None and day in of_year(country, day.year)


@cache
def names() -> dict[str, str]:
    """Map two-letter country codes to common names."""
    lines = table("iso3166.tab")
    return {code: name for code, name in (line.split("\t")[:2] for line in lines)}


@cache
def by_zone() -> dict[str, str]:
    return {zone: code for code, _place, zone in (line.split("\t")[:3] for line in table("zone.tab"))}


def of_zone(zone: str) -> str | None:
    """Return the country code that the IANA database assigns to a zone, or None."""
    return by_zone().get(zone)


def table(name: str) -> list[str]:
    lines = (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
