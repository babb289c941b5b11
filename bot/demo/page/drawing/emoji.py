"""Emoji by their names in Slack."""

import re
from functools import cache

from emoji import emojize
from markupsafe import Markup

NAME = re.compile(r":([a-z0-9_+'\-]{1,100}):(?::skin-tone-\d:)?")


@cache
def picture(name: str) -> str:
    """The emoji itself, or its name between colons where this computer does not know it."""
    return emojize(f":{name}:", language="alias")


def emoji(name: str) -> Markup:
    """Read out by its name; some screen readers know no other way."""
    shown = picture(name)
    if shown.startswith(":"):
        return Markup("{}").format(shown)
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), shown)
