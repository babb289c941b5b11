"""How things go wrong here: Slack refuses a call, or a person tries what their Slack would not let them do."""

from bot.slacksim.state import Content


class Refused(Exception):
    """An `ok: false` answer. What else the answer says stands in `extra`."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **extra: Content) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra | ({"response_metadata": {"messages": messages}} if messages else {})


class NotPossible(Exception):
    """There is no such button, or this person may not do that: the story told in a test is wrong."""


class NotGuaranteedError(Exception):
    """A call whose outcome Slack does not promise: the bot must not make it, even if it often works."""


class UndocumentedError(Exception):
    """A mistake in this simulation: Slack's reference does not give the method this error."""
