"""Replies through a response_url, which allows five posts within 30 minutes.

Bolt's own `respond` doesn't report refusals, follows redirects and posts to any address.
"""

import json
import logging
import re
from collections.abc import Callable
from functools import partial
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookResponse

from bot.core.connection import NotSentError, certificates, send
from bot.slack.payload import Payload, sender
from bot.slack.replies import show_window, understood

logger = logging.getLogger(__name__)

SLACKS = ("https://hooks.slack.com/", "https://hooks.slack-gov.com/")
SECONDS = 5
"""Timeout; a person is waiting."""
CODE = re.compile(r"[a-z_]{1,50}")
BLOCKS_REFUSED = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}


class Reply(Respond):
    """Replacement of Bolt's `respond` for one request: logs a refusal and replies in another way."""

    def __init__(self, body: Payload, client: WebClient) -> None:
        super().__init__(response_url=body.get("response_url"), proxy=client.proxy)
        self.body, self.client = body, client

    def __call__(  # type: ignore[override]
        self,
        text: str,
        blocks: list[dict[str, Any]] | None = None,
        *,
        response_type: str | None = None,
        replace_original: bool | None = None,
    ) -> WebhookResponse:
        url = self.response_url or ""
        given = {"text": text, "blocks": blocks, "response_type": response_type, "replace_original": replace_original}
        message = {name: value for name, value in given.items() if value is not None}
        if not is_slacks(url, self.client.base_url):
            status, code = 0, "another_address"
        else:
            status, code = post(url, message, self.client.proxy)
        if code:
            self._tell_otherwise(code, message)
        return WebhookResponse(url=url, status_code=status, body=code, headers={})

    def _tell_otherwise(self, code: str, message: dict[str, Any]) -> None:
        is_our_mistake = code in BLOCKS_REFUSED
        logger.log(logging.ERROR if is_our_mistake else logging.WARNING, "an answer was refused", extra={"code": code})
        words = {"text": message["text"]} | ({} if is_our_mistake else {"blocks": message.get("blocks")})
        ways: tuple[Callable[[], None], ...] = (
            partial(self._post, words, replaces=bool(message.get("replace_original"))),
            partial(show_window, self.body, self.client, message["text"]),
        )
        for tell in ways:
            try:
                return tell()
            except (SlackClientError, OSError) as failure:
                logger.warning("a person could not be told", extra={"code": code_of(failure)})

    def _post(self, words: dict[str, Any], *, replaces: bool) -> None:
        channel_id = (self.body.get("channel") or {}).get("id") or self.body.get("channel_id", "")
        shown = self.body.get("message")  # Missing for ephemeral messages, which can't be updated.
        if replaces and shown:
            self.client.chat_update(channel=channel_id, ts=shown["ts"], **words)
        else:
            self.client.chat_postEphemeral(channel=channel_id, user=sender(self.body), **words)


def is_slacks(url: str, api_url: str) -> bool:
    """Return whether a URL belongs to Slack: its webhook hosts, or the host of the configured Web API."""
    api = urlsplit(api_url)
    return url.startswith((*SLACKS, f"{api.scheme}://{api.netloc}/"))


def post(url: str, message: dict[str, Any], proxy: str | None) -> tuple[int, str]:
    """Post a message. Returns HTTP status and error code; the code is empty on success."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = Request(url, json.dumps(message).encode(), headers, method="POST")  # noqa: S310 - see is_slacks
    try:
        return send(request, timeout=SECONDS, context=certificates(), proxy=proxy).status, ""
    except HTTPError as refusal:
        code = refusal.read().decode("utf-8", "replace")
        return refusal.code, code if CODE.fullmatch(code) else f"http_{refusal.code}"
    except (OSError, HTTPException, NotSentError) as failure:
        return 0, type(failure).__name__


def code_of(failure: Exception) -> str:
    return understood(failure) if isinstance(failure, SlackApiError) else type(failure).__name__
