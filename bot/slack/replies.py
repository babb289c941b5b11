"""Saying something at once to the person who just pressed, typed or sent: the only words that skip the outbox."""

import logging
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core import blocks
from bot.core.page import Page
from bot.core.work import Bot
from bot.slack.payload import Payload

logger = logging.getLogger(__name__)


def say(body: Payload, client: WebClient, respond: Respond | None, sentence: str) -> None:
    """Beside the message, or in a small window where there is none (Home)."""
    if body.get("response_url") and respond is not None:
        respond(text=sentence, response_type="ephemeral", replace_original=False)
    elif body.get("trigger_id"):
        client.views_open(trigger_id=body["trigger_id"], view=window(sentence))


def window(sentence: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": blocks.plain_text("Weft", 24),
        "close": blocks.plain_text("Close", 24),
        "blocks": [blocks.section(sentence)],
    }


def show_home(bot: Bot, client: WebClient, person_id: str, page: Page = Page.TODAY) -> None:
    """Draw a page of a person's Home as it is now."""
    with bot.look() as work:
        view = blocks.home(bot.plugs.draw_home(work, person_id, page), page)
    try:
        client.views_publish(user_id=person_id, view=view)
    except SlackApiError as refusal:
        # Somebody who can't have a Home (a guest of another workspace) misses nothing else by it.
        logger.warning("a Home could not be shown", extra={"code": understood(refusal)})
    except (SlackClientError, OSError) as failure:
        logger.warning("a Home could not be shown", extra={"kind": type(failure).__name__})


def understood(refusal: SlackApiError) -> str:
    """slack_sdk puts the whole page here when the answer was not Slack's: a proxy's, for example."""
    code = str(refusal.response.get("error", ""))
    return code if code.replace("_", "").isalnum() else "not_an_answer"
