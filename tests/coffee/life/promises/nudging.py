"""Promises of what comes unasked: how much, when, and how it ends."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from storage.kinds import Attention
from storage.nudges import Nudge
from tests.coffee.life.people import is_at_work, local
from tests.nudges.test_promises import WAYS_OUT, elements
from tests.weft import words

A_WEEK, IN_A_WEEK = timedelta(days=7) - timedelta(seconds=1), 3
"""Slack numbers the messages of a moment by parts of a second."""
IN_A_ROW = 3
LAST_WORDS = "If you skip this one too, I'll stop these."


def nobody_is_written_to_twice_on_a_day(seen) -> Iterator[str]:
    """On a day of theirs whoever has got anything unasked gets nothing more; only an introduction waits for nobody."""
    for name, got in seen.unasked.items():
        days = set()
        for one in got:
            day = local(name, one.at).date()
            if day in days and one.is_private:
                yield f"{name} was written to once more on {day}"
            days.add(day)


def nobody_gets_a_fourth_nudge_in_a_week(seen) -> Iterator[str]:
    for name, got in seen.unasked.items():
        nudges = [one.at for one in got if one.row.attention is Attention.NUDGE]
        for first, fourth in zip(nudges, nudges[IN_A_WEEK:], strict=False):
            if fourth - first < A_WEEK:
                yield f"{name} got four nudges between {first} and {fourth}"


def what_comes_unasked_comes_in_working_hours(seen) -> Iterator[str]:
    for name, got in seen.unasked.items():
        for one in got:
            if one.is_private and not is_at_work(name, one.at):
                yield f"{name} was written to at {local(name, one.at):%a %H:%M}"


def what_comes_unasked_has_a_way_out(seen) -> Iterator[str]:
    for name, got in seen.unasked.items():
        for one in got:
            drawn = {element.get("action_id") for element in elements(one.message.blocks)}
            if one.is_new and one.is_private and not drawn & WAYS_OUT:
                yield f"{name} can't say no to: {one.message.text}"


def who_turned_suggestions_off_gets_none(seen) -> Iterator[str]:
    for name, got in seen.unasked.items():
        for one in got:
            if one.is_new and one.row.attention is Attention.NUDGE and seen.life.known[name].wants_no_nudges:
                yield f"{name} has turned all off and got: {one.message.text}"


def what_goes_unanswered_three_times_says_so_and_stops(seen) -> Iterator[str]:
    kinds = defaultdict(set)
    for nudge in seen.session.scalars(select(Nudge)):
        kinds[nudge.message_key].add(nudge.kind)
    for name, got in seen.unasked.items():
        in_a_row = Counter()
        for one in got:
            for kind in kinds[one.row.key]:
                in_a_row[kind] += 1
                is_last = in_a_row[kind] == IN_A_ROW
                if in_a_row[kind] > IN_A_ROW:
                    yield f"{name} got one more of kind {kind} after {IN_A_ROW} without an answer"
                if is_last and one.is_new and LAST_WORDS not in words(one.message):
                    yield f"{name} was not told that this is the last of kind {kind}"
                if one.is_answered:
                    in_a_row[kind] = 0
