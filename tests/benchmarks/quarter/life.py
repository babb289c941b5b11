"""Simulation of a quarter with the bot's own ticks and sender, simulated people, and a stub of Slack's API."""

import heapq
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from slack_sdk import WebClient
from sqlalchemy import select

from bot.app import carrier_for
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.wins import service as wins
from bot.coffee.matches.check_ins import service as check_ins
from bot.core.calendar import next_working_moment
from bot.core.clients import PostingClient, ReadingClient
from bot.core.clock import ManualClock
from bot.core.errors import UserError
from bot.core.work import Bot, Work
from bot.features import FEATURES
from bot.nudges import service as nudges_service
from storage.kinds import Answer, Attention, MessageKind, NudgeOutcome
from storage.nudges import Nudge
from storage.outbox.outbox import OutboxMessage
from tests.benchmarks.quarter.company import WINS, WORKSPACE, Colleague, Habit
from tests.benchmarks.quarter.slack import TakesAll
from tests.benchmarks.quarter.steps import STEPS, WIN
from tests.rows import copies

NEEDS_SLACK = {"read people from Slack", "read the members of channels", "read reactions again"}
LOOK_AT = range(4, 24, 3)
"""Hours of the day in UTC: every three hours, whenever anyone in this company is at work."""
MET, ANSWERS = 0.8, 0.6
"""Probabilities that a match meets, and that a person answers."""
TAKES = {Habit.KEEN: 0.5, Habit.CHOOSY: 0.25, Habit.SILENT: 0.0, Habit.OFF: 0.0}
SAYS = {NudgeOutcome.NOT_NOW: 0.15, NudgeOutcome.LESS: 0.04, NudgeOutcome.NEVER: 0.03}
"""Probabilities of the answers of people who take no step and aren't silent."""

WINS_A_DAY = 0.01
"""Probability that a person who isn't silent shares a win on a day."""


@dataclass
class Quarter:
    bot: Bot
    clock: ManualClock
    company: dict[str, Colleague]
    dice: random.Random
    deeds: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    """Ids of messages that were read."""
    slack: TakesAll = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = itertools.count()
        self.slack = TakesAll(list(self.company), self.clock)
        self.client = ReadingClient(cast(WebClient, self.slack))  # As much of it as is asked for here.
        self.carrier = carrier_for(self.bot, PostingClient(self.client))
        for one in self.company.values():
            if one.habit is Habit.OFF:
                self.plan(self.clock.now() + timedelta(days=2), self.turn_off(one))

    def live(self, days: int) -> Iterator[int]:
        """Simulate days, yielding after each."""
        begins = self.clock.now().replace(hour=0)
        for day in range(days):
            for hour in LOOK_AT:
                moment = begins + timedelta(days=day, hours=hour)
                if moment.weekday() < 5 or hour == LOOK_AT[-1]:
                    self.look(moment)
                if moment.weekday() < 5 and hour == LOOK_AT[0]:
                    self.plan_wins()
            yield day

    def look(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        for feature in FEATURES:
            for tick in feature.ticks:
                if tick.name not in NEEDS_SLACK:
                    tick.run(self.bot, self.client)
        patience = moment + timedelta(minutes=50)
        while (due := self.carrier.carry()) is not None and due <= patience:
            self.clock.move_to(max(due, self.clock.now() + timedelta(milliseconds=1)))
        while self.deeds and self.deeds[0][0] <= self.clock.now():
            heapq.heappop(self.deeds)[2]()
        self.read()

    def plan(self, at: datetime, do: Callable[[], None]) -> None:
        heapq.heappush(self.deeds, (at, next(self.numbers), do))

    def later(self, one: Colleague, most_hours: int) -> datetime:
        return next_working_moment(self.clock.now() + timedelta(hours=self.dice.uniform(1, most_hours)), one.zone)

    # Actions of people

    def read(self) -> None:
        with self.bot.look() as work:
            since = work.now - timedelta(days=1)
            sent = select(OutboxMessage).where(OutboxMessage.workspace_id == WORKSPACE, OutboxMessage.sent_at > since)
            rows = work.session.scalars(sent.order_by(OutboxMessage.id)).all()
            nudges = {row.key: self.suggested(work, row.key) for row in rows if is_nudge(row)}
            for row in rows:
                if row.id not in self.seen:
                    self.seen.add(row.id)
                    self.react(row, nudges.get(row.key, []))

    def suggested(self, work: Work, key: str) -> list[Nudge]:
        return copies(work.session.scalars(select(Nudge).where(Nudge.message_key == key).order_by(Nudge.id)))

    def react(self, row: OutboxMessage, nudges: list[Nudge]) -> None:
        is_introduction = row.kind is MessageKind.INTRODUCTION and row.subject_id is not None
        if nudges:
            self.take(self.company[row.recipient], nudges)
        elif is_introduction and self.dice.random() < MET:
            for person_id in row.people:
                one = self.company[person_id]
                if one.habit in {Habit.KEEN, Habit.CHOOSY} and self.dice.random() < ANSWERS:
                    self.plan(self.later(one, 150), self.say_met(one, row.subject_id or 0))

    def plan_wins(self) -> None:
        for one in self.company.values():
            if one.habit in {Habit.KEEN, Habit.CHOOSY} and self.dice.random() < WINS_A_DAY:
                self.plan(self.later(one, 9), self.share_a_win(one))

    def take(self, one: Colleague, nudges: list[Nudge]) -> None:
        if one.habit in {Habit.SILENT, Habit.OFF}:
            return
        if self.dice.random() < TAKES[one.habit]:
            self.plan(self.later(one, 20), self.use(one, self.dice.choice(nudges)))
            return
        [said] = self.dice.choices([*SAYS, None], weights=[*SAYS.values(), 1 - sum(SAYS.values())])
        if said is not None:
            self.plan(self.later(one, 20), self.answer(one, nudges[0], said))

    def use(self, one: Colleague, nudge: Nudge) -> Callable[[], None]:
        def do() -> None:
            try:
                with self.bot.begin() as work:
                    STEPS[nudge.kind](work, nudge, self.dice)
                    nudges_service.use(work, [nudge.id], by=one.person_id)
            except UserError:
                return  # No longer possible, and the bot says so.

        return do

    def answer(self, one: Colleague, nudge: Nudge, said: NudgeOutcome) -> Callable[[], None]:
        def do() -> None:
            with self.bot.begin() as work:
                nudges_service.answer(work, nudge.id, by=one.person_id, outcome=said)

        return do

    def share_a_win(self, one: Colleague) -> Callable[[], None]:
        def do() -> None:
            origin = f"quarter:{next(self.numbers)}"
            with self.bot.begin() as work:
                wins.share(work, Draft(WIN), FormContext(WINS, is_hinted=True), by=one.person_id, origin=origin)

        return do

    def say_met(self, one: Colleague, match_id: int) -> Callable[[], None]:
        def do() -> None:
            try:
                with self.bot.begin() as work:
                    check_ins.record_answer(work, match_id, by=one.person_id, answer=Answer.MET)
            except UserError:
                return  # The match has changed in the meantime.

        return do

    def turn_off(self, one: Colleague) -> Callable[[], None]:
        def do() -> None:
            with self.bot.begin() as work:
                nudges_service.turn_off(work, one.person_id)

        return do


def is_nudge(row: OutboxMessage) -> bool:
    return row.attention is Attention.NUDGE
