"""The Bolt app: registers the listeners of all features and answers failed requests."""

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, BoltRequest, BoltResponse, Respond
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.core.clients import PostingClient
from bot.core.errors import FormError
from bot.core.feature import Feature
from bot.core.mrkdwn import unmarked
from bot.core.work import Bot
from bot.slack import events, texts
from bot.slack.client import AT_ONCE
from bot.slack.listeners import ListenerPool
from bot.slack.ours import IS_OURS, Doorkeeper
from bot.slack.payload import Payload
from bot.slack.replies import apology, ignoring_slack_errors, say, window
from bot.slack.timing import TimedApp

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """The bot's own ids in Slack: as a user, as a bot and as an app."""

    user_id: str | None = None
    bot_id: str | None = None
    app_id: str | None = None


UNKNOWN_IDENTITY = BotIdentity()


def build_app(
    bot: Bot,
    client: PostingClient,
    features: Sequence[Feature],
    *,
    us: BotIdentity = UNKNOWN_IDENTITY,
    one_thread: bool = False,
) -> TimedApp:
    """`one_thread`: acknowledge only when the listener is done, so that tests see the result at once. Deferred work
    then runs when the simulated Slack confirms the acknowledgement.
    """
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=bot.workspace_id,
        bot_user_id=us.user_id,
        bot_id=us.bot_id,
        bot_token=client.token,
    )
    app = TimedApp(
        bot,
        name="weft_in_bolt",  # Without a name Bolt searches for one, which is slow.
        client=client,
        # Our identity is known. Otherwise Bolt calls auth.test on the first click, and loses the click if that fails.
        authorize=lambda: known,
        # Bolt's own loggers would write user input and Slack's responses.
        logger=logging.getLogger("slack_bolt"),
        # HTTP requests are verified before they are parsed, which Bolt would not do: cli/http.py.
        request_verification_enabled=False,
        process_before_response=one_thread,
        raise_error_for_unhandled_request=True,
        listeners=ListenerPool(AT_ONCE),
    )
    app.goes_on_when_told = one_thread
    app.error(answer_failure)
    app.use(Doorkeeper(bot.workspace_id, us.app_id))
    # Bolt asks one listener after the other, and events are by far the most frequent requests.
    events.listen(app, bot, features)
    for feature in features:
        if feature.listen is not None:
            feature.listen(app, bot)
    # Catch-all: events without a listener must be acknowledged too, or Slack retries them three times.
    app.event(re.compile(".*"))(ignore)
    return app


def ignore(ack: Ack) -> None:
    ack()


def answer_failure(
    error: Exception, body: Payload, client: WebClient, respond: Respond, request: BoltRequest
) -> BoltResponse:
    if IS_OURS not in request.context:  # Reply to no address that an unverified payload names.
        logger.warning("a request could not be read", extra={"kind": type(error).__name__})
        return BoltResponse(status=400)
    if isinstance(error, BoltUnhandledRequestError):
        return answer_unhandled(body, client, respond)
    sentence = apology(error)
    if body.get("type") == "view_submission":
        return beside_a_field(body, unmarked(sentence), field=error.field if isinstance(error, FormError) else None)
    ignoring_slack_errors(lambda: say(body, client, respond, sentence))
    return BoltResponse(status=200)


def answer_unhandled(body: Payload, client: WebClient, respond: Respond) -> BoltResponse:
    if body.get("type") == "view_submission":
        return to_form({"response_action": "update", "view": window(texts.OUTDATED())})
    if body.get("type") == "block_actions" or "command" in body:
        ignoring_slack_errors(lambda: say(body, client, respond, texts.OUTDATED()))
    return BoltResponse(status=200)


def beside_a_field(body: Payload, sentence: str, *, field: str | None) -> BoltResponse:
    """Show an error at a form field. The form stays open and keeps its input."""
    fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    place = field if field in fields else fields[0]
    return to_form({"response_action": "errors", "errors": {place: sentence}})


def to_form(answer: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]})
