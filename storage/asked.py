"""Questions that are asked in every look at the clock: each is put together once, and not anew at every asking."""

from collections.abc import Callable, Sequence
from functools import cache, wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy import BindParameter, Integer, Select, String, bindparam
from sqlalchemy.types import TypeEngine

from storage.scope import Scope

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

WORKSPACE = cast(str, bindparam("workspace_id", type_=String()))
"""The place of the workspace, which every scope fills in."""

KINDS: dict[type, TypeEngine[Any]] = {str: String(), int: Integer()}
"""Everything else is of the kind of the column that it is compared with."""


def asked_often(write: Callable[Asked, Select[Found]]) -> Callable[Concatenate[Scope, Asked], Sequence[Found]]:
    """Written as any statement is. What it is asked with has a place in it, so it may be compared, but not reckoned
    with, and it is given by its name.
    """

    @cache
    def statement() -> Select[Found]:
        return write(**places(write))  # type: ignore[arg-type, call-arg]

    @wraps(write)
    def ask(scope: Scope, /, *_: Asked.args, **given: Asked.kwargs) -> Sequence[Found]:
        # Mostly there is nothing, and then the session need not prepare to make objects of it.
        session, asked = scope.session, {"workspace_id": scope.workspace_id, **given}
        session.flush()
        found = session.connection().execute(statement(), asked).all()
        if found and makes_objects(statement()):
            return session.scalars(statement(), asked).all()
        return [row[0] for row in found]

    return ask


def makes_objects(statement: Select[Any]) -> bool:
    return any(column["expr"] is column["entity"] for column in statement.column_descriptions)


def places(write: Callable[..., object]) -> dict[str, BindParameter[Any]]:
    named = signature(write).parameters.values()
    return {one.name: bindparam(one.name, type_=KINDS.get(one.annotation)) for one in named}
