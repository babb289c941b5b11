"""A program lived through by people who come, go, are away and answer as they like, and a bot that may die any time.

What a person may count on is checked after every step, against what the test itself knows of them.
"""

import itertools
import random
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.app import compose
from bot.core.clock import ManualClock
from bot.delivery.calls import opaque_key
from bot.demo.workspace import Direct, Workspace
from storage import programs
from storage.connections import Meeting
from storage.db import Database
from storage.kinds import Attention, DeliveryState, MatchState
from storage.outbox import OutboxMessage
from storage.rounds import Match, Round, Seat
from tests.coffee import set_up
from tests.weft import Weft, labels, turn_to

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NAMES = ("Ana", "Ben", "Cleo", "Dev", "Eva")
ZONES = ("Europe/Berlin", "Europe/Berlin", "America/New_York", "America/New_York", "Europe/Berlin")
ANSWERS = ("We met", "It's planned", "Not yet", "My weeks broke", "No reply")
NUMBER = 0xFFFF
"""Of the simulated workspace: far from those that others made."""
LOOKS_AT = 15
"""At this hour in UTC everybody is at work: the test looks then, and when a round is due."""


class Killed(BaseException):
    """The process dies. Not an Exception: nothing in the bot may catch it."""


class Mortal(Database):
    """A database whose process can die just before or just after it has committed."""

    dies_in = 0
    """So many commits later. 0: never. Odd numbers die before the commit, even ones after it."""

    @contextmanager
    def transaction(self):
        dies = self.dies_in == 1
        before = self.dies_before
        with super().transaction() as session:
            yield session
            if self.dies_in:
                self.dies_in -= 1
            if dies and before:
                raise Killed
        if dies:
            raise Killed

    dies_before = True


@dataclass
class Known:
    """What the test knows of a person."""

    is_in: bool = True
    paused_until: date | None = None
    skips: datetime | None = None
    away_until: datetime | None = None
    quiet_until: datetime | None = None
    is_gone: bool = False


