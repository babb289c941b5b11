"""Cooldown of shoutout offers."""

from datetime import datetime, timedelta

REST = timedelta(days=1)


def may_be_offered(offered_at: datetime | None, now: datetime) -> bool:
    """Return whether the cooldown is over. Once a day, because people celebrate with emoji all the time."""
    return offered_at is None or offered_at + REST <= now
