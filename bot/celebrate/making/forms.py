"""Form fields shared by shoutouts and wins, and the edit form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.service import CHANGE, CHANNEL, PEOPLE, REACH, WORDS
from bot.celebrate.rules import LONGEST, by_name
from bot.celebrate.texts import forms as texts
from bot.core.blocks import context, field, form, option, plain_text, section
from bot.core.message import Block
from bot.core.mrkdwn import channel
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind, Reach

EDIT_FORM = "celebrate_edit_form"
LONGEST_TYPED = 3000
"""Slack's limit for a field. Longer than what is accepted, so that no input is truncated."""


def notes(sentences: Sequence[str]) -> list[Block]:
    """Render hints or an error above the fields."""
    return [section("\n".join(sentences))] if sentences else []


def words_field(kind: CelebrationKind, value: str) -> Block:
    return text_field(WORDS, texts.WORDS[kind](), value, example=texts.WORDS_EXAMPLE[kind]())


def change_field(kind: CelebrationKind, value: str) -> Block:
    return text_field(CHANGE, texts.CHANGE[kind](), value, example=texts.CHANGE_EXAMPLE[kind](), optional=True)


def text_field(name: str, label: str, value: str, *, example: str, optional: bool = False) -> Block:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST_TYPED,
        "placeholder": plain_text(example, 150),
    }
    if value:
        element["initial_value"] = value[:LONGEST_TYPED]
    hint = texts.UP_TO(limit=LONGEST) if len(value) > LONGEST else ""
    return field(name, label, element, hint=hint, optional=optional)


def people_field(label: str, chosen: Sequence[str], *, hint: str) -> Block:
    element = {"type": "multi_users_select", "placeholder": plain_text(texts.CHOOSE_PEOPLE(), 150)}
    if chosen:
        element["initial_users"] = list(chosen)
    return field(PEOPLE, label, element, hint=hint, optional=True)


def reach_fields(frame: FormContext, draft: Draft, *, private: str) -> list[Block]:
    """Render the choice of audience, and of a channel if none is given."""
    if frame.is_from_a_private_place:
        return [context(texts.STAYS_PRIVATE())]
    choices = [option(texts.EVERYONE(), Reach.CHANNEL.value), option(private, Reach.PRIVATE.value)]
    chosen = choices[0] if draft.reach is not Reach.PRIVATE else choices[1]
    drawn = [field(REACH, texts.REACH(), {"type": "radio_buttons", "options": choices, "initial_option": chosen})]
    if frame.channel_id is not None:
        return [*drawn, context(texts.POSTS_IN(channel=channel(frame.channel_id)))]
    ask = {"type": "channels_select", "placeholder": plain_text(texts.CHOOSE_CHANNEL(), 150)}
    return [*drawn, field(CHANNEL, texts.CHANNEL(), ask, hint=texts.CHOOSE_PUBLIC_CHANNEL(), optional=True)]


def read_draft(answers: dict[str, Any], frame: FormContext) -> Draft:
    wants = answers.get(REACH) or Reach.CHANNEL.value
    return Draft(
        words=answers.get(WORDS) or "",
        change=answers.get(CHANGE) or "",
        people=tuple(answers.get(PEOPLE) or ()),
        reach=Reach.PRIVATE if frame.is_from_a_private_place or wants == Reach.PRIVATE.value else Reach.CHANNEL,
    )


def edit_form(row: Celebration, names: Mapping[str, str]) -> dict[str, Any]:
    fields = [
        words_field(row.kind, by_name(row.words, names)),
        change_field(row.kind, by_name(row.change, names)),
    ]
    return form(EDIT_FORM, texts.EDIT_POST(), texts.SAVE(), fields, about=str(row.id))
