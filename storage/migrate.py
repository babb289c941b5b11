"""Migrates a database to this version's schema, and reports its revision.

Alembic is imported by upgrades only: loading it takes as long as half a start, and most starts upgrade nothing.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, inspect, select, text

from storage.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

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


def configuration(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def standing(database: Database) -> Standing:
    known = revisions()
    with database.engine.connect() as connection:
        current = revision_of(connection)
    return Standing(current, known[-1], is_known=current is None or current in known)


def revisions() -> list[str]:
    """Return all revisions in their order: the numbers that the files begin with."""
    return sorted(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(database: Database) -> None:
    """Run missing migrations. Of several processes that start together, one migrates and the others wait."""
    from alembic import command

    with database.engine.begin() as connection:  # On SQLite this is the lock.
        if not database.is_sqlite:
            lift_timeouts(connection)
            connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(configuration(connection), "head")


def lift_timeouts(connection: Connection) -> None:
    """Disable timeouts for this transaction, as large tables take long to migrate."""
    for setting in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {setting} = 0"))
