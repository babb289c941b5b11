"""Questions of async coffees: in each, one about work, one about the company, and a light one."""

import random

from bot.coffee.matches.starters.deck import ANY, COMPANY, LIGHT


def three(seed: str) -> list[str]:
    dice = random.Random(seed)  # noqa: S311 - questions, not secrets
    return [dice.choice(deck).question() for deck in (ANY, COMPANY, LIGHT)]
