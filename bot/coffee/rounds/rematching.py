"""Matching again the few whose matches can't stay, together with some others that no one has been told of yet."""

import random
from collections.abc import Collection
from dataclasses import replace

from bot.coffee.activity.attendance import who_takes_part
from bot.coffee.rounds.matches_made import Matched
from bot.core.work import Work
from storage.programs.programs import Program

BESIDE = 25
"""So many other matches are opened again, for few would have little to choose from."""


def rematch(work: Work, program: Program, matched: Matched, more: Collection[str] = ()) -> Matched:
    """Find matches for those who are alone and for `more`; all but `BESIDE` matches stay."""
    kept, opened = reopen_sample(matched)
    return kept.with_more(match_again(work, program, {*opened, *matched.alone, *more}))


def reopen_sample(matched: Matched) -> tuple[Matched, set[str]]:
    """The matches that stay, and the people of some that don't.

    By the dice that were thrown for the round: another throw here would make the next round depend on private lists.
    """
    dice = random.Random(matched.seed)  # noqa: S311
    opened = set(dice.sample(range(len(matched.groups)), min(BESIDE, len(matched.groups))))
    kept = tuple(group for number, group in enumerate(matched.groups) if number not in opened)
    return replace(matched, groups=kept), {one for number in opened for one in matched.groups[number].people}


def match_again(work: Work, program: Program, people: Collection[str]) -> Matched:
    from bot.coffee.rounds import matching  # Takes long to load: see there.

    present = who_takes_part(work, program, among=people).present
    return matching.match_up(work, program, present, int(program.next_seed), past_among=present)
