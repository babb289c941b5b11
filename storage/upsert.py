"""Putting rows where there may be some already, in one statement on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.schema import Table


def insert_into(session: Session, table: type[Table]) -> Any:  # noqa: ANN401 - the two dialects share no type
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return dialect.insert(table)
