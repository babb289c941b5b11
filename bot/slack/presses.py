"""What follows a press on a button, after its own listener has done its work."""

import inspect
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Args, Respond

from bot.core.events import SuggestionUsed
from bot.core.message import Block
from bot.core.nudge import suggestion_of
from bot.core.work import Bot
from bot.slack.payload import Payload, sender
from bot.slack.replies import ignoring_slack_errors

logger = logging.getLogger(__name__)

AfterPress = Callable[[Payload, Respond | None], None]


def followed(listener: Callable[..., Any], after: AfterPress) -> Callable[[Args], None]:
    """The listener is not kept waiting, and may redraw its message first. It gets the arguments that it names."""

    def run(args: Args) -> None:
        names = inspect.signature(listener).parameters  # Not on registration: there are a hundred listeners.
        try:
            listener(**{name: getattr(args, name) for name in names})
        finally:
            try:
                after(args.body, args.context.respond)
            except Exception:
                logger.exception("a button press could not be recorded")

    return run


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
