"""Forms that need a Slack call before they can be accepted.

Slack waits three seconds for the response to a form, and a call may take longer. So the form is acknowledged with a
"one moment" view, then Slack is called, and the view is updated with the next step, or with the same form, its input
and an error message at the field.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, BoltContext
from slack_sdk import WebClient

from bot.core.errors import FormError
from bot.slack import texts
from bot.slack.client import SLACK_FAILURES, reading_client
from bot.slack.filled_form import again
from bot.slack.payload import Payload
from bot.slack.replies import apology, redraw, window

logger = logging.getLogger(__name__)

AFTER = "weft_after_acknowledging"


def nothing_more() -> None:
    return None


def ack_then_update_view(
    ack: Ack,
    context: BoltContext,
    body: Payload,
    client: WebClient,
    go_on: Callable[[], dict[str, Any]],
    then: Callable[[], None] = nothing_more,
) -> None:
    """Acknowledge with "one moment", then call `go_on`: it calls Slack, performs the action and returns the next view.
    Its exceptions are shown in the form.

    `then` runs last: for slow work that doesn't affect the view.
    """
    # Set before ack(): Bolt may send the response while acknowledging.
    context[AFTER] = partial(answer, body, client, go_on, then)
    ack(response_action="update", view=window(texts.ONE_MOMENT()))


def answer(
    body: Payload,
    client: WebClient,
    go_on: Callable[[], dict[str, Any]],
    then: Callable[[], None],
    draw_later: Callable[[Callable[[], None]], None],
) -> None:
    """Run the deferred action and show its result.

    `draw_later` schedules a second identical update: Slack may apply the acknowledgement after our first one, and "one
    moment" would stay. Source: slackapi/bolt-python#481, slackapi/bolt-js#1080.
    """
    view, is_taken = run_and_render(body, go_on)
    # The update is idempotent, so a client with retries is safe; without them a failure would leave "one moment".
    draw = partial(redraw, reading_client(client.token or "", client.base_url), body["view"]["id"], view)
    draw_later(draw)
    draw()
    if is_taken:
        then()


def run_and_render(body: Payload, go_on: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Run the action. Returns the next view, and whether the form was accepted."""
    try:
        return go_on(), True
    except SLACK_FAILURES as failure:
        logger.warning("Slack did not answer", extra={"kind": type(failure).__name__})
        return again(body["view"], texts.SLACK_IS_AWAY()), False
    except Exception as error:
        field = error.field if isinstance(error, FormError) else None
        return again(body["view"], apology(error), field=field), False
