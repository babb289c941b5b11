"""Matches again the few whose match can't stay, together with some others not notified yet."""

import random
from collections.abc import Collection
from dataclasses import replace

from bot.coffee.activity.attendance import find_participants
from bot.coffee.rounds.matches_made import Matching
from bot.core.work import Work
from storage.programs.programs import Program

REOPENED_MATCHES = 25
"""Number of other matches to reopen, as a few people alone have little to choose from."""


def rematch(work: Work, program: Program, matched: Matching, more: Collection[str] = ()) -> Matching:
    """Match people who are alone and those in `more`. All but `REOPENED_MATCHES` matches stay."""
    kept, opened = reopen_sample(matched)
    return kept.with_more(match_again(work, program, {*opened, *matched.alone, *more}))


def reopen_sample(matched: Matching) -> tuple[Matching, set[str]]:
    """Return the matches that stay, and the people of a sample that is reopened.

    Uses the round's seed: drawing from `work.rng` would make the next round depend on private lists.
    """
    dice = random.Random(matched.seed)  # noqa: S311
    opened = set(dice.sample(range(len(matched.groups)), min(REOPENED_MATCHES, len(matched.groups))))
    kept = tuple(group for number, group in enumerate(matched.groups) if number not in opened)
    return replace(matched, groups=kept), {one for number in opened for one in matched.groups[number].people}


def match_again(work: Work, program: Program, people: Collection[str]) -> Matching:
    from bot.coffee.rounds import matching  # Takes long to load: see there.

    present = find_participants(work, program, among=people)
    return matching.match_up(work, program, present, int(program.next_seed), past_among=present)
