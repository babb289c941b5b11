"""An invented company of any size, and how its people respond to suggestions."""

import enum
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.celebrate.setup.forms import Wanted as Celebrations
from bot.celebrate.setup.service import set_up as set_up_celebrations
from bot.coffee.membership.service import join
from bot.coffee.setup.service import set_up, start
from bot.coffee.setup.wanted import Wanted
from bot.core.work import Bot
from bot.network.service import pin
from bot.nudges.service import switch
from storage.connections import connections
from storage.kinds import MetThrough
from storage.people.people import Person
from storage.workspaces import remember_workspace

WORKSPACE = "T1"
COFFEE, WINS = "C1", "C2"
"""Channel ids."""
ZONES = ["Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Toronto", "Asia/Kolkata"]
TEAM, JOINED, NEW = 20, 0.8, 0.08
"""People per team, share in the coffee program, and share who start around this quarter."""


MEETINGS_BEFORE, LONG_AGO, LATELY = 4, 200, 20
"""Meetings per person before the quarter, and the age in days of the first and the last one."""
PINS, PINNING, SWITCHED_ON = 2, 0.3, 0.3
"""Pins per person, share who pin, and share who turn on opt-in nudges."""
OFF_BY_DEFAULT = ("share_a_win", "thank_a_helper")


class Habit(enum.Enum):
    """Response behavior of a person, when given a suggestion."""

    KEEN = "takes half of them"
    CHOOSY = "takes some, says not now to others"
    SILENT = "leaves them all"
    OFF = "turns all off in the first week"


HABITS = {Habit.KEEN: 0.35, Habit.CHOOSY: 0.4, Habit.SILENT: 0.2, Habit.OFF: 0.05}


@dataclass(frozen=True, slots=True)
class Colleague:
    person_id: str
    team: str
    zone: str
    habit: Habit
    started_on: date


def invent(count: int, begins: datetime, dice: random.Random) -> list[Colleague]:
    return [colleague(number, begins.date(), dice) for number in range(count)]


def colleague(number: int, begins: date, dice: random.Random) -> Colleague:
    is_new = dice.random() < NEW
    started_on = begins + timedelta(days=dice.randint(-50, 70)) if is_new else date(2020, 1, 1)
    [habit] = dice.choices(list(HABITS), weights=list(HABITS.values()))
    return Colleague(f"U{number:05d}", f"Team {number // TEAM + 1}", dice.choice(ZONES), habit, started_on)


def move_in(bot: Bot, company: list[Colleague], dice: random.Random) -> None:
    """Store the people, a biweekly coffee program that most of them join, and a channel for wins."""
    with bot.begin() as work:
        remember_workspace(work, name="Acme", bot_user_id="UBOT")
        work.session.add_all(row(one, is_admin=number == 0, at=work.now) for number, one in enumerate(company))
    with bot.begin() as work:
        wanted = Wanted("Coffee", COFFEE, every_weeks=2, weekday=1, wall_time=time(10), zone=ZoneInfo("Europe/Berlin"))
        program = set_up(work, wanted, by=company[0].person_id)
        start(work, program.id, by=company[0].person_id)
        for one in company:
            if dice.random() < JOINED:
                join(work, program.id, one.person_id)
        celebrating = Celebrations(WINS, "Europe/Berlin", "raised_hands", "tada", has_digest=True, has_days=False)
        set_up_celebrations(work, celebrating, by=company[0].person_id)
    have_a_past(bot, company, dice)


def have_a_past(bot: Bot, company: list[Colleague], dice: random.Random) -> None:
    """Store earlier meetings, pins and settings."""
    known: dict[str, list[str]] = {one.person_id: [] for one in company}
    with bot.begin() as work:
        today = work.now.date()
        for number in range(len(company) * MEETINGS_BEFORE // 2):
            a, b = (one.person_id for one in dice.sample(company, 2))
            known[a].append(b)
            known[b].append(a)
            connections.record_meeting(
                work,
                people=[a, b],
                met_on=today - timedelta(days=dice.randint(LATELY, LONG_AGO)),
                through=MetThrough.PROGRAM,
                origin=f"before:{number}",
            )
        for one in company:
            if dice.random() < PINNING:
                pin(work, one.person_id, {other: dice.choice([2, 4, 8]) for other in known[one.person_id][:PINS]})
            if dice.random() < SWITCHED_ON:
                for kind in OFF_BY_DEFAULT:
                    switch(work, one.person_id, kind, is_on=True)


def row(one: Colleague, *, is_admin: bool, at: datetime) -> Person:
    return Person(
        workspace_id=WORKSPACE,
        person_id=one.person_id,
        name=one.person_id,
        zone=one.zone,
        team=one.team,
        office=one.zone.split("/")[1],
        is_admin=is_admin,
        seen_at=at,
        started_on=one.started_on,
    )
