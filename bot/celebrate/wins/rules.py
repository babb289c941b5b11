"""Hints for a better win, and the limit of one post a week."""

from datetime import timedelta

from bot.celebrate.rules import says_little
from bot.celebrate.texts import forms as texts

A_WEEK = timedelta(days=7)
"""Period in which a person's first win is posted at once."""


def hints(words: str, *, names_helpers: bool) -> list[str]:
    found: list[str] = []
    if says_little(words):
        found.append(texts.SAY_WHAT_CHANGED())
    if not names_helpers:
        found.append(texts.ADD_HELPERS())
    return [*found, texts.SEND_AS_IS()] if found else []
