"""Declaration of Web API methods. A handler's parameters are the arguments that the method accepts."""

import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType, TypeVar

from bot.slacksim.errors import Refused
from bot.slacksim.state import Json

# A list or an object: JSON text in a form body, either form in a JSON body.
Structure = NewType("Structure", object)
NOTHING = Structure(None)

PER_MINUTE: Mapping[str, int | None] = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": None}

GENERAL_ERRORS = frozenset(
    [
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "missing_scope",
        "not_allowed_token_type",
        "ratelimited",
        "internal_error",
        "fatal_error",
        "invalid_arguments",
        "unknown_method",
    ]
)

# Bolt's client adds the team id to every call.
EVERYWHERE = {"token", "team_id"}

READS = {"channels:read", "groups:read", "im:read", "mpim:read"}
HISTORIES = {"channels:history", "groups:history", "im:history", "mpim:history"}


@dataclass(frozen=True)
class Method:
    name: str
    tier: str
    scopes: frozenset[str]
    errors: frozenset[str]
    # Arguments that Slack accepts, but which have no visible effect here.
    without_effect: frozenset[str]
    parameters: Mapping[str, inspect.Parameter]
    handler: Callable[..., Json]
    takes_app_token: bool

    @property
    def per_minute(self) -> int | None:
        return PER_MINUTE[self.tier]

    def is_required(self, name: str) -> bool:
        return name in self.parameters and self.parameters[name].default is inspect.Parameter.empty

    def read(self, given: Mapping[str, Any]) -> Json:
        """Parse the arguments. Raises Refused for unknown, missing or invalid ones."""
        known = self.parameters.keys() | self.without_effect | EVERYWHERE
        problems = [f"[ERROR] unknown field: {name}" for name in given if name not in known]
        problems += [
            f"[ERROR] missing required field: {name}"
            for name in self.parameters
            if self.is_required(name) and given.get(name) in (None, "")
        ]
        values = {}
        for name in self.parameters.keys() & given.keys():
            if given[name] is None:
                continue
            try:
                values[name] = READERS[self.parameters[name].annotation](given[name])
            except (ValueError, TypeError):
                problems.append(f"[ERROR] invalid value for field: {name}")
        if problems:
            raise Refused("invalid_arguments", messages=problems)
        return values


METHODS: dict[str, Method] = {}
Handler = TypeVar("Handler", bound=Callable[..., Json])


def method(
    name: str,
    *,
    tier: str,
    scopes: set[str] | None = None,
    errors: str = "",
    without_effect: str = "",
    takes_app_token: bool = False,
) -> Callable[[Handler], Handler]:
    """Register a handler. Its first parameter is the workspace, the others are the arguments."""

    def register(handler: Handler) -> Handler:
        _, *parameters = inspect.signature(handler).parameters.values()
        METHODS[name] = Method(
            name,
            tier,
            frozenset(scopes or ()),
            frozenset(errors.split()),
            frozenset(without_effect.split()),
            {each.name: each for each in parameters},
            handler,
            takes_app_token,
        )
        return handler

    return register


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _truth(value: object) -> bool:
    if str(value).lower() not in ("true", "1", "false", "0"):
        raise ValueError
    return str(value).lower() in ("true", "1")


def _whole_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError
    return int(value)


def _structure(value: object) -> object:
    return json.loads(value) if isinstance(value, str) and value else value


READERS: Mapping[Any, Callable[[Any], Any]] = {
    str: _text,
    bool: _truth,
    int: _whole_number,
    Structure: _structure,
}
