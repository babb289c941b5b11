"""Form fields shared by shoutouts and wins, and the edit form."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.service import CHANGE, CHANNEL, PEOPLE, REACH, WORDS
from bot.celebrate.rules import LONGEST, by_name
from bot.core.blocks import context, field, form, option, plain_text, section
from bot.core.message import Block
from bot.core.texts import channel
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind, Reach

EDIT_FORM = "celebrate_edit_form"
LONGEST_TYPED = 3000
"""Slack's limit for a field. Longer than what is accepted, so that no input is truncated."""


def notes(sentences: Sequence[str]) -> list[Block]:
    """Render hints or an error above the fields."""
    return [section("\n".join(sentences))] if sentences else []


def text_field(name: str, label: str, value: str, *, example: str, optional: bool = False) -> Block:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST_TYPED,
        "placeholder": plain_text(example, 150),
    }
    if value:
        element["initial_value"] = value[:LONGEST_TYPED]
    hint = f"Up to {LONGEST:,} characters." if len(value) > LONGEST else ""
    return field(name, label, element, hint=hint, optional=optional)


def people_field(label: str, chosen: Sequence[str], *, hint: str = "") -> Block:
    element: dict[str, Any] = {"type": "multi_users_select", "placeholder": plain_text("Choose people", 150)}
    if chosen:
        element["initial_users"] = list(chosen)
    return field(PEOPLE, label, element, hint=hint, optional=True)


def reach_fields(frame: FormContext, draft: Draft, *, private: str) -> list[Block]:
    """Render the choice of audience, and of a channel if none is given."""
    if frame.is_from_a_private_place:
        return [
            context("That message is in a private place: what you say about it stays private too, and has no link.")
        ]
    choices = [option("Everybody, in a channel", Reach.CHANNEL.value), option(private, Reach.PRIVATE.value)]
    chosen = choices[0] if draft.reach is not Reach.PRIVATE else choices[1]
    drawn = [field(REACH, "Who sees it", {"type": "radio_buttons", "options": choices, "initial_option": chosen})]
    if frame.channel_id is not None:
        return [*drawn, context(f"The channel is {channel(frame.channel_id)}.")]
    ask = {"type": "channels_select", "placeholder": plain_text("Choose a channel", 150)}
    return [*drawn, field(CHANNEL, "Channel", ask, hint="Where everybody can read it.", optional=True)]


def read_reach(answers: dict[str, Any], frame: FormContext) -> Reach:
    wants = answers.get(REACH) or Reach.CHANNEL.value
    return Reach.PRIVATE if frame.is_from_a_private_place or wants == Reach.PRIVATE.value else Reach.CHANNEL


def edit_form(row: Celebration, names: Mapping[str, str]) -> dict[str, Any]:
    label = "What worked?" if row.kind is CelebrationKind.WIN else "What did they do?"
    fields = [
        text_field(WORDS, label, by_name(row.words, names), example="In your own words"),
        text_field(
            CHANGE, "What changed because of it?", by_name(row.change, names), example="For whom?", optional=True
        ),
    ]
    return form(EDIT_FORM, "Edit", "Save", fields, about=str(row.id))
