"""The clients: one that may ask twice, for reading, and one that never does, for posting."""

import logging

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

TIMEOUT = 10
"""Seconds. Less than half of what the carrier's lease lasts."""

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


def posting_client(token: str, api_url: str) -> WebClient:
    return WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])
