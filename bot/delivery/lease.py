"""Of several processes one sends: the holder of a lease that stands in the database."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.work import Bot, Work
from storage import workspaces

LEASE = timedelta(seconds=30)
"""When its holder dies, another process takes over after this long."""


class Lease:
    def __init__(self, bot: Bot, holder: str, taken_over: Callable[[Work], None]) -> None:
        """`taken_over`: what is to be done first by whoever did not carry until now, in the same transaction."""
        self.bot, self.holder, self.taken_over = bot, holder, taken_over
        self._until: datetime | None = None

    @property
    def is_held(self) -> bool:
        return self._until is not None and self._until > self.bot.clock.now()

    def hold(self) -> bool:
        """Take it, or hold it longer. False while another process has it."""
        now = self.bot.clock.now()
        if self._until is not None and self._until - now > LEASE / 2:
            return True
        kept = self.is_held
        with self.bot.begin() as work:
            held = workspaces.take_lease(
                work.session, workspace_id=work.workspace_id, holder=self.holder, now=now, until=now + LEASE
            )
            if held and not kept:
                self.taken_over(work)
        self._until = now + LEASE if held else None
        return held

    def forget(self) -> None:
        """As if it had never been held: when it is taken next, what was being done is looked for."""
        self._until = None

    def give_up(self) -> None:
        """Let another process take over at once."""
        with self.bot.begin() as work:
            workspaces.give_up_lease(work.session, workspace_id=work.workspace_id, holder=self.holder)
        self.forget()
