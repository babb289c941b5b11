"""Opening the database for a command, with a sentence where that can't be done."""

import logging
from pathlib import Path

from slack_sdk.errors import SlackClientError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import NoSuchModuleError as NoSuchDatabase

from bot.cli.backup import backup
from bot.config import Settings
from bot.core.errors import SetupError
from bot.core.texts import listed
from bot.slack.client import reading_client
from storage.db import Database
from storage.migrate import Standing, standing, upgrade
from storage.workspaces import workspaces

logger = logging.getLogger(__name__)

NEWER = (
    "The database was made by a newer version of Weft (migration {current}; this version knows up to {head}). "
    "Install that version again, or restore a backup from before."
)


UNUSABLE = (
    "DATABASE_URL can't be used. It looks like sqlite:///weft.sqlite3 or postgresql://user:password@host/name "
    "(for PostgreSQL, install the extra: pip install 'weft-slack[postgres]')."
)


def open_database(url: str) -> Database:
    """Raises SetupError when the URL can't be read or nothing answers there."""
    try:
        if is_in_memory(url):
            raise SetupError(UNUSABLE)
        database = Database(url)
        with database.engine.connect():
            return database
    except (ArgumentError, NoSuchDatabase, ImportError, ValueError) as problem:
        # ValueError: a port that is no number.
        raise SetupError(UNUSABLE) from problem
    except SQLAlchemyError as problem:
        raise SetupError(f"The database can't be opened: {cause(problem)}.") from problem


def is_in_memory(url: str) -> bool:
    """Every thread would have a database of its own, and all would be lost at the end."""
    parsed = make_url(url)
    return parsed.drivername.startswith("sqlite") and parsed.database in {None, "", ":memory:"}


def upgraded(database: Database) -> Standing:
    """Bring the database up to date. Raises SetupError when it is newer than the code, full or read-only."""
    try:
        before = standing(database)
        if not before.is_known:
            raise SetupError(NEWER.format(current=before.current, head=before.head))
        if not before.is_up_to_date:
            copy_before(database, before)
            upgrade(database)
        return before
    except DBAPIError as problem:
        raise SetupError(f"The database can't be written: {cause(problem)}.") from problem


def copy_before(database: Database, before: Standing) -> None:
    """Keep the SQLite file as it is: with this copy, and the version of Weft that made it, there is a way back."""
    file = make_url(database.url).database
    if not database.is_sqlite or before.current is None or file is None or file.startswith("file:"):
        return
    target = Path(f"{file}.before-{before.head}")
    if not target.exists():
        backup(database, target, lambda _done, _all: None)
        logger.info("the database was copied before its upgrade", extra={"copy": str(target)})


def words_for_database(problem: DatabaseError) -> str | None:
    """What is wrong around the database: locked, full, gone, no database at all. None when our own code is wrong."""
    if isinstance(problem, OperationalError) or type(problem) is DatabaseError:
        return f"The database can't be used: {cause(problem)}."
    return None


def cause(problem: SQLAlchemyError) -> str:
    """The database's own word, without the statement and its values."""
    own = getattr(problem, "orig", None)
    return str(own or problem).strip().splitlines()[0].rstrip(".")


def chosen_workspace(database: Database, settings: Settings) -> str:
    """The only one that the database knows, or of several the one of the token."""
    with database.snapshot() as session:
        known = {one.workspace_id: one.name for one in workspaces(session)}
    if not known:
        raise SetupError("Weft doesn't know your workspace yet. Start `weft run` once, so that it reads who is here.")
    if len(known) == 1:
        return next(iter(known))
    try:
        team: str = reading_client(settings.slack_bot_token, settings.slack_api_url).auth_test()["team_id"]
    except (SlackClientError, OSError):
        team = ""
    if team not in known:
        names = listed(sorted(known.values()))
        raise SetupError(f"The database holds several workspaces: {names}. Set SLACK_BOT_TOKEN to the one you mean.")
    return team
