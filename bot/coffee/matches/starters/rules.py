"""Chooses the icebreaker of a match: one that fits the person asked, and is new for these people."""

import random
import re
from collections.abc import Collection, Sequence

from bot.coffee.matches.starters.deck import ALL, ANY, CRAFTS, TOPIC, Starter

FITTING_FIRST = 0.7
"""Probability that questions of the person's own craft are tried before general ones."""
SHORT = 3
"""Up to this length a hint has to match the whole word: `it`, `ux`."""


def choose(seed: str, *, title: str, team: str | None, topics: Sequence[str], used: Collection[str]) -> Starter:
    """Choose for someone with this title, team and topics. Deterministic for a seed."""
    dice = random.Random(seed)  # noqa: S311 - a question, not a secret
    fitting = [*of_craft(f"{title} {team or ''}"), *(TOPIC if topics else ())]
    pools: list[Sequence[Starter]] = [fitting, ANY] if dice.random() < FITTING_FIRST else [ANY, fitting]
    for pool in [*pools, [starter for starter in ALL.values() if topics or starter not in TOPIC]]:
        fresh = [starter for starter in pool if starter.name not in used]
        if fresh:
            return dice.choice(fresh)
    return dice.choice(ANY)


def of_craft(words: str) -> list[Starter]:
    spoken = re.findall(r"[^\W\d_]+", words.lower())
    return [
        starter for hints, deck in CRAFTS.values() if any(hinted(hints, word) for word in spoken) for starter in deck
    ]


def hinted(hints: Sequence[str], word: str) -> bool:
    return any(word == hint if len(hint) <= SHORT else word.startswith(hint) for hint in hints)


def question(name: str, seed: str, topics: Sequence[str]) -> str:
    """Return the text of a question chosen before; empty if it is no longer in the deck."""
    starter = ALL.get(name)
    if starter is None:
        return ""
    topic = random.Random(seed).choice(topics) if topics else "what you do"  # noqa: S311
    return starter.question.replace("{topic}", topic)
