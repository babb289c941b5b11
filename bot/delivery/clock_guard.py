"""Stops a process whose clock is wrong: what it decides and stores by that clock would stay."""

import logging
from datetime import datetime, timedelta

from bot.core.clock import Clock
from bot.delivery.carrier import Carrier

logger = logging.getLogger(__name__)

ASK_EVERY = timedelta(seconds=10)
"""Interval while the clock seems wrong. After a suspend it only seems so until Slack's time is fetched again."""


class ClockGuard:
    def __init__(self, carrier: Carrier, clock: Clock) -> None:
        self.carrier, self.clock = carrier, clock
        self.slack_time = carrier.slack.slack_time
        self.is_wrong = False
        self._ask_at = clock.monotonic()

    def check(self) -> bool:
        """Return whether this process may act."""
        if self.slack_time.is_clock_wrong:
            self.ask()
        was_wrong, self.is_wrong = self.is_wrong, self.slack_time.is_clock_wrong
        if self.is_wrong != was_wrong:
            log = logger.error if self.is_wrong else logger.info
            log("this machine's clock is wrong" if self.is_wrong else "this machine's clock is right again")
        return not self.is_wrong

    def carry(self) -> datetime | None:
        """Send, unless the clock is wrong: then release the lease. Returns when to call again; None means soon."""
        if self.check():
            return self.carrier.carry()
        if self.carrier.lease.is_held:
            self.carrier.release()
        return None

    def ask(self) -> None:
        if self.clock.monotonic() < self._ask_at:
            return
        self._ask_at = self.clock.monotonic() + ASK_EVERY
        try:
            self.carrier.slack.note_date(self.carrier.slack.client.auth_test())
        except Exception as problem:  # Nothing is learned from a failure.
            logger.warning("Slack could not be asked for the time", extra={"kind": type(problem).__name__})

    @property
    def trouble(self) -> str | None:
        if not self.is_wrong:
            return None
        return "This computer's clock is off, so nothing is sent. Turn on time sync (NTP)."
