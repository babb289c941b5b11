"""Redraws a submitted form with its input and an error message."""

from collections.abc import Mapping
from typing import Any

from bot.core.blocks import section
from bot.core.message import Block
from bot.core.mrkdwn import Mrkdwn
from bot.slack import texts

TOLD = "weft_told"
"""Id of the block with the error message."""
KEPT = ("callback_id", "title", "submit", "close", "private_metadata")
FILLED: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
"""Element type: the key of its value in the view's state, and the key that presets the value."""


def again(view: dict[str, Any], sentence: str, *, field: str | None = None) -> dict[str, Any]:
    """Return the form with its input and the error below its field, or at the top if there is no such field."""
    blocks = [filled(block, view["state"]["values"]) for block in view["blocks"] if block.get("block_id") != TOLD]
    place = next((number for number, block in enumerate(blocks, 1) if block.get("block_id") == field), 0)
    told = section(texts.FORM_TROUBLE(sentence=Mrkdwn(sentence))) | {"block_id": TOLD}
    drawn = {"type": "modal", "blocks": [*blocks[:place], told, *blocks[place:]]}
    return drawn | {name: view[name] for name in KEPT if view.get(name)}


def filled(block: Block, values: Mapping[str, Any]) -> Block:
    """Preset an input with its current value, or clear it."""
    element = block.get("element") or {}
    if element.get("type") not in FILLED:
        return block
    reported, preset = FILLED[element["type"]]
    bare = {name: value for name, value in element.items() if name != preset}
    content = values.get(block["block_id"], {}).get(element["action_id"], {}).get(reported)
    return block | {"element": bare | {preset: content} if content else bare}
