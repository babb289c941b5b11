"""Random months of a program: whatever people do and whenever the bot dies, what it promises holds after every step."""

import os
import random
import shutil
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.conftest import APP
from tests.programs.life.living import ANSWERS, Life, pressable
from tests.programs.life.people import BERLIN, NAMES
from tests.weft import labels

NIGHT = "WEFT_TESTS_FOR_THE_NIGHT"
"""Set to a number of lives, the machine lives that many, and longer ones: for an hour when nobody waits."""
SHORTLY_BEFORE_CLOCK_CHANGES = [
    datetime(2026, 3, 4, 9, tzinfo=UTC),  # America on 8 March, Europe on 29 March
    datetime(2026, 10, 19, 9, tzinfo=UTC),  # Europe on 25 October, America on 1 November
]
people = st.sampled_from(NAMES)
days = st.integers(1, 6)


class Months(RuleBasedStateMachine):
    server = url = None
    life = None

    @initialize(starts=st.sampled_from(SHORTLY_BEFORE_CLOCK_CHANGES))
    def begin(self, starts):
        self.life = Life(self.server, self.url(), starts)

    def teardown(self):
        if self.life is not None:
            self.life.close()

    def known(self, name):
        return self.life.known[name]

    def command(self, name, words):
        person = self.life.people[name]
        self.life.act(lambda: person.command("/coffee", words))

    # Time and trouble

    @rule(days=days)
    def days_pass(self, days):
        self.life.pass_days(days)

    @rule()
    def a_round_begins(self):
        self.life.pass_until_round()

    @rule()
    def the_next_round_begins(self):
        """The same: half of what makes a life interesting happens then."""
        self.life.pass_until_round()

    @rule(days=st.integers(1, 3))
    def nobody_runs_the_bot(self, days):
        self.life.clock.advance(timedelta(days=days))
        self.life.look()

    @rule(commits=st.integers(1, 12), before=st.booleans())
    def the_bot_will_die(self, commits, before):
        self.life.database.dies_in, self.life.database.dies_before = commits, before

    @rule(doubled=st.booleans())
    def events_come_doubled(self, doubled):
        self.life.workspace.double_events(doubled)

    @rule(name=people, seed=st.integers(0, 5))
    def events_come_late_and_shuffled(self, name, seed):
        """They change their title twice and back; what came last is not what happened last."""
        self.life.workspace.hold_events()
        self.life.people[name].change(title="Engineer")
        self.life.clock.advance(timedelta(seconds=2))
        self.life.people[name].change(title="Senior engineer")
        self.life.act(lambda: self.life.workspace.release_events(random.Random(seed)))

    # Coming and going

    @rule(name=people)
    def joins(self, name):
        if not self.known(name).is_gone:
            was_in = self.known(name).is_in
            self.known(name).is_in = True
            if not was_in:
                self.known(name).paused_until = self.known(name).skips = None
            self.command(name, "join")

    @rule(name=people)
    def leaves(self, name):
        if not self.known(name).is_gone:
            self.known(name).is_in = False
            self.command(name, "leave")

    @rule(name=people, weeks=st.integers(1, 3))
    def pauses(self, name, weeks):
        known = self.known(name)
        if known.is_in and not known.is_gone:
            here = self.life.clock.now().astimezone(BERLIN).date()
            known.paused_until = here + timedelta(weeks=weeks) - timedelta(days=1)
            self.command(name, f"pause {weeks}w")

    @rule(name=people)
    def skips(self, name):
        known = self.known(name)
        if known.is_in and not known.is_gone:
            known.skips = self.life.program().next_round_at
            self.command(name, "skip")

    @rule(name=people, days=st.integers(3, 14))
    def is_away(self, name, days):
        known = self.known(name)
        if not known.is_gone:
            known.away_until = self.life.clock.now() + timedelta(days=days)
            self.life.act(lambda: self.life.people[name].set_status(":palm_tree:", "Away", known.away_until))

    @rule(name=people)
    def is_away_when_the_next_round_begins(self, name):
        known, starts_at = self.known(name), self.life.program().next_round_at
        if not known.is_gone:
            known.away_until = starts_at + timedelta(days=1)
            self.life.act(lambda: self.life.people[name].set_status(":palm_tree:", "Away", known.away_until))
            self.life.pass_until_round()

    @rule(name=people)
    def is_back(self, name):
        if not self.known(name).is_gone:
            self.known(name).away_until = None
            self.life.act(lambda: self.life.people[name].set_status())

    @rule(name=people, hours=st.integers(1, 30))
    def wants_no_disturbance(self, name, hours):
        known = self.known(name)
        if not known.is_gone:
            known.quiet_until = self.life.clock.now() + timedelta(hours=hours)
            self.life.act(lambda: self.life.people[name].sets_dnd(known.quiet_until))

    @rule(name=people)
    def is_deactivated_or_comes_back(self, name):
        known, person = self.known(name), self.life.people[name]
        self.life.clock.advance(timedelta(seconds=2))
        known.is_gone = not known.is_gone
        self.life.act(person.deactivate if known.is_gone else person.reactivate)

    # Coffee

    @rule(one=people, other=people)
    def would_rather_not_meet(self, one, other):
        if one != other and not self.known(one).is_gone:
            self.life.apart.append({one, other})
            self.life.act(lambda: self.life.keep_apart(one, other))

    @rule(name=people, answer=st.sampled_from(ANSWERS), back=st.integers(0, 3))
    def answers(self, name, answer, back):
        person = self.life.people[name]
        there = [message for message in pressable(person)[::-1][back : back + 1] if answer in labels(message)]
        if there and not self.known(name).is_gone:
            self.life.act(lambda: person.press(answer, there[0]))

    @rule(name=people)
    def takes_back_that_they_met(self, name):
        person = self.life.people[name]
        there = [message for message in pressable(person) if "We met" in labels(message)]
        if there and not self.known(name).is_gone:
            self.life.act(lambda: person.press("We met", there[-1]))
            self.life.act(lambda: self.life.press_at_home(name, "Not yet after all"))

    @rule(name=people, number=st.integers(1, 3))
    def chooses_a_time(self, name, number):
        person, label = self.life.people[name], f"{number} works for me"
        there = [message for message in person.group_messages() if label in labels(message)]
        if there and not self.known(name).is_gone:
            self.life.act(lambda: person.press(label, there[-1]))


def test_what_is_promised_holds_in_random_months(slack_server, migrated_file, tmp_path):
    numbers = iter(range(10**9))

    def fresh():
        file = tmp_path / f"life-{next(numbers)}.sqlite3"
        shutil.copy(migrated_file, file)
        return f"sqlite:///{file}"

    slack_server.app_settings = APP
    machine = type("Months", (Months,), {"server": slack_server, "url": staticmethod(fresh)})
    nights = int(os.environ.get(NIGHT, 0))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=nights or 6,
            stateful_step_count=100 if nights else 30,
            deadline=None,
            derandomize=not nights,
            suppress_health_check=list(HealthCheck),
        ),
    )
