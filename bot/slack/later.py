"""Forms about which Slack has to be asked before they can be taken.

Slack waits three seconds for the answer to a form, and may itself take longer to tell what is asked. So the form is
acknowledged with "one moment"; then Slack is asked, and they see what comes next, or their form again with all that
they filled in and a sentence at its field.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.core.errors import FormError
from bot.slack.client import SLACK_FAILURES, reading_client
from bot.slack.filled_form import again
from bot.slack.payload import Payload
from bot.slack.replies import ONE_MOMENT, apology, redraw, window

logger = logging.getLogger(__name__)

AFTER = "weft_after_acknowledging"


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
    body: Payload,
    client: WebClient,
    go_on: Callable[[], dict[str, Any]],
    then: Callable[[], None],
    draw_later: Callable[[Callable[[], None]], None],
) -> None:
    """`draw_later` draws once more: Slack may apply the acknowledgement after what we drew, and "one moment" stays.

    Source: slackapi/bolt-python#481, slackapi/bolt-js#1080.
    """
    view, is_taken = see(body, go_on)
    # Drawn twice it is the same: trouble on the way is no reason to leave them with "one moment".
    draw = partial(redraw, reading_client(client.token or "", client.base_url), body["view"]["id"], view)
    draw_later(draw)
    draw()
    if is_taken:
        then()


def see(body: Payload, go_on: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """What they see next, and whether the form was taken."""
    try:
        return go_on(), True
    except SLACK_FAILURES as failure:
        logger.warning("Slack did not answer", extra={"kind": type(failure).__name__})
        return again(body["view"], "Slack does not answer at the moment. Please send this again in a minute."), False
    except Exception as error:
        field = error.field if isinstance(error, FormError) else None
        return again(body["view"], apology(error), field=field), False
