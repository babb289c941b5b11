"""Opening the database for a command, with a sentence where that can't be done."""

from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import NoSuchModuleError as NoSuchDatabase

from bot.core.errors import SetupError
from storage.db import Database
from storage.migrate import Standing, standing, upgrade

NEWER = (
    "The database was made by a newer version of Weft (migration {current}; this version knows up to {head}). "
    "Install that version again, or restore a backup from before."
)


def open_database(url: str) -> Database:
    """Raises SetupError when the URL can't be read or nothing answers there."""
    try:
        database = Database(url)
        with database.engine.connect():
            return database
    except (ArgumentError, NoSuchDatabase, ImportError) as problem:
        raise SetupError(
            "DATABASE_URL can't be used. It looks like sqlite:///weft.sqlite3 or postgresql://user:password@host/name "
            "(for PostgreSQL, install the extra: pip install 'weft[postgres]')."
        ) from problem
    except SQLAlchemyError as problem:
        raise SetupError(f"The database can't be opened: {cause(problem)}.") from problem


def upgraded(database: Database) -> Standing:
    """Bring the database up to date. Raises SetupError when it is newer than the code, full or read-only."""
    try:
        before = standing(database)
        if not before.is_known:
            raise SetupError(NEWER.format(current=before.current, head=before.head))
        if not before.is_up_to_date:
            upgrade(database)
        return before
    except OperationalError as problem:
        raise SetupError(f"The database can't be written: {cause(problem)}.") from problem


def cause(problem: SQLAlchemyError) -> str:
    """The database's own word, without the statement and its values."""
    own = getattr(problem, "orig", None)
    return str(own or problem).strip().splitlines()[0].rstrip(".")
