"""Hints for a better shoutout. Each is shown once and can be ignored."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.celebrate.rules import says_little

OFTEN, LOOK_BACK = 3, timedelta(days=14)
EXAMPLE = "for staying late on Tuesday, so that the customer could go live on time"


def hints(words: str, *, names_people: bool, often: Sequence[str]) -> list[str]:
    """Return hints. `often`: names of people who get their third shoutout in two weeks from the same author."""
    found = []
    if says_little(words):
        found.append(f"A few words about what they did make it worth more, like: _{EXAMPLE}_.")
    if not names_people:
        found.append("Nobody is named yet. Who should hear it?")
    if often:
        found.append(f"You have thanked {often[0]} a lot lately. Who else made this possible?")
    return [*found, "Change what you like, or send it as it is."] if found else []


def thanked_often(thanked: Mapping[str, int]) -> list[str]:
    """Return the ids of people who would now get at least their third shoutout."""
    return [person_id for person_id, times in thanked.items() if times + 1 >= OFTEN]
