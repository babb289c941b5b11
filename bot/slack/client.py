"""The clients: one that may ask twice, for reading, and one that never does, for posting."""

import logging
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackRequestError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.core.connection import send

TIMEOUT = 10
"""Seconds for a whole request. The carrier's lease counts on it: see HOLD."""

AT_ONCE = 20
"""Listeners at work at the same time. Most of their time they wait for Slack, a tenth of a second or more each."""

# What slack_sdk and Bolt log of requests and answers contains people's words, and at DEBUG the token. Whoever calls
# them says what went wrong, in codes.
logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)


def reading_client(token: str, api_url: str) -> WebClient:
    handlers = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
        RateLimitErrorRetryHandler(max_retry_count=5),
    ]
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=handlers)


class PostingClient(WebClient):
    """Sends each request once, on a connection that tells what was not sent and that ends in time."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        if not url.lower().startswith(("https://", "http://")):
            raise SlackRequestError(f"Invalid URL detected: {url}")
        reply = send(req, timeout=self.timeout, context=self.ssl, proxy=self.proxy)
        charset = reply.headers.get_content_charset() or "utf-8"
        return {"status": reply.status, "headers": reply.headers, "body": reply.content.decode(charset)}


def posting_client(token: str, api_url: str) -> WebClient:
    return PostingClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])
