"""Metrics hooks of the bot. By default they do nothing; the health endpoint turns them on."""

import enum


class Outcome(enum.StrEnum):
    """Result of an attempt to send a message."""

    SENT = "sent"
    FOUND = "found"
    """An earlier attempt had succeeded: the message was found in Slack and not posted again."""
    LATER = "later"
    UNCERTAIN = "uncertain"
    LASTING = "given_up"
    OURS = "installation_broken"


class Metrics:
    """No-op metrics sink. Receives types, counts and durations; never people, texts or tokens."""

    def acknowledged(self, kind: str, seconds: float) -> None:
        """Record the time until an interaction or event was acknowledged."""

    def listened(self, kind: str, seconds: float) -> None:
        """Record the time until an interaction or event was fully handled."""

    def tick_ended(self, tick: str, *, well: bool) -> None:
        pass

    def tried(self, outcome: Outcome, code: str = "") -> None:
        """Record an attempt to send a message, with Slack's error code."""

    def turned_away(self, method: str) -> None:
        """Record a 429 (rate limited) response."""


NULL_METRICS = Metrics()
