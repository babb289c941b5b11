"""Errors of the simulation: refused calls, and actions that Slack's client would not allow."""

from bot.slacksim.state import Content


class Refused(Exception):
    """An `ok: false` response. `extra` holds its other fields."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **extra: Content) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra | ({"response_metadata": {"messages": messages}} if messages else {})


class NotPossible(Exception):
    """An action that Slack's client doesn't offer, or that this person may not do: the test is wrong."""


class NotGuaranteedError(Exception):
    """A call whose outcome Slack doesn't guarantee: the bot must not make it, even if it often works."""


class UndocumentedError(Exception):
    """A bug in this simulation: Slack's reference doesn't list this error for the method."""
