"""The clients: two that may ask twice, for reading, and one that never does, for posting."""

import logging
import re
from collections.abc import Mapping, Sequence
from json import JSONDecodeError
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError, SlackRequestError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.core.clients import PostingClient, ReadingClient
from bot.core.connection import send

TIMEOUT = 10
"""Seconds for a whole request. The carrier's lease counts on it: see HOLD."""

LONGEST_WAIT = 60
"""Seconds that a read waits for its turn. Slack's limits are per minute."""

SLACK_FAILURES = (SlackClientError, OSError, JSONDecodeError)
"""Slack refuses, can't be reached, or answers with something that isn't Slack's. From the second page of a list on,
slack_sdk raises what its JSON parser says instead of an error of its own."""

AT_ONCE = 20
"""Listeners at work at the same time. Most of their time they wait for Slack, a tenth of a second or more each."""

# What slack_sdk and Bolt log of requests and answers contains people's words, and at DEBUG the token. Whoever calls
# them says what went wrong, in codes.
logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)
logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)


class BoundedRateLimitHandler(RateLimitErrorRetryHandler):
    """Waits as Slack says, but in a thread that others wait for: what takes longer is a failure, to be tried later."""

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
    """No header at all means a second. What is no number of seconds was not written by Slack."""
    named = [value for name, value in headers.items() if name.lower() == "retry-after"]
    waits = [value if isinstance(value, str) else "".join(value) for value in named]
    return all(re.fullmatch(r"[0-9]{1,4}", wait) and int(wait) <= LONGEST_WAIT for wait in waits)


def reading_client(token: str, api_url: str) -> ReadingClient:
    handlers = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        ServerErrorRetryHandler(max_retry_count=2),
        BoundedRateLimitHandler(max_retry_count=5),
    ]
    return ReadingClient(WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=handlers))


def reads_of(client: WebClient) -> ReadingClient:
    """For reading in a handler or a listener. A rate limit is not waited for in the thread."""
    handlers = [ConnectionErrorRetryHandler(max_retry_count=2), ServerErrorRetryHandler(max_retry_count=2)]
    return ReadingClient(
        WebClient(token=client.token, base_url=client.base_url, timeout=TIMEOUT, retry_handlers=handlers)
    )


class SingleAttemptClient(WebClient):
    """Sends each request once, on a connection that tells what was not sent and that ends in time."""

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        if not url.lower().startswith(("https://", "http://")):
            raise SlackRequestError(f"Invalid URL detected: {url}")
        reply = send(req, timeout=self.timeout, context=self.ssl, proxy=self.proxy)
        charset = reply.headers.get_content_charset() or "utf-8"
        return {"status": reply.status, "headers": reply.headers, "body": reply.content.decode(charset)}


def posting_client(token: str, api_url: str) -> PostingClient:
    return PostingClient(SingleAttemptClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[]))