class Life:
    def __init__(self, server, url, starts):
        self.server, self.clock = server, ManualClock(starts)
        # The same ids whatever ran before: chance depends on them, and what was found has to be found again.
        with patch("bot.demo.workspace.records._numbers", itertools.count(NUMBER)):
            self.workspace = Workspace(self.clock, name="Acme", settings=server.app_settings)
        server.host(self.workspace)
        self.database = Mortal(url)
        self.lives = 0
        self.awaken()
        self.people = {name: self.workspace.add_person(name, tz=zone) for name, zone in zip(NAMES, ZONES, strict=True)}
        self.known = {name: Known() for name in NAMES}
        self.apart = []
        self.alma = self.workspace.add_person("Alma", tz="Europe/Berlin", is_admin=True)
        self.channel = self.workspace.add_channel("coffee", members=list(self.people.values()))
        self.weft.tick()
        assert set_up(self.alma, self.channel, **{"How often": "Every week"}) == {}
        self.rounds_seen = {}
        self.private_seen = dict.fromkeys(NAMES, 0)

    def awaken(self):
        """The bot starts anew on the same database, and knows nothing but what stands in it."""
        self.lives += 1
        composed = compose(
            self.database,
            self.clock,
            random.Random(self.lives),
            token=self.workspace.bot_token,
            api_url=self.server.api_url,
            one_thread=True,
        )
        self.workspace.deliver_to(Direct(composed.app))
        self.weft = Weft(composed, self.workspace, self.clock)

    def close(self):
        self.server.release(self.workspace)
        self.database.close()

    # Time

    def pass_days(self, days):
        until = self.clock.now() + timedelta(days=days)
        while (moment := self.next_look()) <= until:
            self.clock.move_to(moment)
            self.look()
        self.clock.move_to(until)
        self.look()

    def pass_until_round(self):
        self.pass_days((self.program().next_round_at - self.clock.now()) / timedelta(days=1))

    def next_look(self):
        now = self.clock.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        looks = [midnight + timedelta(days=day, hours=LOOKS_AT) for day in (0, 1)]
        return min(look for look in [*looks, self.program().next_round_at] if look > now)

    def program(self):
        with self.weft.bot.look() as work:
            [program] = programs.programs(work.session, workspace_id=work.workspace_id)
        return program

    def look(self):
        """What is due happens, if need be in several lives."""
        began = self.clock.now()
        while True:
            try:
                self.weft.tick()
                self.weft.carry()
            except Killed:
                self.awaken()
            else:
                break
        self.check(began)

    # Acting: whoever was not answered because the bot died, does it again

    def act(self, do):
        try:
            do()
        except Killed:
            self.awaken()
            with suppress(Exception):  # What was done before the death is not there to be pressed a second time.
                do()
        self.check(self.clock.now())

    def keep_apart(self, one, other):
        """On top of those whom this person would not meet before."""
        wishes = [pair for pair in self.apart if one in pair]
        mine = {name for pair in wishes for name in pair} - {one}
        person = self.people[one]
        person.press("Edit", turn_to(person, "My people"))
        person.fill({"People": [self.people[name] for name in sorted(mine)]})
        assert person.submit() == {}

    def press_at_home(self, name, label):
        """If it is there."""
        person = self.people[name]
        person.open_home()
        if label in labels(person.home):
            person.press(label, person.home)

    # Promises

    def check(self, began):
        with self.weft.bot.look() as work:
            self.check_rounds(work, began)
            self.check_seats(work)
            self.check_meetings(work)
            self.check_outbox(work)
            self.check_budget(work)
        self.check_each_message_came_once()
        self.check_peace(began)

    def name_of(self, person_id):
        return next((name for name, person in self.people.items() if person.id == person_id), person_id)

    def check_rounds(self, work, began):
        for one in work.session.scalars(select(Round).where(Round.id.not_in(list(self.rounds_seen)))):
            self.rounds_seen[one.id] = one.starts_at
            assert one.starts_at.astimezone(BERLIN).strftime("%a %H:%M") == "Tue 10:00"
            late = began - one.starts_at
            assert timedelta() <= late <= timedelta(hours=24), f"a round began {late} late"
            if late > timedelta(minutes=15):
                local = began.astimezone(BERLIN)
                assert 9 <= local.hour < 17, f"a round was caught up at {local:%a %H:%M}"
            for match in one.matches:
                names = [self.name_of(seat.person_id) for seat in match.seats]
                for name in names:
                    assert self.why_not(name, one.starts_at, began) is None, (
                        name,
                        self.why_not(name, one.starts_at, began),
                    )
                assert not any({a, b} in self.apart for a in names for b in names), f"{names} are to be kept apart"
                assert len(names) in (2, 3)

    def why_not(self, name, starts_at, now):
        known = self.known[name]
        if not known.is_in:
            return "has not joined"
        if known.is_gone:
            return "is gone"
        if known.paused_until is not None and known.paused_until > now.astimezone(BERLIN).date():
            return "takes a break"
        if known.skips == starts_at:
            return "skips this one"
        if known.away_until is not None and known.away_until > now:
            return "is away"
        return None

    def check_seats(self, work):
        seats = [(seat.round_id, seat.person_id) for seat in work.session.scalars(select(Seat))]
        assert len(seats) == len(set(seats)), "somebody sits twice in a round"

    def check_meetings(self, work):
        met = {f"match:{m.id}" for m in work.session.scalars(select(Match).where(Match.state == MatchState.MET))}
        meetings = [meeting.origin for meeting in work.session.scalars(select(Meeting))]
        assert sorted(meetings) == sorted(met), "meetings and matches that met are not the same"

    def check_outbox(self, work):
        gone = {self.people[name].id for name, known in self.known.items() if known.is_gone}
        chosen = select(OutboxMessage).where(OutboxMessage.state == DeliveryState.WAITING)
        for message in work.session.scalars(chosen):
            assert not gone & set(message.people), f"{message.key} waits for somebody who is gone"

    def check_budget(self, work):
        """On a day of theirs whoever has got anything gets nothing more; only an introduction waits for nobody."""
        counted = select(OutboxMessage).where(OutboxMessage.attention != Attention.ASKED_FOR)
        rows = {opaque_key(row): row for row in work.session.scalars(counted)}
        got = {person.id: [] for person in self.people.values()}
        for key, message in self.posted():
            for person in set(rows[key].people if key in rows else ()) & set(got):
                got[person].append((float(message.ts), len(rows[key].people) == 1))
        for person, zone in zip(self.people.values(), ZONES, strict=True):
            days = set()
            for ts, may_wait in sorted(got[person.id]):
                day = datetime.fromtimestamp(ts, ZoneInfo(zone)).date()
                assert day not in days or not may_wait, f"{person.name} was written to once more on {day}"
                days.add(day)

    def posted(self):
        """All that the bot has written, as Slack has it, with its key."""
        for channel in self.workspace.channels.values():
            for message in channel.messages:
                if message.user == self.workspace.bot_user_id:
                    yield (message.metadata or {}).get("event_payload", {}).get("key"), message

    def check_each_message_came_once(self):
        named = [key for key, _ in self.posted() if key is not None]
        assert len(named) == len(set(named)), "a message came twice"

    def check_peace(self, began):
        for name, person in self.people.items():
            messages = person.messages()
            new, self.private_seen[name] = messages[self.private_seen[name] :], len(messages)
            known = self.known[name]
            for what, until in (("is away", known.away_until), ("has do-not-disturb on", known.quiet_until)):
                if until is not None and until > self.clock.now():
                    assert not new, f"{name} {what} and was written to: {new[0].text}"


def pressable(person):
    """Every message of theirs with a button of an answer, oldest first."""
    return [
        message for message in (*person.messages(), *person.group_messages()) if set(labels(message)) & set(ANSWERS)
    ]


__all__ = ["ANSWERS", "BERLIN", "NAMES", "Killed", "Known", "Life", "pressable"]
