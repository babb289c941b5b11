"""The bot may die, and somebody starts it again."""

from contextlib import contextmanager

from storage.db import Database


class Killed(BaseException):
    """The process dies. Not an Exception: nothing in the bot may catch it."""


class Mortal(Database):
    """A database whose process can die just before or just after it has committed."""

    dies_in = 0
    """So many commits later. 0: never."""
    dies_before = True
    """Whether what it commits then is lost."""

    @contextmanager
    def transaction(self):
        dies = self.dies_in == 1
        with super().transaction() as session:
            yield session
            self.dies_in = max(self.dies_in - 1, 0)
            if dies and self.dies_before:
                raise Killed
        if dies:
            raise Killed
