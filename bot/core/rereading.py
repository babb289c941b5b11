"""What Slack knows better is read again once a day, and when the process starts: an event is told once, and it may have
come while nobody ran, or the process that acknowledged it may have died of it."""

from datetime import datetime, timedelta

from bot.core.work import Bot

EVERY = timedelta(days=1)
AT_MOST_EVERY = timedelta(minutes=10)
"""However often the process is started."""
STARTED = "rereading: started"


def is_due(bot: Bot, read_at: datetime | None) -> bool:
    """Asked for the first time when the process starts."""
    now = bot.clock.now()
    started_at = bot.memory.setdefault(STARTED, now)
    if read_at is None or read_at > now:  # Read while this machine's clock was wrong: no one knows when.
        return True
    return now - read_at >= (AT_MOST_EVERY if read_at < started_at else EVERY)
