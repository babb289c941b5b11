"""Events from Slack whose handlers failed are handled again."""

from datetime import timedelta

from bot.core.feature import Feature, Tick
from bot.slack import events

FEATURE = Feature(name="slack", ticks=(Tick("retry failed events", timedelta(minutes=1), events.retry_due),))
