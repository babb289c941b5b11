"""When Slack is read again: once a day, when the process starts, and soon after events are known to be lost.

Slack sends an event once. It may have come while no process was running, or the process that acknowledged it may have
died of it.
"""

from datetime import datetime, timedelta

from bot.core.work import Bot

EVERY = timedelta(days=1)
AT_MOST_EVERY = timedelta(minutes=10)
"""However often the process starts, or events are lost."""
HANDFUL, SHARE = 5, 10
"""More than five people, and more than one in ten, don't leave at once without our having heard of it."""
SUSPECT_BEFORE = "rereading: suspect before"
"""What was read before this moment may be outdated."""


def request(bot: Bot) -> None:
    """Something was missed: everything that was read up to this moment is read again."""
    bot.memory[SUSPECT_BEFORE] = bot.clock.now() + timedelta(microseconds=1)


def is_due(bot: Bot, read_at: datetime | None, *, not_before: datetime | None = None) -> bool:
    """The first call, when the process starts, is a request as well. What was read earlier than `not_before` is
    outdated.
    """
    now = bot.clock.now()
    suspect_before = bot.memory.setdefault(SUSPECT_BEFORE, now)
    if read_at is None or (not_before is not None and read_at < not_before):
        return True
    if read_at > now:  # Read while this machine's clock was wrong: no one knows when.
        return True
    return now - read_at >= (AT_MOST_EVERY if read_at < suspect_before else EVERY)


def is_doubtful(missing: int, known: int) -> bool:
    """So many are missing from a list that it may be incomplete. Then it is believed only when the next one agrees."""
    return missing > HANDFUL and missing * SHARE > known
