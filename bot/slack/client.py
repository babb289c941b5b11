"""Slack clients: two with retries for reading, and one without for posting."""

import logging
import re
from collections.abc import Mapping, Sequence
from json import JSONDecodeError
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError, SlackRequestError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler, RetryState
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.core.clients import PostingClient, ReadingClient
from bot.core.connection import certificates, send

TIMEOUT = 10
"""Timeout of a whole request in seconds. The sender's lease relies on it: see HOLD."""

LONGEST_WAIT = 60
"""Longest Retry-After, in seconds, that a read waits for. Slack's limits are per minute."""

SLACK_FAILURES = (SlackClientError, OSError, JSONDecodeError)
"""Errors of a Slack call: refused, unreachable, or not Slack's response. From the second page of a list on, slack_sdk
raises its JSON parser's error instead of its own."""

AT_ONCE = 20
"""Concurrent listeners. They spend most of their time waiting for Slack, 0.1 seconds or more per call."""

# slack_sdk and Bolt log requests and responses with people's texts, and at DEBUG the token. Callers log error codes
# instead.
logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)


class BoundedRateLimitHandler(RateLimitErrorRetryHandler):
    """Retries after short rate limits only: a long wait would block the thread, so it fails and is retried later."""

    def _can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        is_limited = super()._can_retry(state=state, request=request, response=response, error=error)
        return is_limited and response is not None and is_short(response.headers)


def is_short(headers: Mapping[str, Sequence[str]]) -> bool:
    """Return whether Retry-After is acceptable. No header means one second; a malformed one isn't Slack's: no retry."""
    named = [value for name, value in headers.items() if name.lower() == "retry-after"]
    waits = [value if isinstance(value, str) else "".join(value) for value in named]
    return all(re.fullmatch(r"[0-9]{1,4}", wait) and int(wait) <= LONGEST_WAIT for wait in waits)


def reading_client(token: str, api_url: str) -> ReadingClient:
    handlers: list[RetryHandler] = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
        BoundedRateLimitHandler(max_retry_count=5),
    ]
    return ReadingClient(client_of(WebClient, token, api_url, handlers))


def reads_of(client: WebClient) -> ReadingClient:
    """Build a client for reads in a handler or a listener. A rate limit isn't waited out in its thread."""
    handlers: list[RetryHandler] = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
    ]
    return ReadingClient(client_of(WebClient, client.token, client.base_url, handlers))


class SingleAttemptClient(WebClient):
    """Sends each request once, on a connection that knows what was not sent and has a total timeout."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        if not url.lower().startswith(("https://", "http://")):
            raise SlackRequestError(f"Invalid URL detected: {url}")
        reply = send(req, timeout=self.timeout, context=self.ssl, proxy=self.proxy)
        charset = reply.headers.get_content_charset() or "utf-8"
        return {"status": reply.status, "headers": reply.headers, "body": reply.content.decode(charset)}


def posting_client(token: str, api_url: str) -> PostingClient:
    return PostingClient(client_of(SingleAttemptClient, token, api_url, []))


def client_of(kind: type[WebClient], token: str | None, api_url: str, handlers: list[RetryHandler]) -> WebClient:
    return kind(token=token, base_url=api_url, timeout=TIMEOUT, ssl=certificates(), retry_handlers=handlers)
