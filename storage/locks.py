"""Named locks, for things without a row to lock."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def lock_name(session: Session, name: str) -> None:
    """Lock a name until the transaction ends, waiting for other holders.

    No-op on SQLite, which has one writer at a time.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
