"""Promises of the questions whether people met: whoever says nothing is asked, about those whom they were to meet."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage.kinds import Answer, Attention, CheckIn, DeliveryState, MatchState
from storage.rounds.rounds import Match, Seat
from tests.coffee.life.people import is_at_work, local
from tests.coffee.life.promises.lost import waits_for_others
from tests.coffee.life.seen import Seen

MONDAY, TUESDAY = 0, 1
CLOSED = {Answer.MET, Answer.BUSY, Answer.NO_REPLY}
OVER_BY, STILL_ASKED = timedelta(hours=1), timedelta(days=3)
"""After the time that they agreed on, and after the end of a round in whose last hours they did."""


def who_says_nothing_is_asked_midway_and_at_the_end(seen: Seen) -> Iterator[str]:
    still = seen.began - STILL_ASKED
    planned = [one for one in seen.matches if one.state is MatchState.PLANNED and one.round.ends_at > still]
    for match in planned if seen.looked else ():
        for seat in match.seats:
            if seat.person_id in seen.gone() or waits_for_others(seen, seat):
                continue
            for which in CheckIn:
                is_due = is_due_midway if which is CheckIn.MIDWAY else is_due_at_the_end
                key = f"round:{match.round_id}:{which.value}:{seat.person_id}"
                if is_due(match, seat.answer, seen.began) and key not in seen.keys:
                    yield f"{seen.life.name_of(seat.person_id)} was not asked ({which.value}) about match {match.id}"


def is_due_midway(match: Match, answer: Answer | None, now: datetime) -> bool:
    this_round = match.round
    if now >= this_round.final_at:
        return False
    if match.agreed_at is None:
        return answer is None and now >= this_round.midway_at
    return answer in {None, Answer.PLANNED} and now >= match.agreed_at + OVER_BY


def is_due_at_the_end(match: Match, answer: Answer | None, now: datetime) -> bool:
    this_round = match.round
    if now < this_round.final_at or answer in CLOSED:
        return False
    return now < this_round.ends_at if match.agreed_at is None else now >= match.agreed_at + OVER_BY


def whoever_can_be_asked_today_is(seen: Seen) -> Iterator[str]:
    """What a program has to say waits only while somebody is away, off work, or got something today.

    Questions leave the day on which it tells of a round, and the day of the round, to that.
    """
    now = seen.life.clock.now()
    others_go_first = now.weekday() in (MONDAY, TUESDAY)
    for key, row in seen.keys.items() if seen.looked else ():
        may_wait = row.state is DeliveryState.WAITING and len(row.people) == 1
        is_ahead = row.attention is Attention.AHEAD
        if may_wait and (is_ahead or (row.attention is Attention.PROGRAM and not others_go_first)):
            name = seen.life.name_of(row.people[0])
            days = {local(name, one.at).date() for one in seen.unasked.get(name, ())}
            can_read = is_at_work(name, now) and not seen.life.known[name].may_want_peace(now)
            if can_read and local(name, now).date() not in days:
                yield f"{name} could have got {key} by now"


def who_has_answered_is_not_asked_any_more(seen: Seen) -> Iterator[str]:
    for name, seat, _ in new_questions(seen):
        if seat is None or seat.match.state is not MatchState.PLANNED or seat.answer in CLOSED:
            yield f"{name} was asked about a coffee that is over"


def people_are_asked_about_those_who_sit_with_them(seen: Seen) -> Iterator[str]:
    for name, seat, message in new_questions(seen):
        partners = {one.person_id for one in seat.match.seats} - {seat.person_id} if seat is not None else set()
        mentioned = set(re.findall(r"<@(\w+)>", message.text))
        if mentioned != partners:
            named = [seen.life.name_of(one) for one in mentioned]
            yield f"{name} was asked about {named}, and sits with {[seen.life.name_of(one) for one in partners]}"


def new_questions(seen: Seen) -> Iterator[tuple[str, Seat | None, Any]]:
    """To whom, about which seat, and the message."""
    for name, got in seen.unasked.items():
        for one in got:
            asked = re.fullmatch(r"round:(\d+):(midway|final):(\w+)", one.row.key)
            if one.is_new and asked:
                chosen = select(Seat).where(Seat.round_id == int(asked[1]), Seat.person_id == asked[3])
                yield name, seen.session.scalar(chosen), one.message
