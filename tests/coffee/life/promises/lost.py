"""Nothing is lost: no round, no introduction, no question, no message."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.delivery.calls import opaque_key
from storage.kinds import CheckIn, Deed, DeliveryState, MatchState
from storage.rounds.rounds import Round
from storage.rounds.written import WrittenAnswer
from tests.coffee.life.people import BERLIN
from tests.coffee.life.seen import LOST

IN_TIME = timedelta(days=1)
"""A round is caught up for so long, or its admins read that it is skipped."""


def no_round_is_lost(seen) -> Iterator[str]:
    started = {one.starts_at for one in seen.session.scalars(select(Round))}
    until = seen.began - IN_TIME if seen.looked else seen.life.first_round_at
    for at in rounds_until(seen.life.first_round_at, until, seen.life.weeks):
        is_skipped = any(f":skipped:{at:%Y%m%d%H%M}" in key for key in seen.keys)
        if at not in started and not is_skipped:
            yield f"there was no round on {at}, and nobody was told"


def rounds_until(first: datetime, last: datetime, weeks: int) -> Iterator[datetime]:
    """Every so many weeks at the same time by the clock on the wall."""
    local = first.astimezone(BERLIN)
    while (at := local.astimezone(first.tzinfo)) < last:
        yield at
        local += timedelta(weeks=weeks)


def every_match_is_introduced(seen) -> Iterator[str]:
    planned = [one for one in seen.matches if one.state is MatchState.PLANNED]
    introduced = [key for key, row in seen.keys.items() if ":intro:" in key and row.state not in LOST]
    for match in planned:
        key = f"round:{match.round_id}:intro:{match.id}"
        if not any(one == key or one.startswith(f"{key}:") for one in introduced):
            yield f"match {match.id} was not introduced"


def each_match_is_introduced_as_it_sits_now(seen) -> Iterator[str]:
    """Together, or each alone where Slack opens no conversation for them."""
    for match in seen.running_matches if seen.looked else ():
        people = {seat.person_id for seat in match.seats}
        rows = [row for key, row in seen.keys.items() if f":intro:{match.id}:" in f"{key}:" and row.state not in LOST]
        if not any(set(row.people) == people or ":alone:" in row.key for row in rows):
            yield f"{seen.names(match)} were never introduced to each other"


def who_has_nobody_to_meet_any_more_is_told(seen) -> Iterator[str]:
    """Of a match that was called off, all but the one who can't come."""
    for match in [one for one in seen.matches if one.state is MatchState.CALLED_OFF]:
        pattern = re.compile(rf"round:{match.round_id}:gone:(\w+):{match.id}:\w+")
        told = {found[1] for key in seen.keys if (found := pattern.fullmatch(key))}
        untold = [seat.person_id for seat in match.seats if seat.person_id not in told]
        if len(match.seats) > 1 and len(untold) != 1:
            yield f"of match {match.id}, which is called off, nobody told {untold}"


def everybody_is_asked_whether_they_met(seen) -> Iterator[str]:
    """Unless someone said so without being asked, or they have written and waited for the others until it was over."""
    planned = [one for one in seen.matches if one.state is MatchState.PLANNED and one.id not in seen.life.ever_met]
    for match in [one for one in planned if one.round.ends_at < seen.began - IN_TIME]:
        for seat in match.seats:
            keys = {f"round:{match.round_id}:{which.value}:{seat.person_id}" for which in CheckIn}
            if seat.answer is None and not keys & seen.keys.keys() and not waited_to_the_end(seen, seat):
                yield f"{seat.person_id} was never asked about match {match.id}"


def waits_for_others(seen, seat) -> bool:
    """In a written coffee, of which they see nothing until all have written."""
    mine = seen.session.get(WrittenAnswer, (seat.match_id, seat.person_id)) if seat.match.questions else None
    return mine is not None and mine.shown_at is None


def waited_to_the_end(seen, seat) -> bool:
    """The others may write when the round is over. Questions about it have no place in the next one."""
    mine = seen.session.get(WrittenAnswer, (seat.match_id, seat.person_id)) if seat.match.questions else None
    return mine is not None and (mine.shown_at is None or mine.shown_at >= seat.match.round.ends_at)


def what_is_sent_has_arrived(seen) -> Iterator[str]:
    arrived = {key for key, _ in seen.posted}
    for key, row in seen.keys.items():
        is_sent = row.deed is Deed.POST and not row.has_file and row.state is DeliveryState.SENT
        if is_sent and opaque_key(row) not in arrived:
            yield f"{key} is said to be sent, and nobody has it"
