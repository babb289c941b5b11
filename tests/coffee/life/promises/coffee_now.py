"""Promises of a coffee now: who is asked, how many find somebody, and that whoever looks hears of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.coffee.now import blocks
from storage.kinds import NowState
from storage.now import NowRequest
from tests.coffee.life.people import is_at_work
from tests.coffee.life.seen import Seen
from tests.coffee.life.suggesting import TEAMS
from tests.nudges.test_promises import elements

A_DAY = timedelta(days=1)
AT_THE_LATEST = timedelta(hours=1)


def who_is_asked_for_a_coffee_now_has_time_for_it(seen: Seen) -> Iterator[str]:
    """As far as anybody can know. Whoever got anything that day is not asked: see `nobody_is_written_to_twice`."""
    for message in seen.new_messages():
        for request in requests(seen, questions_in(message, blocks.YES)):
            [name] = seen.life.readers(message)
            for why in reasons_against(seen, request, name):
                yield f"{name} {why} and was asked for a coffee now"


def reasons_against(seen: Seen, request: NowRequest, name: str) -> Iterator[str]:
    known, asker, now = seen.life.known[name], seen.life.name_of(request.person_id), seen.life.clock.now()
    reasons = {
        "looks for one": name == asker,
        "has not joined": not known.is_in,
        "is gone": known.is_gone,
        "takes a break": known.takes_a_break(now),
        "is not at work": not is_at_work(name, now),
        "does not want that": known.asks_no_coffee_now,
        "is kept apart from whoever looks": {name, asker} in seen.life.apart,
        "is of another team": request.team not in {None, TEAMS[name]},
        known.wants_peace(now): known.wants_peace(now) is not None,
    }
    yield from (why for why, holds in reasons.items() if holds)


def questions_in(message: Any, action_id: str) -> list[int]:
    return [int(one["value"]) for one in elements(message.blocks) if one.get("action_id") == action_id]


def requests(seen: Seen, ids: list[int]) -> list[NowRequest]:
    return [seen.session.get_one(NowRequest, one) for one in ids]


def nobody_is_asked_twice_a_day_for_a_coffee_now(seen: Seen) -> Iterator[str]:
    asked = {}
    for request in all_requests(seen):
        for ask in request.asks:
            asked.setdefault(ask.person_id, []).append(ask.asked_at)
    for person_id, times in asked.items():
        for first, second in zip(sorted(times), sorted(times)[1:], strict=False):
            if second - first < A_DAY:
                yield f"{seen.life.name_of(person_id)} was asked at {first} and at {second}"


def one_at_most_finds_whoever_looks(seen: Seen) -> Iterator[str]:
    """Of those who said yes."""
    found = {}
    for _, message in seen.posted:
        for request in requests(seen, questions_in(message, blocks.MET)):
            both = set(seen.life.readers(message)) - {seen.life.name_of(request.person_id)}
            found.setdefault(request.id, []).append(both)
    for number, others in found.items():
        if len(others) > 1 or len(others[0]) != 1 or not others[0] <= seen.life.said_yes[number]:
            yield f"{others} found the coffee {number}, and {seen.life.said_yes[number]} said yes"


def who_looks_for_a_coffee_now_hears_of_it(seen: Seen) -> Iterator[str]:
    for request in all_requests(seen) if seen.looked else ():
        name = seen.life.name_of(request.person_id)
        if request.state is NowState.LOOKING and seen.began - request.began_at > AT_THE_LATEST:
            yield f"{name} has been looking since {request.began_at}"
        key = {NowState.FOUND: f"now:{request.id}", NowState.NO_ONE: f"now:{request.id}:nobody"}.get(request.state)
        if key is not None and key not in seen.keys:
            yield f"{name} does not know that the search is {request.state}"


def all_requests(seen: Seen) -> list[NowRequest]:
    return list(seen.session.scalars(select(NowRequest)))
