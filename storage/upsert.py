"""Inserting rows that may exist, in one statement on both databases."""

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite

from storage.schema import Table
from storage.scope import Scope

Row = TypeVar("Row", bound=Table)


def insert_into(scope: Scope, table: type[Table]) -> Any:  # noqa: ANN401 - the two dialects share no type
    """Return an INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = sqlite if scope.session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def add_if_missing(scope: Scope, table: type[Table], **values: Any) -> bool:  # noqa: ANN401
    """Insert a row of this workspace unless its key exists, committed or pending. Returns whether it was inserted."""
    row = {"workspace_id": scope.workspace_id, **values}
    insert = insert_into(scope, table).values(**row).on_conflict_do_nothing()
    return bool(cast(CursorResult[Any], scope.session.execute(insert)).rowcount)


def lock_or_add(scope: Scope, table: type[Row], key: Mapping[str, Any], **first: Any) -> Row:  # noqa: ANN401
    """Return the row of this primary key, locked until the transaction ends. `first`: values of a new row.

    A plain lookup before an insert would fail for the second of two concurrent processes.
    """
    found = scope.session.get(table, tuple(key.values()), with_for_update=True, populate_existing=True)
    if found is None:
        add_if_missing(scope, table, **key, **first)
        found = scope.session.get_one(table, tuple(key.values()), with_for_update=True, populate_existing=True)
    return found
