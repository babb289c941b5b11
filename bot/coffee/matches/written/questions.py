"""Questions of async coffees: three in each, light, about work and the people."""

import random

FIRST = (
    "What are you working on these days, in words that somebody outside your team understands?",
    "What does your team do that the rest of us hardly see?",
    "Which part of your week do you look forward to, and why?",
    "What did you learn at work lately?",
    "What is the question that you get asked most?",
)
SECOND = (
    "What would make working with your team easier for others?",
    "Who or what helped you lately?",
    "Which small habit makes your days better?",
    "What has surprised you since you started here?",
    "What would you like to understand better about another team?",
)
THIRD = (
    "What do you see when you look up from your screen?",
    "What is good to eat where you live?",
    "What did you do last weekend that you would do again?",
    "What could you talk about for an hour without preparing?",
    "Which place near you should everybody see once?",
)


def three(seed: str) -> list[str]:
    dice = random.Random(seed)  # noqa: S311 - questions, not secrets
    return [dice.choice(some) for some in (FIRST, SECOND, THIRD)]
