"""Lists of names in a sentence."""

from collections.abc import Sequence

from bot.core import texts
from bot.core.mrkdwn import Mrkdwn


def listed(words: Sequence[str]) -> str:
    """Join words as `Ana`, `Ana and Ben` or `Ana, Ben, and Cleo`. Returns Mrkdwn if each of them is."""
    if len(words) < 2:
        return words[0] if words else ""
    *before, last = words
    joined = texts.TWO if len(words) == 2 else texts.MANY
    if all(isinstance(one, Mrkdwn) for one in words):
        return joined(before=Mrkdwn(", ".join(before)), last=last)
    return joined.plain(before=", ".join(before), last=last)
