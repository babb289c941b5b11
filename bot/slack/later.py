"""Forms about which Slack has to be asked before they can be taken.

Slack waits three seconds for the answer to a form, and may itself take longer to tell what is asked. So the form is
acknowledged with "one moment"; then Slack is asked, and they see what comes next, or their form again with all that
they filled in and a sentence at its field.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.core.blocks import section
from bot.core.errors import FormError
from bot.core.message import Block
from bot.slack.client import reading_client
from bot.slack.payload import Payload
from bot.slack.replies import ONE_MOMENT, apology, redraw, window

logger = logging.getLogger(__name__)

AFTER = "weft_after_acknowledging"
TOLD = "weft_told"
"""The block with what was wrong."""
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
"""Where Slack reports what stands in an element, and how an element is drawn with it."""


def nothing_more() -> None:
    return None


def ask_first(
    ack: Ack,
    context: BoltContext,
    body: Payload,
    client: WebClient,
    go_on: Callable[[], dict[str, Any]],
    then: Callable[[], None] = nothing_more,
) -> None:
    """`go_on` asks Slack, does what the form is for, and says what they see then. What it raises is told at the form.

    `then`: what may take long and changes nothing of what they see.
    """
    # First this: with the acknowledgement Bolt's answer may be gone.
    context[AFTER] = partial(answer, body, client, go_on, then)
    ack(response_action="update", view=window(ONE_MOMENT))


def answer(
    body: Payload, client: WebClient, go_on: Callable[[], dict[str, Any]], then: Callable[[], None] = nothing_more
) -> None:
    view, is_taken = see(body, go_on)
    # Drawn twice it is the same: trouble on the way is no reason to leave them with "one moment".
    redraw(reading_client(client.token or "", client.base_url), body["view"]["id"], view)
    if is_taken:
        then()


def see(body: Payload, go_on: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """What they see next, and whether the form was taken."""
    try:
        return go_on(), True
    except (SlackClientError, OSError) as failure:
        logger.warning("Slack did not answer", extra={"kind": type(failure).__name__})
        return again(body["view"], "Slack does not answer at the moment. Please send this again in a minute."), False
    except Exception as error:
        field = error.field if isinstance(error, FormError) else None
        return again(body["view"], apology(error), field=field), False


def again(view: dict[str, Any], sentence: str, *, field: str | None = None) -> dict[str, Any]:
    """The form as they sent it, and what was wrong with it below its field, or on top."""
    blocks = [filled(block, view["state"]["values"]) for block in view["blocks"] if block.get("block_id") != TOLD]
    place = next((number for number, block in enumerate(blocks, 1) if block.get("block_id") == field), 0)
    told = section(f":warning: {sentence}") | {"block_id": TOLD}
    drawn = {"type": "modal", "blocks": [*blocks[:place], told, *blocks[place:]]}
    return drawn | {name: view[name] for name in KEPT if view.get(name)}


def filled(block: Block, values: Mapping[str, Any]) -> Block:
    """An input with what stands in it now, and nothing where they emptied it."""
    element = block.get("element") or {}
    if element.get("type") not in FILLED:
        return block
    reported, preset = FILLED[element["type"]]
    bare = {name: value for name, value in element.items() if name != preset}
    content = values.get(block["block_id"], {}).get(element["action_id"], {}).get(reported)
    return block | {"element": bare | {preset: content} if content else bare}
