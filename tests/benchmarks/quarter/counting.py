"""Results of the quarter. How often people got nudges is counted from the messages in Slack."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.core.work import Bot
from bot.delivery.calls import opaque_key
from storage.connections.connections import Meeting
from storage.kinds import Attention, NudgeOutcome
from storage.nudges import Nudge
from storage.outbox.outbox import OutboxMessage
from tests.benchmarks.quarter.company import Colleague
from tests.benchmarks.quarter.slack import Posted

PER_DAY, PER_WEEK = 1, 3
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Counted:
    person_weeks: Mapping[int, int]
    """Number of person-weeks by number of nudges."""
    most_in_a_day: int
    """Maximum of unprompted messages to one person in a day."""
    most_in_seven_days: int
    """Maximum of nudges to one person."""
    messages: int
    outcomes: Mapping[str, Counter[NudgeOutcome | None]]
    """Outcomes by kind of nudge."""
    reached_by_coffee: list[float]
    """Average number of other teams in which a person has met someone, after each week."""
    reached_in_all: list[float]


def count_up(
    bot: Bot, posted: Sequence[Posted], company: Mapping[str, Colleague], begins: datetime, weeks: int
) -> Counted:
    with bot.look() as work:
        rows = work.session.scalars(select(OutboxMessage).where(OutboxMessage.attention != Attention.ASKED_FOR))
        unasked = {opaque_key(row) for row in rows}
        outcomes: dict[str, Counter[NudgeOutcome | None]] = defaultdict(Counter)
        for nudge in work.session.scalars(select(Nudge)):
            outcomes[nudge.kind][nudge.outcome] += 1
        meetings = [
            (one.met_on, one.origin, [seat.person_id for seat in one.seats])
            for one in work.session.scalars(select(Meeting).order_by(Meeting.met_on)).unique()
        ]
    moments: dict[str, list[datetime]] = defaultdict(list)
    for one in posted:
        if one.is_nudge:
            moments[one.channel].append(one.at)
    return Counted(
        person_weeks=weeks_of(moments, company, begins, weeks),
        most_in_a_day=most_in_a_day([one for one in posted if one.is_nudge or one.key in unasked], company),
        most_in_seven_days=max((in_seven_days(sorted(found)) for found in moments.values()), default=0),
        messages=sum(map(len, moments.values())),
        outcomes=outcomes,
        reached_by_coffee=reached(meetings, company, begins, weeks, nudged=False),
        reached_in_all=reached(meetings, company, begins, weeks, nudged=True),
    )


def weeks_of(
    moments: Mapping[str, list[datetime]], company: Mapping[str, Colleague], begins: datetime, weeks: int
) -> Counter[int]:
    found: Counter[tuple[str, int]] = Counter(
        (person_id, (at - begins) // WEEK) for person_id, ats in moments.items() for at in ats
    )
    return Counter(found[person_id, week] for person_id in company for week in range(weeks))


def most_in_a_day(posted: Sequence[Posted], company: Mapping[str, Colleague]) -> int:
    days = Counter(
        (one.channel, one.at.astimezone(ZoneInfo(company[one.channel].zone)).date())
        for one in posted
        if one.channel in company
    )
    return max(days.values(), default=0)


def in_seven_days(moments: list[datetime]) -> int:
    """Return the maximum number of moments within any seven days."""
    return max(sum(first <= at < first + WEEK for at in moments) for first in moments)


def reached(
    meetings: list[tuple[date, str, list[str]]],
    company: Mapping[str, Colleague],
    begins: datetime,
    weeks: int,
    *,
    nudged: bool,
) -> list[float]:
    teams: dict[str, set[str]] = {person_id: set() for person_id in company}
    averages = []
    waiting = [one for one in meetings if nudged or not one[1].startswith("nudge:")]
    for week in range(weeks + 1):
        until = (begins + WEEK * week).date()
        while waiting and waiting[0][0] <= until:
            _, _, people = waiting.pop(0)
            for a in people:
                teams[a] |= {company[b].team for b in people if company[b].team != company[a].team}
        averages.append(sum(map(len, teams.values())) / len(teams))
    return averages
