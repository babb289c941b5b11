"""The form in which an admin chooses where contact is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError

CHOOSE_FORM = "counting_choose_form"
WHERE, CHANNELS = "counting_where", "counting_channels"
NOWHERE, SOME, EVERYWHERE = "nowhere", "some", "everywhere"
LABELS = {
    NOWHERE: "Nowhere",
    SOME: "In the channels below",
    EVERYWHERE: "In every public channel that Weft is in",
}
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
        "placeholder": plain_text("Choose public channels", 150),
    }
    if where and not everywhere:
        channels["initial_channels"] = list(where)[:MOST_CHANNELS]
    hint = "I join them and tell each that contact is counted there. Private channels are never counted."
    options = [option(words, value) for value, words in LABELS.items()]
    return form(
        CHOOSE_FORM,
        "Count contact",
        "Save",
        [
            field(WHERE, "Where is contact counted?", select(options, chosen=current)),
            field(CHANNELS, "Channels", channels, hint=hint, optional=True),
        ],
    )


def read_choice(answers: dict[str, Any]) -> Chosen:
    where, channel_ids = answers.get(WHERE), tuple(answers.get(CHANNELS) or ())
    if where == SOME and not channel_ids:
        raise FormError(CHANNELS, "Please choose a channel, or choose Nowhere above.")
    return Chosen(where == EVERYWHERE, channel_ids if where == SOME else ())
