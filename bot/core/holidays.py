"""Public holidays of countries, and which country a time zone lies in. The holidays are those of the whole country."""

import warnings
from datetime import date
from functools import cache
from importlib.resources import files


@cache
def of_year(country: str, year: int) -> frozenset[date]:
    import holidays  # Loading it takes a while, and most who ask have no country.

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of years too far away the library knows nothing, and says so.
            return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # Nobody has written down the holidays of this country.
        return frozenset()


def is_holiday(country: str | None, day: date) -> bool:
    return country is not None and day in of_year(country, day.year)


@cache
def names() -> dict[str, str]:
    """Countries by their two letters, as people call them."""
    lines = table("iso3166.tab")
    return {code: name for code, name in (line.split("\t")[:2] for line in lines)}


@cache
def by_zone() -> dict[str, str]:
    return {zone: code for code, _place, zone in (line.split("\t")[:3] for line in table("zone.tab"))}


def of_zone(zone: str) -> str | None:
    """The country that a zone of the IANA data base is named for."""
    return by_zone().get(zone)


def table(name: str) -> list[str]:
    lines = (files("tzdata") / "zoneinfo" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
