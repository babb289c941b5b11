"""Locks that are named, for what has no row of its own to lock."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def lock_name(session: Session, name: str) -> None:
    """Wait until no other transaction has locked this name, and hold it until this one ends.

    On SQLite there is only one writer at a time, so nothing is left to lock.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
