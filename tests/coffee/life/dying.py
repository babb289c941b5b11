"""The bot may die, and somebody starts it again."""

from contextlib import contextmanager

from bot.slacksim import Direct
from bot.slacksim.events import Ack
from storage.db import Database


class Killed(BaseException):
    """The process dies. Not an Exception: nothing in the bot may catch it."""


class Mortal(Database):
    """A database whose process can die just before or just after it has committed."""

    dies_in = 0
    """So many commits later. 0: never."""
    dies_before = False
    """Whether what it commits then is lost."""
    is_heard = False
    """Whether Slack believes that the bot has heard what it dies of: in `weft run` an event is acknowledged first."""
    is_dead = False

    def will_die(self, *, commits, before, is_heard=False):
        self.dies_in, self.dies_before, self.is_heard = commits, before, is_heard

    def die(self):
        self.is_dead = True
        raise Killed

    @contextmanager
    def transaction(self):
        if self.is_dead:
            raise Killed  # What a listener would do on its way out.
        dies = self.dies_in == 1
        with super().transaction() as session:
            yield session
            self.dies_in = max(self.dies_in - 1, 0)
            if dies and self.dies_before:
                self.die()
        if dies:
            self.die()


class Wire(Direct):
    """From Slack to a bot that may die of what it is told. Slack tells an event again that nobody acknowledged; whoever
    clicked has to click again."""

    def __init__(self, app, died, told):
        super().__init__(app)
        self.died = died
        self.told = told

    def deliver(self, envelope):
        if envelope.is_event:
            self.told.append(envelope)
        try:
            return super().deliver(envelope)
        except Killed:
            is_lost = self.died(envelope)
            return Ack() if is_lost else None
