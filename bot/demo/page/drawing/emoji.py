"""Emoji by their Slack names."""

import re
from functools import cache

from emoji import emojize
from markupsafe import Markup

NAME = re.compile(r":([a-z0-9_+'\-]{1,100}):(?::skin-tone-\d:)?")


@cache
def picture(name: str) -> str:
    """Return the emoji, or its name between colons if it is unknown."""
    return emojize(f":{name}:", language="alias")


def emoji(name: str) -> Markup:
    """Render an emoji with its name as label, which some screen readers need."""
    shown = picture(name)
    if shown.startswith(":"):
        return Markup("{}").format(shown)
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(name.replace("_", " "), shown)
