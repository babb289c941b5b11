"""Migrates a database to this version's schema, and reports its revision."""

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
"""PostgreSQL advisory lock held while migrating."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A database's revision and the one the code needs."""

    current: str | None
    head: str
    is_known: bool
    """False when a newer version of the code migrated the database."""

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
    """Run missing migrations. Of several processes that start together, one migrates and the others wait."""
    with database.engine.begin() as connection:  # On SQLite this is the lock.
        if not database.is_sqlite:
            lift_timeouts(connection)
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(configuration(connection), "head")


def lift_timeouts(connection: Connection) -> None:
    """Disable timeouts for this transaction, as large tables take long to migrate."""
    for setting in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {setting} = 0"))
