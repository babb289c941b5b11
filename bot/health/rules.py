"""Rules for unhealthy states: plain values in, sentences out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.calendar import next_working_moment

LOST_FOR = timedelta(minutes=1)
"""slack_sdk restores a lost connection within seconds; Slack itself requests a new one every few hours."""
STUCK_FOR = timedelta(minutes=10)
"""A large round takes longer, but messages go out all the time meanwhile."""
OVERDUE_BY = timedelta(minutes=10)
"""The tick that starts rounds runs every minute."""


FILE_GONE = (
    "The database file was deleted or replaced while Weft was running. Anything written now is lost when it stops. "
    "Stop Weft, restore the newest backup, and start it again."
)
UNHEARD_FOR = 5.0
"""Longest acceptable wait of an interaction for a thread, in seconds. Slack waits three."""


@dataclass(frozen=True, slots=True)
class Line:
    """Status of the connection to Slack."""

    is_connected: bool
    last_contact_at: datetime | None = None
    refusal: str | None = None
    """Slack's error code if it refuses the connection or the whole installation."""
    requests: int | None = None
    """Requests received in HTTP mode; None in Socket Mode."""


@dataclass(frozen=True, slots=True)
class Outbox:
    oldest_unsent_at: datetime | None = None
    last_sent_at: datetime | None = None


def troubles(
    line: Line,
    outbox: Outbox | None,
    overdue: int,
    now: datetime,
    *,
    unread_channels: int = 0,
    is_file_gone: bool = False,
    unheard: float = 0.0,
    unknown_codes: Collection[str] = (),
) -> list[str]:
    """Return a sentence for each problem. `outbox` is None if it can't be read; `unheard` is in seconds."""
    found: list[str] = []
    if line.refusal is not None:
        found.append(f"Slack rejected the token ({line.refusal}). Run `weft check` to see how to fix it.")
    elif is_lost(line, now):
        found.append("There's no connection to Slack.")
    if is_file_gone:
        found.append(FILE_GONE)
    if unheard > UNHEARD_FOR:
        found.append("Clicks aren't answered: all listener threads are stuck.")
    if outbox is None:
        return [*found, "The database isn't answering."]
    if is_stuck(outbox, now):
        found.append("Messages are due, and none are being sent.")
    if unknown_codes:
        codes = ", ".join(sorted(unknown_codes))
        found.append(f"Slack rejects messages with an error this version doesn't know ({codes}). Update Weft.")
    if overdue:
        found.append("A round is overdue.")
    if unread_channels:
        found.append("Can't read the members of a program's channel. The log has Slack's error.")
    return found


def is_lost(line: Line, now: datetime) -> bool:
    if line.is_connected:
        return False
    return line.last_contact_at is None or now - line.last_contact_at > LOST_FOR


def is_stuck(outbox: Outbox, now: datetime) -> bool:
    if outbox.oldest_unsent_at is None or now - outbox.oldest_unsent_at <= STUCK_FOR:
        return False
    return outbox.last_sent_at is None or now - outbox.last_sent_at > STUCK_FOR


def is_overdue(due_at: datetime, zone: str, now: datetime) -> bool:
    """Return whether a round is overdue. Rounds start in working hours: one due at night waits for the morning."""
    is_working_hour = next_working_moment(now, zone) == now
    return is_working_hour and now - next_working_moment(due_at, zone) > OVERDUE_BY
