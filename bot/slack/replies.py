"""Immediate replies to an interaction: the only messages that bypass the outbox."""

import logging
import uuid
from collections.abc import Callable
from typing import Any

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core import blocks
from bot.core.errors import UserError
from bot.core.events import HomeOpened
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.slack import texts
from bot.slack.client import SLACK_FAILURES
from bot.slack.filled_form import again
from bot.slack.payload import Payload, is_from_home, page_of, sender
from storage.db import is_busy

logger = logging.getLogger(__name__)


def apology(error: Exception) -> str:
    """Return the sentence for a failed interaction. Unexpected errors are logged under a reference number."""
    if isinstance(error, UserError):
        return str(error)
    if is_busy(error):
        logger.warning("a listener found the database busy", extra={"kind": type(error).__name__})
        return texts.BUSY()
    number = uuid.uuid4().hex[:8]
    logger.error("a listener failed", exc_info=error, extra={"number": number})
    return texts.FAULT(number=number)


def ignoring_slack_errors(tell: Callable[[], object]) -> None:
    """Run a reply and only log its failure: an expired response_url, for example, leaves no way to reply."""
    try:
        tell()
    except (SlackApiError, OSError) as failure:
        logger.warning("a person could not be told", extra={"kind": type(failure).__name__})


def say(body: Payload, client: WebClient, respond: Respond | None, sentence: str) -> None:
    """Reply with an ephemeral message, or in a modal where there is no conversation (Home)."""
    if body.get("response_url") and respond is not None:
        respond(text=sentence, response_type="ephemeral", replace_original=False)
    else:
        show_window(body, client, sentence)


def reply(bot: Bot, body: Payload, client: WebClient, respond: Respond, sentence: str) -> None:
    """Reply, or redraw Home if they pressed there, as it shows the change."""
    if is_from_home(body):
        show_home(bot, client, sender(body), page_of(body))
    else:
        say(body, client, respond, sentence)


def show_window(body: Payload, client: WebClient, sentence: str) -> None:
    """Show a sentence in a modal, on top of the current one. Does nothing for events, which have no trigger_id."""
    if body.get("trigger_id"):
        open_view(body, client, window(sentence), instead=lambda view: again(view, sentence))


def open_view(
    body: Payload,
    client: WebClient,
    view: dict[str, Any],
    *,
    instead: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> str:
    """Open a modal, on top of the current one if there is one. Returns its view id.

    Slack stacks at most three. Beyond that the top one is replaced with `instead(it)`, or `view` by default.
    """
    shown = body.get("view") or {}
    if shown.get("type") != "modal":
        opened: str = client.views_open(trigger_id=body["trigger_id"], view=view)["view"]["id"]
        return opened
    try:
        opened = client.views_push(trigger_id=body["trigger_id"], view=view)["view"]["id"]
        return opened
    except SlackApiError as refusal:
        if refusal.response.get("error") != "push_limit_reached":
            raise
    client.views_update(view_id=shown["id"], view=instead(shown) if instead else view)
    return str(shown["id"])


def open_then_draw(body: Payload, client: WebClient, draw: Callable[[], dict[str, Any]]) -> None:
    """Open a modal that needs a Slack call. It opens with "one moment": a trigger_id expires in three seconds."""
    view_id = open_view(body, client, window(texts.ONE_MOMENT()))
    try:
        view = draw()
    except UserError as problem:
        view = window(str(problem))
    except SLACK_FAILURES as failure:
        logger.warning("Slack did not answer", extra={"kind": type(failure).__name__})
        view = window(texts.SLACK_IS_AWAY())
    redraw(client, view_id, view)


def redraw(client: WebClient, view_id: str, view: dict[str, Any], *, seen: str = "") -> None:
    """Update a view. `seen`: hash of the view that was on screen; if it has changed since, the newer view stays."""
    try:
        client.views_update(view_id=view_id, view=view, **({"hash": seen} if seen else {}))
    except SlackApiError as refusal:
        if refusal.response.get("error") not in {"not_found", "hash_conflict"}:  # Closed by now, or updated already.
            raise


def window(sentence: str, *more: Block) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": blocks.plain_text(texts.WEFT(), 24),
        "close": blocks.plain_text(texts.CLOSE(), 24),
        "blocks": [blocks.section(sentence), *more],
    }


def show_home(bot: Bot, client: WebClient, person_id: str, page: Page = Page.TODAY) -> None:
    """Publish a page of a person's Home."""
    with bot.look() as work:
        view = blocks.home(home_page(work, person_id, page), page)
    try:
        client.views_publish(user_id=person_id, view=view)
    except SlackApiError as refusal:
        # Guests of another workspace can't have a Home. They miss nothing else.
        logger.warning("a Home could not be shown", extra={"code": understood(refusal)})
    except SLACK_FAILURES as failure:
        logger.warning("a Home could not be shown", extra={"kind": type(failure).__name__})


def home_page(work: Work, person_id: str, page: Page) -> list[Block]:
    return [block for drawn in work.raise_(HomeOpened(person_id, page)) for block in drawn]


def understood(refusal: SlackApiError) -> str:
    """Return Slack's error code. For a response that isn't Slack's, slack_sdk puts the whole page there."""
    code = str(refusal.response.get("error", ""))
    return code if code.replace("_", "").isalnum() else "not_an_answer"
