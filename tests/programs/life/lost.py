"""Nothing is lost: no round, no introduction, no question, no message."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.delivery.calls import opaque_key
from storage.kinds import CheckIn, Deed, DeliveryState, MatchState
from storage.rounds import Match, Round
from tests.programs.life.people import BERLIN

IN_TIME = timedelta(days=1)
"""A round is caught up for so long, or its admins read that it is skipped."""
NOT_LOST = {DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.PAST}


def no_round_is_lost(seen) -> Iterator[str]:
    started = {one.starts_at for one in seen.session.scalars(select(Round))}
    for at in rounds_until(seen.life.first_round_at, seen.began - IN_TIME):
        is_skipped = any(f":skipped:{at:%Y%m%d%H%M}" in key for key in seen.keys)
        if at not in started and not is_skipped:
            yield f"there was no round on {at}, and nobody was told"


def rounds_until(first: datetime, last: datetime) -> Iterator[datetime]:
    """Every week at the same time by the clock on the wall."""
    local = first.astimezone(BERLIN)
    while (at := local.astimezone(first.tzinfo)) < last:
        yield at
        local += timedelta(weeks=1)


def every_match_is_introduced(seen) -> Iterator[str]:
    planned = seen.session.scalars(select(Match).where(Match.state == MatchState.PLANNED))
    introduced = [key for key, row in seen.keys.items() if ":intro:" in key and row.state in NOT_LOST]
    for match in planned:
        key = f"round:{match.round_id}:intro:{match.id}"
        if not any(one == key or one.startswith(f"{key}:") for one in introduced):
            yield f"match {match.id} was not introduced"


def everybody_is_asked_whether_they_met(seen) -> Iterator[str]:
    """Unless somebody said so without being asked."""
    ended = select(Match).join(Round).where(Round.ends_at < seen.began - IN_TIME, Match.state == MatchState.PLANNED)
    for match in seen.session.scalars(ended.where(Match.id.not_in(seen.life.ever_met))):
        for seat in match.seats:
            keys = {f"round:{match.round_id}:{which.value}:{seat.person_id}" for which in CheckIn}
            if seat.answer is None and not keys & seen.keys.keys():
                yield f"{seat.person_id} was never asked about match {match.id}"


def what_is_sent_has_arrived(seen) -> Iterator[str]:
    arrived = {key for key, _ in seen.posted}
    for key, row in seen.keys.items():
        is_sent = row.deed is Deed.POST and not row.has_file and row.state is DeliveryState.SENT
        if is_sent and opaque_key(row) not in arrived:
            yield f"{key} is said to be sent, and nobody has it"
