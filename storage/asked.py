"""Cached queries: polled ones are built once instead of at each call."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import BindParameter, Integer, Select, String, bindparam
from sqlalchemy.types import TypeEngine

from storage.schema import UtcDateTime
from storage.scope import Scope

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

WORKSPACE = cast(str, bindparam("workspace_id", type_=String()))
NOW = cast(datetime, bindparam("now", type_=UtcDateTime()))
"""Bind parameters that each call fills from its scope."""

KINDS: dict[type, TypeEngine[Any]] = {str: String(), int: Integer()}
"""Types of bind parameters. Others take the type of the column they are compared with."""


def cached_query(write: Callable[Asked, Select[Found]]) -> Callable[Concatenate[Scope, Asked], Sequence[Found]]:
    """Build the Select once, with a bind parameter for each argument. Arguments are passed by keyword, and may be
    compared but not computed with.
    """

    @cache
    def statement() -> Select[Found]:
        return write(**bind_parameters(write))  # type: ignore[arg-type, call-arg]

    @wraps(write)
    def ask(scope: Scope, /, *_: Asked.args, **given: Asked.kwargs) -> Sequence[Found]:
        # Mostly there are no rows. A query on the connection skips the ORM's work for those.
        session, asked = scope.session, {"workspace_id": scope.workspace_id, "now": scope.now, **given}
        session.flush()
        found = session.connection().execute(statement(), asked).all()
        if found and selects_entities(statement()):
            return session.scalars(statement(), asked).all()
        return [row[0] for row in found]

    return ask


def selects_entities(statement: Select[Any]) -> bool:
    return any(column["expr"] is column["entity"] for column in statement.column_descriptions)


def bind_parameters(write: Callable[..., object]) -> dict[str, BindParameter[Any]]:
    named = signature(write).parameters.values()
    return {one.name: bindparam(one.name, type_=KINDS.get(one.annotation)) for one in named}
