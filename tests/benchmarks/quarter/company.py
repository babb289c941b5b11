"""An invented company of any size and how its people take what is suggested to them."""

import enum
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.celebrate.setup.forms import Wanted as Celebrations
from bot.celebrate.setup.service import set_up as set_up_celebrations
from bot.core.work import Bot
from bot.programs.membership.service import join
from bot.programs.setup.service import set_up, start
from bot.programs.setup.wanted import Wanted
from storage.people import Person
from storage.workspaces import remember_workspace

WORKSPACE = "T1"
ZONES = ["Europe/Berlin", "Europe/Lisbon", "America/New_York", "America/Toronto", "Asia/Kolkata"]
TEAM, JOINED, NEW = 20, 0.8, 0.08
"""People in a team; the share of people who are in the coffee program; the share who start around this quarter."""


class Habit(enum.Enum):
    """How somebody takes suggestions."""

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
    """They are there, most of them join a coffee program every two weeks, and wins are shared in a channel."""
    with bot.begin() as work:
        remember_workspace(work.session, workspace_id=WORKSPACE, name="Acme", bot_user_id="UBOT")
        work.session.add_all(row(one, is_admin=number == 0, at=work.now) for number, one in enumerate(company))
    with bot.begin() as work:
        wanted = Wanted("Coffee", "C1", every_weeks=2, weekday=1, wall_time=time(10), zone=ZoneInfo("Europe/Berlin"))
        program = set_up(work, wanted, by=company[0].person_id)
        start(work, program.id, by=company[0].person_id)
        for one in company:
            if dice.random() < JOINED:
                join(work, program.id, one.person_id)
        celebrating = Celebrations("C2", "Europe/Berlin", "raised_hands", "tada", has_digest=True, has_days=False)
        set_up_celebrations(work, celebrating, by=company[0].person_id)


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
