"""Validation of Block Kit, and generation of missing ids, as Slack does it."""

import copy
from collections import Counter
from collections.abc import Callable, Iterable

from bot.slacksim.block_checks import MESSAGE, Report
from bot.slacksim.block_rules import MESSAGE_BLOCKS, VIEWS
from bot.slacksim.errors import Refused
from bot.slacksim.state import Content, Json, elements_in

NewId = Callable[[str], str]


def accepted(blocks: Content, error: str, new_id: NewId) -> list[Json]:
    """Validate a message's blocks and return a copy with ids. Raises Refused with the locations of errors."""
    if not blocks:
        return []
    report = Report(MESSAGE)
    MESSAGE_BLOCKS(report, blocks, "/blocks")
    if not report.problems:
        _check_together(report, blocks, "/blocks")
    _refuse(report, error)
    return _with_ids(blocks, new_id)


def accepted_view(view: Json, expected: str, new_id: NewId) -> Json:
    report = Report(expected)
    if view.get("type") != expected:
        report.note(f"must be a {expected}", "/view/type")
    else:
        VIEWS[expected](report, view, "/view")
    if not report.problems:
        _check_together(report, view["blocks"], "/view/blocks")
        _check_submit(report, view)
    _refuse(report, "invalid_arguments")
    return view | {"blocks": _with_ids(view["blocks"], new_id)}


def _refuse(report: Report, error: str) -> None:
    if report.problems:
        raise Refused(error, messages=report.problems)


def _check_together(report: Report, blocks: list[Json], at: str) -> None:
    """Check constraints across blocks: unique ids, and at most one focused element."""
    for name in _repeated(block.get("block_id") for block in blocks):
        report.note(f"block_id `{name}` already exists", at)
    for number, block in enumerate(blocks):
        for name in _repeated(element.get("action_id") for _, element in elements_in([block])):
            report.note(f"action_id `{name}` already exists", f"{at}/{number}")
    if sum(bool(element.get("focus_on_load")) for _, element in elements_in(blocks)) > 1:
        report.note("only one element can be focused on load", at)


def _repeated(names: Iterable[str | None]) -> list[str]:
    return [name for name, times in Counter(names).items() if name and times > 1]


def _check_submit(report: Report, view: Json) -> None:
    if view["type"] == "modal" and "submit" not in view and any(each["type"] == "input" for each in view["blocks"]):
        report.note("missing required field: submit, as there is an input block", "/view")


def _with_ids(blocks: list[Json], new_id: NewId) -> list[Json]:
    named = copy.deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", new_id("b"))
    for _, element in elements_in(named):
        element.setdefault("action_id", new_id("a"))
    return named
