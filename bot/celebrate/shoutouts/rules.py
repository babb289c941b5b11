"""Hints for a better shoutout. Each is shown once and can be ignored."""

from collections.abc import Mapping
from datetime import timedelta

from bot.celebrate.rules import says_little
from bot.celebrate.texts import forms as texts

OFTEN, LOOK_BACK = 3, timedelta(days=14)


def hints(words: str, *, names_people: bool, is_often: bool) -> list[str]:
    """Return hints. `is_often`: whether its only receiver gets their third shoutout in two weeks from this author."""
    found: list[str] = []
    if says_little(words):
        found.append(texts.SAY_MORE())
    if not names_people:
        found.append(texts.ADD_NAME())
    if is_often:
        found.append(texts.ADD_MORE_PEOPLE())
    return [*found, texts.SEND_AS_IS()] if found else []


def thanked_often(thanked: Mapping[str, int]) -> list[str]:
    """Return the ids of people who would now get at least their third shoutout."""
    return [person_id for person_id, times in thanked.items() if times + 1 >= OFTEN]
