"""Chooses the icebreaker of a match: one that fits the person asked, and is new for these people."""

import random
import re
from collections.abc import Collection, Sequence

from bot.coffee.matches.starters.deck import ALL, ANY, COMPANY, CRAFTS, GROUP, LIGHT, TOPIC, Starter

LIGHT_FIRST, GROUP_FIRST, FITTING_FIRST = 1 / 3, 1 / 2, 0.7
"""Probabilities: light question; from three people on, one for all of them; else, one of the person's craft."""
SHORT = 3
"""Up to this length a hint has to match the whole word: `it`, `ux`."""


def choose(
    seed: str,
    *,
    title: str,
    team: str | None,
    topics: Sequence[str],
    used: Collection[str],
    people: int = 2,
    is_across_teams: bool = True,
) -> Starter:
    """Choose for someone with this title, team and topics. Deterministic for a seed.

    `people`: how many meet. `is_across_teams`: whether they are on different teams.
    """
    dice = random.Random(seed)  # noqa: S311 - a question, not a secret
    fitting = [*of_craft(f"{title} {team or ''}"), *(TOPIC if topics else ())]
    work = [*ANY, *(COMPANY if is_across_teams else ())]
    pools: list[Sequence[Starter]] = [fitting, work] if dice.random() < FITTING_FIRST else [work, fitting]
    if people > 2 and dice.random() < GROUP_FIRST:
        pools.insert(0, GROUP)
    pools.insert(0 if dice.random() < LIGHT_FIRST else len(pools), LIGHT)
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
    return starter.question(**({"topic": topic} if starter.question.places else {}))
