"""Polled queries: built once, because SQLAlchemy needs more time to build a statement than to run it."""

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, TypeVar

from sqlalchemy import Integer, Select, String, bindparam
from sqlalchemy.types import TypeEngine

from storage.schema import UtcDateTime
from storage.scope import Scope

Row = TypeVar("Row")


def parameter(name: str, type_: TypeEngine[Any] | None = None) -> Any:  # noqa: ANN401 - goes wherever its value may go
    """`type_`: by default that of the column it is compared with."""
    return bindparam(name, type_=type_)


WORKSPACE = parameter("workspace_id", String())
NOW = parameter("now", UtcDateTime())
"""These two are filled from the scope."""
LIMIT = parameter("limit", Integer())


def polled(statement: Select[Row]) -> Callable[Concatenate[Scope, ...], Sequence[Row]]:
    """Return a function that runs the statement with its other parameters as keywords."""

    def run(scope: Scope, /, **values: object) -> Sequence[Row]:
        asked = {"workspace_id": scope.workspace_id, "now": scope.now, **values}
        return scope.session.scalars(statement, asked).all()

    return run
