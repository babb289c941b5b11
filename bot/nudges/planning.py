"""Plans nudges once a day for each person, shortly after their working day begins."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property

from sqlalchemy.exc import SQLAlchemyError

from bot.core.calendar import at_wall_time, zone_or_utc
from bot.core.events import DayPlanned
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.work import Bot, Work
from bot.delivery import budget
from bot.nudges import rules
from bot.nudges.mornings import mornings_under_way, next_few, who_is_ready
from bot.nudges.registry import Chosen, NudgeRegistry, taste_of
from bot.nudges.rules import Candidate, Preference
from bot.nudges.saying import write
from bot.nudges.settling import settle
from storage import nudges
from storage.nudges import NudgeCalendar
from storage.people import people
from storage.people.people import Person

logger = logging.getLogger(__name__)

LATELY = timedelta(days=28)


def plan_due(bot: Bot, kinds: NudgeRegistry) -> None:
    """Plan for all people whose working day has begun and who were not planned today, in batches."""
    with bot.look() as work:
        mornings = mornings_under_way(work)
    for local, zones in mornings.items():
        after = ""
        while after := plan_some(bot, kinds, local, zones, after):
            pass


def plan_some(bot: Bot, kinds: NudgeRegistry, local: datetime, zones: Sequence[str], after: str) -> str:
    """Plan a batch: read without a write lock, then write in one short transaction. Returns the next cursor, or ""."""
    with bot.look() as work:
        there = next_few(work, local, zones, after)
        ready, not_today = who_is_ready(work, there) if there else ([], [])
        last = there[-1].person_id if len(there) == nudges.AT_ONCE else ""
    chosen: list[Chosen] = []
    if ready:
        with bot.begin() as work:
            settle(work, ready)
        with bot.look() as work:
            chosen = PlanningBatch(work, kinds, ready).choose()
    if ready or not_today:
        with bot.begin() as work:
            write(work, kinds, local.date(), [*ready, *not_today], chosen)
    return last


@dataclass
class PlanningBatch:
    """A planning batch: a few hundred people, with all data of a kind read at once, and only when it decides."""

    work: Work
    kinds: NudgeRegistry
    person_ids: list[str]
    people: dict[str, Person] = field(init=False)
    calendars: dict[str, NudgeCalendar] = field(init=False)
    this_week: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.people = people.get_many(self.work, person_ids=self.person_ids)
        self.calendars = nudges.calendars(self.work, person_ids=self.person_ids)
        self.this_week = budget.nudge_quota_left(self.work, self.people)

    @cached_property
    def tastes(self) -> dict[tuple[str, str], Preference]:
        found = nudges.tastes(self.work, person_ids=self.person_ids)
        return {
            (person_id, name): taste_of(found.get((person_id, name)), kind)
            for person_id in self.person_ids
            for name, kind in self.kinds.items()
        }

    @cached_property
    def said(self) -> set[tuple[str, str, str]]:
        return nudges.suggested_before(self.work, person_ids=self.person_ids)

    @cached_property
    def times_said(self) -> dict[tuple[str, str], int]:
        return nudges.times_suggested(self.work, person_ids=self.person_ids, since=self.work.now - LATELY)

    def choose(self) -> list[Chosen]:
        candidates = self.candidates(self.who_may_get_one())
        worth_it = [
            self.chosen(person_id, best, found)
            for person_id, found in candidates.items()
            if (best := rules.choose(self.valued(found), self.this_week[person_id]))
        ]
        waiting = {one.person_id: one.worth for one in worth_it if one.can_wait(self.work.now)}
        today = rules.whose_turn(waiting, len(self.person_ids), self.work.now.date())
        return [one for one in worth_it if one.person_id in today or one.person_id not in waiting]

    def who_may_get_one(self) -> list[str]:
        """Return people with quota left who have settled in and get no message of a feature's own today."""
        open_to_any = [one for one in self.this_week if not self.is_off(one) and self.has_settled_in(one)]
        if not open_to_any:
            return []
        busy = {busy for answer in self.work.raise_(DayPlanned(open_to_any)) for busy in answer}
        return [person_id for person_id in open_to_any if person_id not in busy]

    def has_settled_in(self, person_id: str) -> bool:
        person = self.people[person_id]
        place = zone_or_utc(person.zone)
        known_on = person.known_since.astimezone(place).date() if person.known_since else None
        return rules.has_settled_in(known_on, self.work.now.astimezone(place).date())

    def is_off(self, person_id: str) -> bool:
        calendar = self.calendars.get(person_id)
        return calendar is not None and calendar.is_off

    def candidates(self, person_ids: Sequence[str]) -> dict[str, list[tuple[str, Suggestion]]]:
        found: dict[str, list[tuple[str, Suggestion]]] = {}
        for name, kind in self.kinds.items():
            wanting = [person_id for person_id in person_ids if self.is_open_to(person_id, kind)]
            allowed = set(wanting)
            for suggestion in proposed(self.work, kind, wanting) if wanting else ():
                if suggestion.person_id in allowed and self.is_news(name, suggestion):
                    found.setdefault(suggestion.person_id, []).append((name, suggestion))
        return found

    def is_open_to(self, person_id: str, kind: NudgeKind) -> bool:
        taste = self.tastes[person_id, kind.name]
        return taste.is_wanted and rules.is_rested(taste, kind.rest, self.work.now)

    def is_news(self, kind: str, suggestion: Suggestion) -> bool:
        passed = suggestion.until is not None and suggestion.until <= self.work.now
        return not passed and (suggestion.person_id, kind, suggestion.about) not in self.said

    def valued(self, found: Sequence[tuple[str, Suggestion]]) -> list[Candidate]:
        return [
            Candidate(name, self.worth(name, suggestion), index, suggestion.people)
            for index, (name, suggestion) in enumerate(found)
        ]

    def worth(self, kind: str, suggestion: Suggestion) -> float:
        key = suggestion.person_id, kind
        return rules.worth(suggestion.value, self.tastes[key], self.times_said.get(key, 0))

    def chosen(self, person_id: str, best: Sequence[Candidate], found: Sequence[tuple[str, Suggestion]]) -> Chosen:
        suggestions = tuple(found[one.index] for one in best)
        ends = [suggestion.until for _, suggestion in suggestions if suggestion.until is not None]
        return Chosen(person_id, min([self.end_of_day(person_id), *ends]), suggestions, best[0].worth)

    def end_of_day(self, person_id: str) -> datetime:
        """Return when the nudge expires: it is planned anew tomorrow, so it must not arrive later than today."""
        place = zone_or_utc(self.people[person_id].zone)
        local = self.work.now.astimezone(place)
        calendar = self.calendars.get(person_id)
        if calendar is not None and calendar.until_hour is not None and calendar.until_hour < 24:
            return at_wall_time(local.date(), time(calendar.until_hour), place)
        return at_wall_time(local.date() + timedelta(days=1), time(0), place)


def proposed(work: Work, kind: NudgeKind, person_ids: Sequence[str]) -> list[Suggestion]:
    """Return a type's suggestions. An exception in it is logged and yields none, so that other types still work."""
    try:
        return list(kind.propose(work, person_ids))
    except SQLAlchemyError:
        raise  # The transaction is broken for all types; the next tick retries.
    except Exception:
        logger.exception("a kind of nudge failed", extra={"kind": kind.name})
        return []
