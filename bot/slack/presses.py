"""What follows a press on a button, after its own listener has done its work."""

import logging
from functools import partial

from slack_bolt import Respond

from bot.core.events import SuggestionUsed
from bot.core.message import Block
from bot.core.nudge import suggestion_of
from bot.core.work import Bot
from bot.slack.payload import Payload, sender
from bot.slack.replies import ignoring_slack_errors

logger = logging.getLogger(__name__)


def record_press(bot: Bot, body: Payload, respond: Respond | None) -> None:
    """Record what a pressed button was for. The press itself has done its work, so a failure is only logged."""
    try:
        note_suggestion(bot, body, respond)
    except Exception:
        logger.exception("a button press could not be recorded")


def note_suggestion(bot: Bot, body: Payload, respond: Respond | None) -> None:
    """A pressed suggestion was used; the message shows it from now on, without a sound."""
    message = body.get("message") or {}
    shown: list[Block] = message.get("blocks") or []
    for action in body.get("actions") or []:
        suggestion_id = suggestion_of(action)
        if suggestion_id is not None:
            with bot.begin() as work:
                used = SuggestionUsed(sender(body), suggestion_id, action["action_id"], shown)
                [drawn] = work.raise_(used) or [shown]
            if drawn != shown and respond is not None:
                ignoring_slack_errors(
                    partial(respond, text=message.get("text", ""), blocks=drawn, replace_original=True)
                )
