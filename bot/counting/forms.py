"""The form in which an admin chooses where contact is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError
from bot.counting import texts

CHOOSE_FORM = "counting_choose_form"
WHERE, CHANNELS = "counting_where", "counting_channels"
NOWHERE, SOME, EVERYWHERE = "nowhere", "some", "everywhere"
LABELS = {NOWHERE: texts.NOWHERE, SOME: texts.IN_THESE, EVERYWHERE: texts.EVERYWHERE}
MOST_CHANNELS = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    everywhere: bool
    channel_ids: tuple[str, ...]


def choose_form(where: Sequence[str], *, everywhere: bool) -> dict[str, Any]:
    current = EVERYWHERE if everywhere else SOME if where else NOWHERE
    channels: dict[str, Any] = {
        "type": "multi_channels_select",
        "max_selected_items": MOST_CHANNELS,
        "placeholder": plain_text(texts.CHANNELS_EXAMPLE(), 150),
    }
    if where and not everywhere:
        channels["initial_channels"] = list(where)[:MOST_CHANNELS]
    options = [option(label(), value) for value, label in LABELS.items()]
    fields = [
        field(WHERE, texts.WHERE(), select(options, chosen=current)),
        field(CHANNELS, texts.WHICH_CHANNELS(), channels, hint=texts.CHANNELS_HINT(), optional=True),
    ]
    return form(CHOOSE_FORM, texts.COUNT_INTERACTIONS(), texts.SAVE(), fields)


def read_choice(answers: dict[str, Any]) -> Chosen:
    where, channel_ids = answers.get(WHERE), tuple(answers.get(CHANNELS) or ())
    if where == SOME and not channel_ids:
        raise FormError(CHANNELS, texts.NO_CHANNEL())
    return Chosen(where == EVERYWHERE, channel_ids if where == SOME else ())
