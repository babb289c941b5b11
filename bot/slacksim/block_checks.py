"""Building blocks of the Block Kit rules: functions that return checks, which report errors and where they are."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.slacksim.state import Content, Json

MODAL, HOME, MESSAGE = "modal", "home", "message"


@dataclass
class Report:
    """Errors in Slack's format: a sentence and a JSON pointer."""

    surface: str
    problems: list[str] = field(default_factory=list)

    def note(self, problem: str, at: str) -> None:
        self.problems.append(f"[ERROR] {problem} [json-pointer:{at}]")


Check = Callable[[Report, Content, str], None]


def string(longest: int, shortest: int = 1) -> Check:
    def check(report: Report, value: Content, at: str) -> None:
        if not isinstance(value, str):
            report.note("must provide a string", at)
        elif len(value) > longest:
            report.note(f"must be less than {longest + 1} characters", at)
        elif len(value) < shortest:
            report.note(f"must be more than {shortest - 1} characters", at)

    return check


def pattern(expression: str) -> Check:
    def check(report: Report, value: Content, at: str) -> None:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            report.note(f"failed to match {expression}", at)

    return check


def whole(lowest: int, highest: int) -> Check:
    def check(report: Report, value: Content, at: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            report.note(f"must be a whole number from {lowest} to {highest}", at)

    return check


def boolean(report: Report, value: Content, at: str) -> None:
    if not isinstance(value, bool):
        report.note("must be a boolean", at)


def anything(report: Report, value: Content, at: str) -> None:
    """Accept any value, for structures that are not modeled here."""


def one_of(*allowed: str) -> Check:
    def check(report: Report, value: Content, at: str) -> None:
        if value not in allowed:
            report.note(f"must be one of {', '.join(allowed)}", at)

    return check


def several(each: Check, most: int, least: int = 1) -> Check:
    def check(report: Report, value: Content, at: str) -> None:
        if not isinstance(value, list):
            report.note("must provide an array", at)
            return
        if len(value) > most:
            report.note(f"no more than {most} items allowed", at)
        if len(value) < least:
            report.note(f"no less than {least} items allowed", at)
        for number, item in enumerate(value):
            each(report, item, f"{at}/{number}")

    return check


@dataclass(frozen=True)
class Shape:
    """Schema of an object: required and optional fields, and no others."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    also: Callable[[Report, Json, str], None] | None = None
    surfaces: frozenset[str] = frozenset({MODAL, HOME, MESSAGE})

    def __call__(self, report: Report, value: Content, at: str) -> None:
        if not isinstance(value, dict):
            report.note("must provide an object", at)
            return
        before = len(report.problems)
        for name in self.required.keys() - value.keys():
            report.note(f"missing required field: {name}", at)
        for name, inside in value.items():
            check = self.required.get(name) or self.optional.get(name)
            if check is not None:
                check(report, inside, f"{at}/{name}")
            elif name != "type":
                report.note(f"invalid additional property: {name}", at)
        # Further checks require a well-formed object.
        if self.also is not None and len(report.problems) == before:
            self.also(report, value, at)


def typed(shapes: Mapping[str, Shape]) -> Check:
    """Check an object against the schema for its `type`."""

    def check(report: Report, value: Content, at: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        shape = shapes.get(kind) if isinstance(kind, str) else None
        if shape is None:
            report.note(f"unsupported type: {kind}", f"{at}/type")
        elif report.surface not in shape.surfaces:
            report.note(f"{kind} is not available in a {report.surface}", f"{at}/type")
        else:
            shape(report, value, at)

    return check


def text(longest: int, *kinds: str) -> Check:
    inside = string(longest)
    known = {
        "plain_text": Shape({"text": inside}, {"emoji": boolean}),
        "mrkdwn": Shape({"text": inside}, {"verbatim": boolean}),
    }
    return typed({kind: known[kind] for kind in kinds or known})
