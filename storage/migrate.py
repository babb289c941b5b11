"""Brings a database to the shape that this version of the code expects, and tells where it stands."""

from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text

from storage.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = int.from_bytes(b"weft")
"""Held in PostgreSQL while a process migrates."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which migration a database is at, and which one the code wants."""

    current: str | None
    head: str
    is_known: bool
    """False when the database was made by a newer version of the code."""

    @property
    def is_up_to_date(self) -> bool:
        return self.current == self.head


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def standing(database: Database) -> Standing:
    scripts = ScriptDirectory.from_config(configuration())
    head = scripts.get_current_head() or ""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return Standing(current, head, is_known=current is None or current in known)


def upgrade(database: Database) -> None:
    """Run what is missing. Of several processes that start together, one does it and the others wait for it."""
    with database.engine.begin() as connection:  # On SQLite this is the lock.
        if not database.is_sqlite:
            lift_timeouts(connection)
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(configuration(connection), "head")


def lift_timeouts(connection: Connection) -> None:
    """A migration may take as long as the tables are large."""
    for setting in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {setting} = 0"))
