"""Hints for a better win, and the limit of one post a week."""

from datetime import timedelta

from bot.celebrate.rules import says_little

A_WEEK = timedelta(days=7)
"""Period in which a person's first win is posted at once."""
EXAMPLE = "Builds take 5 minutes instead of 20, so that nobody waits for them over lunch"


def hints(words: str, *, names_helpers: bool) -> list[str]:
    found = []
    if says_little(words):
        found.append(f"What is different now, and for whom? Like: _{EXAMPLE}_.")
    if not names_helpers:
        found.append("Who helped? Naming them thanks them too, and it reads less like a boast.")
    return [*found, "Change what you like, or send it as it is."] if found else []
