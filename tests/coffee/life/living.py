"""The life itself: the company, time that passes, and people who act."""

import random
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

from bot.app import compose
from bot.core.calendar import is_working_day
from bot.core.clock import ManualClock
from bot.delivery.calls import key_of
from bot.nudges.planning import plan_due
from bot.people.service import import_attributes
from bot.slacksim import Workspace
from bot.slacksim.errors import NotPossible
from storage.programs import programs
from storage.rounds.rounds import Match
from tests.coffee.life import suggesting
from tests.coffee.life.dying import Killed, Mortal, Wire
from tests.coffee.life.people import ADMIN, HOURS, LOOKS_AT, NAMES, ZONES, Known, Thought
from tests.coffee.life.promises import broken, silence
from tests.coffee.life.seen import Seen
from tests.coffee.stories import set_up
from tests.numbering import numbered_from
from tests.rows import copy_of
from tests.weft import Weft, labels, turn_to

NUMBER = 0xFFFF
"""Of the simulated workspace: far from those that others made."""
HOW_OFTEN = {1: "Every week", 2: "Every other week"}


class Life:
    def __init__(self, server, url, starts, weeks=1):
        self.server, self.clock, self.weeks = server, ManualClock(starts), weeks
        # The same ids whatever ran before: chance depends on them, and what was found has to be found again.
        with numbered_from(NUMBER):
            self.workspace = Workspace(self.clock, name="Acme", settings=server.app_settings)
        server.host(self.workspace)
        self.database = Mortal(url)
        self.lives, self.was_lost = 0, False
        self.dies_after_posting = 0
        self.heard, self.suggests_at = [], starts
        self.workspace.after_call = self.was_called
        self.awaken()
        self.people = {name: self.workspace.add_person(name, tz=zone) for name, zone in ZONES.items()}
        self.known = {name: Known() for name in NAMES}
        self.apart = []
        self.rounds_seen = set()
        self.private_seen = dict.fromkeys(NAMES, 0)
        self.seen_until, self.last_row, self.answered, self.ever_met = "0", 0, set(), set()
        self.agreed, self.met_now, self.said_yes = set(), set(), defaultdict(set)
        self.thoughts, self.wrote = 0, defaultdict(dict)
        self.begin()

    def begin(self):
        """Alma, who has set it up, is not in it."""
        alma = self.people[ADMIN]
        alma.change(is_admin=True)
        self.known[ADMIN].is_in = False
        self.channel = self.workspace.add_channel(
            "coffee", members=[self.people[name] for name in NAMES if name != ADMIN]
        )
        self.kinds = suggesting.kinds(about=alma.id)
        self.weft.tick()
        with self.weft.bot.begin() as work:
            rows = [f"{self.people[name].id},{team}" for name, team in suggesting.TEAMS.items()]
            import_attributes(work, "\n".join(["person_id,team", *rows]))
        assert set_up(alma, self.channel, **{"How often": HOW_OFTEN[self.weeks]}) == {}
        for name, (starts, ends) in HOURS.items():
            self.works(self.people[name], f"{starts:%H:%M}", f"{ends:%H:%M}")
        self.first_round_at = self.program().next_round_at

    def works(self, person, starts, ends):
        person.press("Change my hours", turn_to(person, "Settings"))
        person.fill({"From": starts, "To": ends})
        assert person.submit() == {}

    def awaken(self):
        """The bot starts anew on the same database, and knows nothing but what stands in it."""
        self.lives, self.database.is_dead = self.lives + 1, False
        composed = compose(
            self.database,
            self.clock,
            random.Random(self.lives),
            token=self.workspace.bot_token,
            api_url=self.server.api_url,
            one_thread=True,
        )
        self.workspace.deliver_to(Wire(composed.app, self.died_of, self.heard))
        self.weft = Weft(composed, self.workspace, self.clock)

    def was_called(self, method):
        if method == "chat.postMessage" and self.dies_after_posting:
            self.dies_after_posting -= 1
            if self.dies_after_posting == 0:
                self.database.will_die(commits=1, before=True)

    def died_of(self, envelope):
        """Whether Slack takes it for heard."""
        self.was_lost = envelope.is_event and self.database.is_heard
        self.awaken()
        return self.was_lost

    def close(self):
        self.server.release(self.workspace)
        self.database.close()

    # Time

    def pass_days(self, days):
        self.pass_until(self.clock.now() + timedelta(days=days))

    def pass_until(self, until):
        while (moment := self.next_look()) <= until:
            self.clock.move_to(moment)
            self.look()
        if self.clock.now() < until:
            self.clock.move_to(until)
            self.look()

    def pass_until_round(self):
        self.pass_until(self.program().next_round_at)

    def hurry_until_round(self, *, shortly_before=timedelta()):
        """The bot runs only when there is something to say: on the day before, and when the round begins."""
        due_at = self.program().next_round_at
        day_before = (due_at - timedelta(days=1)).replace(hour=LOOKS_AT, minute=0)
        for moment in (day_before, due_at - shortly_before):
            if moment > self.clock.now():
                self.clock.move_to(moment)
                self.look()

    def next_look(self):
        now = self.clock.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        days = (midnight + timedelta(days=day, hours=LOOKS_AT) for day in range(4))
        looks = [day for day in days if is_working_day(day.date())]
        return min(look for look in [*looks, self.program().next_round_at] if look > now)

    def program(self):
        with self.weft.bot.look() as work:
            [program] = programs.programs(work)
            return copy_of(program)

    def look(self):
        """What is due happens, if need be in several lives."""
        began = self.clock.now()
        while True:
            try:
                self.suggest()
                self.weft.tick()
                self.weft.carry()
            except Killed:
                self.awaken()
            else:
                break
        self.check(began, looked=True)

    def suggest(self):
        """Once an hour is enough: the test looks more often only while people wait for each other."""
        if self.clock.now() >= self.suggests_at:
            plan_due(self.weft.bot, self.kinds)
            self.suggests_at = self.clock.now() + timedelta(hours=1)

    # Acting

    def act(self, name, do):
        """Whoever was not answered because the bot died, does it again."""
        person, lives = self.people[name], self.lives
        do(person)
        if self.lives > lives:
            with suppress(NotPossible):  # What was done before the death is not there to be pressed a second time.
                do(person)
        self.after(lives)

    def happens(self, do):
        """Slack tells the bot, and tells it again if nobody has acknowledged it."""
        lives, self.was_lost = self.lives, False
        do()
        self.workspace.resend_unacknowledged()
        self.after(lives)

    def after(self, lives):
        """A bot that has just been started looks at what is due."""
        if self.lives > lives:
            self.look()
        else:
            self.check(self.clock.now())

    def keep_apart(self, name):
        """All whom they would not meet."""
        person = self.people[name]
        mine = {other for pair in self.apart if name in pair for other in pair} - {name}
        person.press("Edit", turn_to(person, "My people"))
        person.fill({"People": [self.people[one] for one in sorted(mine)]})
        person.submit()

    def press_at_home(self, person, label):
        """If it is there."""
        person.open_home()
        if label in labels(person.home):
            person.press(label, person.home)

    # Seeing

    def check(self, began, *, looked=False):
        with self.weft.bot.look() as work:
            seen = Seen(self, work.session, began, looked)
            sentences = broken(seen)
            self.agreed |= {(match.id, match.agreed_at) for match in seen.matches}
            on_a_break = {name: silence.memberships(seen)[name].paused_until for name in silence.put_on_a_break(seen)}
            self.rounds_seen |= {one.id for one in seen.new_rounds}
            self.last_row = max([self.last_row, *(row.id for row in seen.keys.values())])
        assert not sentences, "\n".join(sentences)
        self.ever_met |= seen.met
        self.private_seen = {name: len(person.messages()) for name, person in self.people.items()}
        self.seen_until = max([self.seen_until, *(message.ts for _, message in seen.posted)])
        for name, until in on_a_break.items():
            self.known[name].paused_until = until
        for known in self.known.values():
            known.was_gone = known.is_gone

    def writes_in(self, match_id, name, words):
        """They write it to those who sit there now."""
        with self.weft.bot.look() as work:
            match = work.session.get_one(Match, match_id)
            sitting = frozenset(self.name_of(seat.person_id) for seat in match.seats)
        self.wrote[match_id][name] = Thought(words, sitting)

    def readers(self, message):
        """Everybody who can read it, by name."""
        members = self.workspace.channels[message.channel_id].members
        return [name for name, person in self.people.items() if person.id in members]

    def name_of(self, person_id):
        return next((name for name, person in self.people.items() if person.id == person_id), person_id)

    def posted(self):
        """All that the bot has written, as Slack has it, with its key."""
        for channel in self.workspace.channels.values():
            for message in channel.messages:
                if message.user == self.workspace.bot_user_id:
                    yield key_of({"metadata": message.metadata}), message
