"""Status emoji that mean out of office."""

import re

from bot.core.mrkdwn import plain
from bot.people import texts

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


class InvalidEmojiError(ValueError):
    """A validation error. The message says what is accepted."""


def emoji_name(status_emoji: str) -> str:
    """Normalize an emoji without colons and skin tone: `:man-swimming::skin-tone-4:` becomes `man-swimming`."""
    return SKIN_TONE.sub("", status_emoji).strip(":").lower()


def read_emoji(words: str) -> list[str]:
    """Parse emoji names, with or without colons, into unique names in their order: `:palm_tree: airplane`."""
    named = re.split(r"[\s,;:]+", SKIN_TONE.sub("", plain(words)).lower())
    found = list(dict.fromkeys(name for name in named if name))
    for name in found:
        if not NAME.fullmatch(name):
            raise InvalidEmojiError(texts.NOT_AN_EMOJI(emoji=name[:20]))
    if len(found) > MOST:
        raise InvalidEmojiError(texts.TOO_MANY_EMOJI(most=MOST))
    return found
