"""The form for a program's message templates, with examples."""

import re
from collections.abc import Mapping
from typing import Any

from bot.coffee.program import templates
from bot.coffee.program.templates import KNOWN, InvalidTemplateError, Template
from bot.coffee.setup.wording import blocks
from bot.coffee.texts import setup as texts
from bot.core.blocks import actions, button, context, divider, field, form, section
from bot.core.errors import FormError
from bot.core.message import Block
from bot.core.mrkdwn import Mrkdwn, plain

WORDING_FORM = "programs_wording_form"
FIELDS = {template: f"programs_wording_{template.value}" for template in Template}
FRESH = "~"
"""Precedes the number of resets in a field's id: Slack keeps what was typed while an id stays the same."""


def wording_form(
    words: Mapping[Template, str], *, about: str, turn: int = 0, shown: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """`shown`: values for examples; None without examples."""
    drawn = [block for template in Template for block in one(template, words.get(template, ""), turn, shown)]
    buttons = actions(button(texts.PREVIEW(), blocks.SHOW), button(texts.RESET(), blocks.RESET))
    return form(WORDING_FORM, texts.MESSAGES_TITLE(), texts.SAVE(), [*drawn, buttons], about=about)


def one(template: Template, words: str, turn: int, shown: Mapping[str, str] | None) -> list[Block]:
    known = KNOWN[template]
    box = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": templates.LONGEST,
        "initial_value": words or known.ours.template,
    }
    places = ", ".join(f"{{{name}}}" for name in known.places)
    hint = texts.YOU_CAN_USE(places=places)
    drawn = [field(f"{FIELDS[template]}{FRESH}{turn}", known.label(), box, hint=hint, optional=True)]
    return drawn if shown is None else [*drawn, *example(template, words, shown), divider()]


def example(template: Template, words: str, of: Mapping[str, str]) -> list[Block]:
    try:
        templates.check(template, words)
    except InvalidTemplateError as problem:
        return [context(texts.PROBLEM(problem=Mrkdwn(problem)))]
    return [section(templates.example(template, words, of))]


def read(answers: Mapping[str, Any], *, strict: bool = True) -> dict[Template, str]:
    """Return the templates typed. `strict`: raise FormError for an invalid one."""
    found = {}
    for name, typed in answers.items():
        by_field = {field_name: template for template, field_name in FIELDS.items()}
        template = by_field.get(name.partition(FRESH)[0])
        if template is not None:
            found[template] = plain(typed or "")
            if strict:
                check(name, template, found[template])
    return found


def check(name: str, template: Template, words: str) -> None:
    if len(words) > templates.LONGEST:
        raise FormError(name, texts.LETTERS_AT_MOST(length=len(words), most=templates.LONGEST))
    try:
        templates.check(template, words)
    except InvalidTemplateError as problem:
        raise FormError(name, str(problem)) from problem


def turn_of(answers: Mapping[str, Any]) -> int:
    turns = [name.partition(FRESH)[2] for name in answers]
    return max((int(turn) for turn in turns if re.fullmatch(r"[0-9]{1,9}", turn)), default=0)
