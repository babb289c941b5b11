"""Schedule for resyncing with Slack: daily, on startup, and soon after events are known to be lost.

Slack sends an event once. It may arrive while no process runs, or the process that acknowledged it may crash before
handling it.
"""

from datetime import datetime, timedelta

from bot.core.work import Bot

RESYNC_INTERVAL = timedelta(days=1)
AT_MOST_EVERY = timedelta(minutes=10)
"""Minimum interval, no matter how often the process starts or events are lost."""
HANDFUL, SHARE = 5, 10
"""Removals of more than five people and more than one in ten at once are implausible without events for them."""
SUSPECT_BEFORE = "rereading: suspect before"
"""Key in the bot's memory: data read before this moment may be stale."""


def request(bot: Bot) -> None:
    """Request a resync after missed events: everything read until now counts as stale."""
    bot.memory[SUSPECT_BEFORE] = bot.clock.now() + timedelta(microseconds=1)


def is_due(bot: Bot, read_at: datetime | None, *, not_before: datetime | None = None) -> bool:
    """Return whether data read at `read_at` is stale, as is any from before `not_before`.

    The first call of a process counts as a request.
    """
    now = bot.clock.now()
    suspect_before = bot.memory.setdefault(SUSPECT_BEFORE, now)
    if read_at is None or (not_before is not None and read_at < not_before):
        return True
    if read_at > now:  # Read while the local clock was wrong, so its age is unknown.
        return True
    return now - read_at >= (AT_MOST_EVERY if read_at < suspect_before else RESYNC_INTERVAL)


def is_doubtful(missing: int, known: int) -> bool:
    """Return whether so many members are missing that the list may be incomplete: apply only if the next one agrees."""
    return missing > HANDFUL and missing * SHARE > known
