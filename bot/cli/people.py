"""`weft people import FILE`: import attributes from CSV and report rejected rows."""

import random
from pathlib import Path

from rich.console import Console

from bot.cli.opening import chosen_workspace, open_database, upgraded
from bot.config import Settings
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.core.work import Bot
from bot.people.attributes import UnreadableTableError
from bot.people.service import import_attributes

SHOWN = 50


def import_people(settings: Settings, file: Path, out: Console) -> int:
    """Import all valid rows in one transaction and print the rejected ones. Returns exit code 1 if there are any."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SetupError(f"Can't read {file} as text ({problem}). Save it as CSV (UTF-8) and try again.") from problem
    database = open_database(settings.database_url)
    try:
        upgraded(database)
        bot = Bot(database, SystemClock(), random.SystemRandom(), chosen_workspace(database, settings))
        with bot.begin() as work:
            table = import_attributes(work, text)
    except UnreadableTableError as problem:
        raise SetupError(f"Nothing was imported. {problem}") from problem
    finally:
        database.close()
    out.print(summary(len(table.said), len(table.rejected)))
    for rejected in table.rejected[:SHOWN]:
        out.print(f"line {rejected.line}: {rejected.reason}", markup=False)
    if len(table.rejected) > SHOWN:
        out.print(f"and {len(table.rejected) - SHOWN} more")
    return 1 if table.rejected else 0


def summary(people: int, rejected: int) -> str:
    imported = "1 person imported" if people == 1 else f"{people:,} people imported"
    if not rejected:
        return f"{imported}. All done."
    return f"{imported}, {'1 line' if rejected == 1 else f'{rejected:,} lines'} skipped:"
