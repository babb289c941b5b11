"""Putting rows where there may be some already, in one statement on both databases."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.schema import Table

Row = TypeVar("Row", bound=Table)


def insert_into(session: Session, table: type[Table]) -> Any:  # noqa: ANN401 - the two dialects share no type
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def add_if_missing(session: Session, table: type[Table], **values: Any) -> bool:  # noqa: ANN401
    """Insert a row unless there is one with its keys, committed or about to be. Returns whether it was inserted."""
    insert = insert_into(session, table).values(**values).on_conflict_do_nothing()
    return bool(cast(CursorResult[Any], session.execute(insert)).rowcount)


def lock_or_add(session: Session, table: type[Row], key: Mapping[str, Any], **first: Any) -> Row:  # noqa: ANN401
    """The row of this primary key, locked until the transaction ends. `first`: what it says when it is new.

    Looking first and inserting then would fail for the second of two processes that both found nothing.
    """
    found = session.get(table, tuple(key.values()), with_for_update=True, populate_existing=True)
    if found is None:
        add_if_missing(session, table, **key, **first)
        found = session.get_one(table, tuple(key.values()), with_for_update=True, populate_existing=True)
    return found
