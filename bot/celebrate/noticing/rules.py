"""When somebody may be offered to make a message a shoutout."""

from datetime import datetime, timedelta

REST = timedelta(days=1)


def may_be_offered(offered_at: datetime | None, now: datetime) -> bool:
    """Once a day: people celebrate with emoji all day long, and mostly that is enough."""
    return offered_at is None or offered_at + REST <= now
