"""Two types of Slack clients, so that code can't take the one for the other. `slack/client.py` makes them."""

from typing import NewType

from slack_sdk import WebClient

ReadingClient = NewType("ReadingClient", WebClient)
"""Tries again when a connection breaks. Calls must be safe to repeat."""
PostingClient = NewType("PostingClient", WebClient)
"""Sends each request once."""
