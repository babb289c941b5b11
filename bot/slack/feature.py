"""Feature that retries failed event handlers."""

from datetime import timedelta

from bot.core.feature import Feature, Tick
from bot.slack import events

FEATURE = Feature(name="slack", ticks=(Tick("retry failed events", timedelta(minutes=1), events.retry_due),))
