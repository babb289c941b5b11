"""Failures that a person caused and can read about."""


class UserError(Exception):
    """Carries the sentence that the person sees."""


class NotForYou(UserError):
    """The person may not see or do this."""


class FormError(UserError):
    """One field of a form can't be taken as it is."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class SetupError(Exception):
    """Weft can't start like this. Carries the sentence for whoever runs it: what is wrong and how to mend it."""
