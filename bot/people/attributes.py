"""Import of people's attributes from CSV. Every row is validated before anything is stored."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.core.mrkdwn import plain
from storage.kinds import Attribute

LARGEST = 20_000_000
"""Maximum size in characters: ten times what a company of 50,000 needs."""
WHO = ("email", "person_id", "user_id")
LONGEST = 100
YEARS = range(1940, 2101)


@dataclass(frozen=True, slots=True)
class Rejected:
    line: int
    reason: str


@dataclass(slots=True)
class Table:
    """Parsed file: values by person id and attribute, and the rejected rows."""

    said: dict[str, dict[Attribute, str]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


class UnreadableTableError(ValueError):
    """The file as a whole can't be used. The message tells the person importing it why."""


def read_table(text: str, *, people: frozenset[str], by_email: Mapping[str, str]) -> Table:
    """Parse a CSV file whose header names `email` or `person_id` and any attributes.

    Raises UnreadableTableError if the header can't be understood. Invalid rows are rejected by line number.
    """
    if len(text) > LARGEST:
        raise UnreadableTableError("That file is too large to be a list of people. Check that it's the right one.")
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        heading = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        who, columns = understand_heading(heading)
        table = Table()
        for row in reader:
            if any(cell.strip() for cell in row):
                read_row(table, reader.line_num, row, who, columns, people, by_email)
    except csv.Error as problem:
        raise UnreadableTableError(f"Can't read line {reader.line_num} as CSV: {problem}.") from problem
    return table


def understand_heading(heading: list[str]) -> tuple[tuple[int, str], dict[int, Attribute]]:
    who = [(place, name) for place, name in enumerate(heading) if name in WHO]
    if not who:
        raise UnreadableTableError("The first line must name the columns, and one must be email or person_id.")
    attributes = {attribute.value: attribute for attribute in Attribute}
    unknown = [name for name in heading if name not in attributes and name not in WHO]
    if unknown:
        known = ", ".join(attributes)
        raise UnreadableTableError(f"There's no column {unknown[0]!r}. Columns: email, person_id, {known}.")
    doubled = sorted({name for name in heading if heading.count(name) > 1})
    if doubled:
        raise UnreadableTableError(f"The column {doubled[0]!r} appears twice.")
    return who[0], {place: attributes[name] for place, name in enumerate(heading) if name in attributes}


def read_row(
    table: Table,
    line: int,
    row: list[str],
    who: tuple[int, str],
    columns: Mapping[int, Attribute],
    people: frozenset[str],
    by_email: Mapping[str, str],
) -> None:
    def reject(reason: str) -> None:
        table.rejected.append(Rejected(line, reason))

    place, kind = who
    named = row[place].strip() if place < len(row) else ""
    person_id = by_email.get(named.lower()) if kind == "email" else named if named in people else None
    if len(row) <= max(columns, default=place):
        return reject("it has fewer columns than the first line")
    if person_id is None:
        return reject(f"no one here has the {kind.replace('_', ' ')} {named!r}" if named else f"the {kind} is empty")
    if person_id in table.said:
        return reject(f"{named!r} is in an earlier line already")
    said: dict[Attribute, str] = {}
    for column, attribute in columns.items():
        cell = plain(row[column])
        value, problem = CHECKS.get(attribute, check_words)(cell, by_email) if cell else ("", "")
        if problem:
            return reject(f"{attribute.value}: {problem}")
        said[attribute] = value
    table.said[person_id] = said
    return None


Checked = tuple[str, str]
"""Stored value and error; one of them is empty."""


def check_words(cell: str, _by_email: Mapping[str, str]) -> Checked:
    return (cell, "") if len(cell) <= LONGEST else ("", f"longer than {LONGEST} characters")


def check_day(cell: str, _by_email: Mapping[str, str]) -> Checked:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        return "", f"{cell!r} isn't a date like 2024-05-31"
    return (day.isoformat(), "") if day.year in YEARS else ("", f"{cell!r} can't be a start date")


def check_level(cell: str, _by_email: Mapping[str, str]) -> Checked:
    fits = cell.isascii() and cell.isdigit() and len(cell) <= 4 and int(cell) <= 20
    return (str(int(cell)), "") if fits else ("", f"{cell!r} isn't a whole number from 0 to 20")


def check_country(cell: str, _by_email: Mapping[str, str]) -> Checked:
    fits = len(cell) == 2 and cell.isascii() and cell.isalpha()
    return (cell.upper(), "") if fits else ("", f"{cell!r} isn't a two-letter country code")


def check_manager(cell: str, by_email: Mapping[str, str]) -> Checked:
    manager = by_email.get(cell.lower())
    if manager is None and cell in by_email.values():
        manager = cell
    return (manager, "") if manager else ("", f"no one here has the email {cell!r}")


CHECKS: Mapping[Attribute, Callable[[str, Mapping[str, str]], Checked]] = {
    Attribute.STARTED_ON: check_day,
    Attribute.LEVEL: check_level,
    Attribute.COUNTRY: check_country,
    Attribute.MANAGER: check_manager,
}
