"""Promises to whoever says nothing for long: asked before anything changes, and told when it does."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from storage.programs.programs import Membership
from tests.coffee.life.people import local
from tests.coffee.life.seen import LOST, Seen

QUESTION, BREAK = "Want to keep getting matched?", "I've paused"
LONG = timedelta(days=60)
"""Nobody here takes such a break themselves."""
A_NIGHT = timedelta(hours=20)


def nobody_is_put_on_a_break_unasked(seen: Seen) -> Iterator[str]:
    """The question came a day before, and since then they said nothing."""
    for name in put_on_a_break(seen):
        asked = [one.at for one in seen.unasked.get(name, ()) if QUESTION in str(one.message.blocks)]
        said_at = seen.life.known[name].said_something_at
        if not asked or seen.began - asked[-1] < A_NIGHT:
            yield f"{name} was put on a break, and asked at {asked}"
        elif said_at is not None and said_at > asked[-1]:
            yield f"{name} was put on a break, and said something at {said_at}"


def nobody_is_put_on_a_break_unheard(seen: Seen) -> Iterator[str]:
    for name in put_on_a_break(seen):
        told = [row for row in seen.new_rows() if row.people == [seen.life.people[name].id] and BREAK in row.text]
        if not any(row.state not in LOST for row in told):
            yield f"{name} was put on a break, and nobody told them"


def put_on_a_break(seen: Seen) -> Iterator[str]:
    """By the bot, in this step."""
    for name, member in memberships(seen).items():
        known = seen.life.known[name]
        soon = local(name, seen.began).date() + LONG
        is_new = known.paused_until is None or known.paused_until <= soon
        if member.left_at is None and member.paused_until is not None and member.paused_until > soon and is_new:
            yield name


def memberships(seen: Seen) -> dict[str, Membership]:
    return {seen.life.name_of(member.person_id): member for member in seen.session.scalars(select(Membership))}


def nobody_is_asked_to_stay_who_said_something(seen: Seen) -> Iterator[str]:
    """Since the last time that they were asked, or in the last weeks."""
    for name, got in seen.unasked.items():
        said_at = seen.life.known[name].said_something_at
        for one in got:
            if one.is_new and QUESTION in str(one.message.blocks) and said_at and one.at - said_at < timedelta(weeks=2):
                yield f"{name} was asked whether they stay, and had said something at {said_at}"
