"""What the parts of the bot tell of their work to whoever watches over it: nobody, unless the settings ask for it."""

import enum


class Outcome(enum.StrEnum):
    """What became of an attempt to send a message."""

    SENT = "sent"
    FOUND = "found"
    """An earlier attempt had reached Slack: the message was found there and not posted again."""
    LATER = "later"
    UNCERTAIN = "uncertain"
    LASTING = "given_up"
    OURS = "installation_broken"


class Watcher:
    """Hears of kinds, counts and durations; never of people, their words or tokens."""

    def acknowledged(self, kind: str, seconds: float) -> None:
        """Slack had its answer to a click, a command or an event."""

    def listened(self, kind: str, seconds: float) -> None:
        """All that a click, a command or an event brings about was done."""

    def tick_ended(self, tick: str, *, well: bool) -> None:
        pass

    def tried(self, outcome: Outcome, code: str = "") -> None:
        """A message was tried to be sent; the code is Slack's."""

    def turned_away(self, method: str) -> None:
        """Slack answered 429."""


NOBODY = Watcher()
