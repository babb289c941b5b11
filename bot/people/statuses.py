"""Which emoji in a status say that somebody is out of office."""

import re

from bot.core.texts import plain

USUAL = (
    "palm_tree",
    "desert_island",
    "airplane",
    "face_with_thermometer",
    "hospital",
    "baby",
    "beach_with_umbrella",
)
MOST = 50
NAME = re.compile(r"[\w'+-]{1,100}")
SKIN_TONE = re.compile(r"::skin-tone-\d")


class NotTakenError(ValueError):
    """Carries the sentence that says what would be taken."""


def emoji_name(status_emoji: str) -> str:
    """`:man-swimming::skin-tone-4:` is `man-swimming`, whatever the skin."""
    return SKIN_TONE.sub("", status_emoji).strip(":").lower()


def read_emoji(words: str) -> list[str]:
    """`:palm_tree: airplane`: names with or without colons, each once, in the order in which they were written."""
    named = re.split(r"[\s,;:]+", SKIN_TONE.sub("", plain(words)).lower())
    found = list(dict.fromkeys(name for name in named if name))
    for name in found:
        if not NAME.fullmatch(name):
            raise NotTakenError(f"“{name[:20]}” is not the name of an emoji. Write it like palm_tree.")
    if len(found) > MOST:
        raise NotTakenError(f"{MOST} emoji at most, please.")
    return found
