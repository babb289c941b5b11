"""Errors caused by a person's input or setup, with a message for that person."""


class UserError(Exception):
    """An expected error. Its message is shown to the person who triggered it."""


class NotForYou(UserError):
    """The person is not allowed to see or do this."""


class FormError(UserError):
    """A validation error on one form field."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class SetupError(Exception):
    """Weft can't start with this setup. The message tells the operator what is wrong and how to fix it."""
