"""Message catalog: texts that people read, with named places for values.

Each feature keeps its texts in one place, `texts.py`. The comment above a group of them says who reads them and when.
Babel extracts them with `--keyword Text --keyword Label --keyword Button --keyword Plural:1,2`.
"""

from contextvars import ContextVar
from gettext import NullTranslations
from string import Formatter

from bot.core.mrkdwn import Mrkdwn, escape, plain, unmarked

LANGUAGE: ContextVar[NullTranslations] = ContextVar("language", default=NullTranslations())  # noqa: B039 - stateless
"""Translations for the person or channel that reads what is being written."""


class Text:
    """A whole sentence or more, for places where Slack formats mrkdwn."""

    def __init__(self, template: str) -> None:
        self.template = template

    @property
    def places(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.template) if name)

    def __call__(self, **values: str | int) -> Mrkdwn:
        """Fill the places. Values are escaped, unless they are `Mrkdwn` of our own: mentions, dates, links, texts."""
        return Mrkdwn(self.translated(values).format(**{name: marked(value) for name, value in values.items()}))

    def plain(self, **values: str | int) -> str:
        """Fill the places for a `plain_text` object, which Slack shows literally."""
        return self.translated(values).format(**{name: literal(value) for name, value in values.items()})

    def translated(self, _: dict[str, str | int]) -> str:
        return LANGUAGE.get().gettext(self.template)


class Plural(Text):
    """A text in two forms, chosen by the value of `count`."""

    def __init__(self, one: str, many: str) -> None:
        super().__init__(many)
        self.one = one

    def translated(self, values: dict[str, str | int]) -> str:
        return LANGUAGE.get().ngettext(self.one, self.template, int(values["count"]))


class Label(Text):
    """A `plain_text`: title, label, hint, placeholder or option of a form."""

    def __call__(self, **values: str | int) -> str:  # type: ignore[override]
        return self.plain(**values)


class Button(Label):
    """A verb and at most three words, places not counted."""


def marked(value: str | int) -> str:
    if isinstance(value, Mrkdwn):
        return value
    return escape(value) if isinstance(value, str) else f"{value:,}"


def literal(value: str | int) -> str:
    if isinstance(value, Mrkdwn):
        return unmarked(value)
    return plain(value) if isinstance(value, str) else f"{value:,}"
