"""Opening and upgrading the database for a command, with readable errors."""

import logging
from pathlib import Path

from slack_sdk.errors import SlackClientError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import NoSuchModuleError as NoSuchDatabase

from bot.cli.backup import backup
from bot.config import Settings
from bot.core.errors import SetupError
from bot.core.lists import listed
from bot.slack.client import reading_client
from storage.db import Database
from storage.migrate import Standing, standing, upgrade
from storage.workspaces import workspaces

logger = logging.getLogger(__name__)

NEWER = "The database is newer than this version of Weft ({current} > {head}). Update Weft, or restore an older backup."


UNUSABLE = (
    "Can't use DATABASE_URL. It should look like sqlite:///weft.sqlite3 or postgresql://user:password@host/name "
    "(for PostgreSQL, install the extra: pip install 'weft-slack[postgres]')."
)


def open_database(url: str) -> Database:
    """Open and test the database. Raises SetupError if the URL is invalid or the database unreachable."""
    try:
        if is_in_memory(url):
            raise SetupError(UNUSABLE)
        database = Database(url)
        with database.engine.connect():
            return database
    except (ArgumentError, NoSuchDatabase, ImportError, ValueError) as problem:
        # ValueError: invalid port number.
        raise SetupError(UNUSABLE) from problem
    except SQLAlchemyError as problem:
        raise SetupError(f"Can't open the database: {cause(problem)}.") from problem


def is_in_memory(url: str) -> bool:
    """Return whether SQLite is in memory: each thread would have its own database, and all would be lost on exit."""
    parsed = make_url(url)
    return parsed.drivername.startswith("sqlite") and parsed.database in {None, "", ":memory:"}


def upgraded(database: Database) -> Standing:
    """Migrate the database and return its old state. Raises SetupError if it is too new, full or read-only."""
    try:
        before = standing(database)
        if not before.is_known:
            raise SetupError(NEWER.format(current=before.current, head=before.head))
        if not before.is_up_to_date:
            copy_before(database, before)
            upgrade(database)
        return before
    except DBAPIError as problem:
        raise SetupError(f"Can't write to the database: {cause(problem)}.") from problem


def copy_before(database: Database, before: Standing) -> None:
    """Copy the SQLite file before an upgrade: with the copy and the previous version there is a way back."""
    file = make_url(database.url).database
    if not database.is_sqlite or before.current is None or file is None or file.startswith("file:"):
        return
    target = Path(f"{file}.before-{before.head}")
    if not target.exists():
        backup(database, target, lambda _done, _all: None)
        logger.info("the database was copied before its upgrade", extra={"copy": str(target)})


def words_for_database(problem: DatabaseError) -> str | None:
    """Describe an environment problem: locked, full, missing, not a database. Returns None for errors in our code."""
    if isinstance(problem, OperationalError) or type(problem) is DatabaseError:
        return f"Can't use the database: {cause(problem)}."
    return None


def cause(problem: SQLAlchemyError) -> str:
    """Return the driver's message without the statement and its parameters."""
    own = getattr(problem, "orig", None)
    return str(own or problem).strip().splitlines()[0].rstrip(".")


def chosen_workspace(database: Database, settings: Settings) -> str:
    """Return the id of the only workspace in the database, or the token's if there are several."""
    with database.snapshot() as session:
        known = {one.workspace_id: one.name for one in workspaces(session)}
    if not known:
        raise SetupError("Weft doesn't know your workspace yet. Run `weft run` once first.")
    if len(known) == 1:
        return next(iter(known))
    try:
        team: str = reading_client(settings.slack_bot_token, settings.slack_api_url).auth_test()["team_id"]
    except (SlackClientError, OSError):
        team = ""
    if team not in known:
        names = listed(sorted(known.values()))
        raise SetupError(f"The database has several workspaces: {names}. Set SLACK_BOT_TOKEN to choose one.")
    return team
