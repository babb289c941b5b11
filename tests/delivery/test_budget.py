"""What nobody asked for comes once a day and three times a week at most, in working hours, whatever happens."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from sqlalchemy import select

from bot.core.message import Message
from bot.delivery.carrier import Carrier
from bot.delivery.feature import tidy
from bot.delivery.lease import LEASE
from storage.kinds import Attention, DeliveryState
from storage.outbox.attention import QuotaUse
from storage.outbox.outbox import OutboxMessage
from storage.outbox.outgoing import claimed
from tests.rows import copies

PROGRAM, NUDGE, ASKED_FOR = Attention.PROGRAM, Attention.NUDGE, Attention.ASKED_FOR
POST = "chat.postMessage"
BERLIN = "Europe/Berlin"


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz=BERLIN)


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor", tz=BERLIN)


NUMBERS = count()


def send(weft, to, attention, **more):
    key = f"message:{next(NUMBERS)}"
    with weft.bot.begin() as work:
        work.send(Message(f"{attention} {key}"), to=to, key=key, attention=attention, **more)
    return key


def wait(weft, **time):
    until = weft.clock.now() + timedelta(**time)
    while weft.clock.now() < until:
        weft.clock.move_to(min(until, weft.clock.now() + timedelta(hours=1)))
        weft.carry()


def moments(person, of=(PROGRAM, NUDGE), zone=BERLIN):
    return [
        datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))
        for message in person.messages()
        if message.text.split()[0] in of
    ]


def rows(weft):
    with weft.bot.look() as work:
        return [claimed(row) for row in work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def spent(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(QuotaUse)))


@pytest.mark.slow
def test_of_five_nudges_one_comes_a_day_and_three_a_week(weft_on_both, ana):
    weft = weft_on_both
    weft.tick()
    for _ in range(5):
        send(weft, ana.id, NUDGE)

    wait(weft, days=9)

    assert [f"{at:%a %d}" for at in moments(ana)] == ["Mon 02", "Tue 03", "Wed 04", "Mon 09", "Tue 10"]


@pytest.mark.slow
def test_messages_of_a_program_come_once_a_day_also_after_three_nudges(weft, ana):
    weft.tick()
    for attention in [NUDGE, NUDGE, NUDGE, PROGRAM, PROGRAM]:
        send(weft, ana.id, attention)

    wait(weft, days=4, hours=1)

    assert [f"{at:%a}" for at in moments(ana)] == ["Mon", "Tue", "Wed", "Thu", "Fri"]


def test_what_was_asked_for_always_comes_and_takes_nothing(weft, ana):
    weft.tick()
    for _ in range(4):
        send(weft, ana.id, ASKED_FOR)
    send(weft, ana.id, NUDGE)

    weft.carry()

    assert len(ana.messages()) == 5
    assert len(spent(weft)) == 1


def test_it_waits_for_working_hours_and_over_the_weekend(weft, ana):
    weft.tick()
    friday_evening = datetime(2026, 3, 6, 19, tzinfo=UTC)
    weft.clock.move_to(friday_evening)
    send(weft, ana.id, NUDGE)

    wait(weft, days=4)

    assert [f"{at:%a %H:%M}" for at in moments(ana)] == ["Mon 09:00"]


def test_an_introduction_is_never_held_back_and_takes_the_day_of_all_in_it(weft, ana, ben):
    weft.tick()
    send(weft, ana.id, NUDGE)
    weft.carry()
    send(weft, [ana.id, ben.id], PROGRAM)
    weft.carry()
    send(weft, ben.id, NUDGE)
    weft.carry()

    assert len(ana.group_messages()) == 1
    wait(weft, days=1)
    assert [f"{at:%a}" for at in moments(ben)] == ["Tue"]


def test_what_does_not_fit_before_it_loses_its_sense_is_not_sent(weft, ana):
    weft.tick()
    send(weft, ana.id, NUDGE)
    send(weft, ana.id, NUDGE, until=weft.clock.now() + timedelta(hours=5))

    wait(weft, days=2)

    assert len(ana.messages()) == 1
    assert rows(weft)[1].state is DeliveryState.CANCELLED


@pytest.mark.sampled(2)
@pytest.mark.parametrize("first", [PROGRAM, NUDGE])
@pytest.mark.parametrize("hours_later", [0, 4])
def test_what_can_wait_lets_go_first_what_would_lose_its_sense_by_tomorrow(weft, ana, first, hours_later):
    weft.tick()
    now = weft.clock.now()
    question = send(weft, ana.id, first, until=now + timedelta(days=9))
    heads_up = send(weft, ana.id, PROGRAM, at=now + timedelta(hours=hours_later), until=now + timedelta(hours=20))

    wait(weft, days=2)

    assert [message.text.split()[1] for message in ana.messages()] == [heads_up, question]
    assert [f"{at:%a}" for at in moments(ana)] == ["Mon", "Tue"]


def test_what_can_wait_does_not_wait_for_a_suggestion_nor_for_what_waits_elsewhere(weft, ana, ben):
    weft.tick()
    now = weft.clock.now()
    question = send(weft, ana.id, PROGRAM, until=now + timedelta(days=9))
    send(weft, ana.id, NUDGE, until=now + timedelta(hours=5))
    send(weft, ben.id, PROGRAM, until=now + timedelta(hours=5))
    send(weft, ana.id, PROGRAM, at=now + timedelta(hours=26), until=now + timedelta(hours=30))

    weft.carry()

    assert [message.text.split()[1] for message in ana.messages()] == [question]


def test_a_message_that_slack_refuses_for_good_takes_nothing(weft, workspace, ana):
    weft.tick()
    workspace.faults.refuse(POST, "msg_too_long")
    send(weft, ana.id, NUDGE)
    send(weft, ana.id, NUDGE)

    wait(weft, hours=1)

    assert len(moments(ana)) == 1
    assert len(spent(weft)) == 1


def test_do_not_disturb_until_late_means_the_next_working_day(weft, ana):
    weft.tick()
    ana.sets_dnd(weft.clock.now() + timedelta(hours=10))
    send(weft, ana.id, NUDGE)

    wait(weft, days=2)

    assert [f"{at:%a %H:%M}" for at in moments(ana)] == ["Tue 09:00"]


def test_an_interrupted_message_that_never_arrived_asks_again_before_it_goes(weft, ana):
    weft.tick()
    send(weft, ana.id, NUDGE)
    weft.composed.carrier.lease.hold()
    weft.composed.carrier.sender.claim(rows(weft)[0])  # Then the power went, until the evening.
    weft.clock.advance(timedelta(hours=10))
    restarted = another(weft)
    for _ in range(30):
        restarted.carry()
        weft.clock.advance(timedelta(hours=1))

    assert [f"{at:%a %H}" for at in moments(ana)] == ["Tue 09"]
    assert [f"{row.spent_on:%a}" for row in spent(weft)] == ["Tue"]


def test_after_eight_days_it_is_forgotten_what_was_spent(weft, ana):
    weft.tick()
    send(weft, ana.id, NUDGE)
    weft.carry()
    weft.clock.advance(timedelta(days=7, hours=23))
    tidy(weft.bot, None)
    assert len(spent(weft)) == 1

    weft.clock.advance(timedelta(hours=2))
    tidy(weft.bot, None)

    assert spent(weft) == []


def another(weft):
    """A second process with the same database."""
    carrier = weft.composed.carrier
    return Carrier(weft.bot, carrier.slack.client, holder=f"another:{next(NUMBERS)}")


# Any life


ZONES = [BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
deeds = st.one_of(
    st.tuples(st.just("send"), st.sampled_from([NUDGE, NUDGE, PROGRAM, ASKED_FOR])),
    st.tuples(st.just("group"), st.just(PROGRAM)),
    st.tuples(st.just("wait"), st.sampled_from([1, 3, 9, 20, 60])),
    st.tuples(st.just("travel"), st.sampled_from(ZONES)),
    st.tuples(st.just("fault"), st.sampled_from(["lose_answer", "drop_request", "rate_limit"])),
    st.tuples(st.just("die"), st.booleans()),
    st.tuples(st.just("dnd"), st.integers(1, 30)),
)


@pytest.mark.slow
@given(st.lists(deeds, min_size=8, max_size=25))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_nobody_gets_more_than_the_budget_whatever_happens(weft, workspace, life):
    ana, ben = (workspace.add_person("Ana", tz=BERLIN) for _ in range(2))
    weft.tick()
    lived = Lived(weft, workspace, ana, ben)
    for what, how in life:
        getattr(lived, what)(how)
    lived.wait(24 * 9)

    assert_within_budget(lived.got(NUDGE, PROGRAM), lived.got(NUDGE))
    assert len({message.text for message in ana.messages()}) == len(ana.messages())
    assert lived.got(ASKED_FOR, zone="UTC") or ("send", ASKED_FOR) not in life


class Lived:
    """Ana's life as one example has it, with two processes that carry in turn."""

    def __init__(self, weft, workspace, ana, ben):
        self.weft, self.workspace, self.ana, self.ben = weft, workspace, ana, ben
        self.carrier = another(weft)
        self.zones = [(weft.clock.now(), BERLIN)]

    def send(self, attention):
        send(self.weft, self.ana.id, attention)
        self.carry()

    def group(self, attention):
        send(self.weft, [self.ana.id, self.ben.id], attention)
        self.carry()

    def travel(self, zone):
        # What came in this very moment came by the clock that she had before.
        self.weft.clock.advance(timedelta(seconds=1))
        self.ana.change(tz=zone)
        self.zones.append((self.weft.clock.now(), zone))

    def fault(self, kind):
        getattr(self.workspace.faults, kind)(POST)

    def dnd(self, hours):
        self.ana.sets_dnd(self.weft.clock.now() + timedelta(hours=hours))

    def die(self, has_posted):
        """In the middle of a message, which Slack has got or not; another process takes over."""
        if self.carrier.lease.hold():
            waiting = [row for row in rows(self.weft) if row.state is DeliveryState.WAITING]
            claimed = next(filter(None, map(self.carrier.sender.claim, waiting[:1])), None)
            if claimed is not None and has_posted and not claimed.is_uncertain and len(claimed.people) == 1:
                with suppress(SlackApiError):  # Slack may turn it away, and nobody lives to hear of it.
                    self.carrier.slack.client.chat_postMessage(**as_posted(claimed))
        self.carrier = another(self.weft)
        self.wait(1)

    def wait(self, hours):
        until = self.weft.clock.now() + timedelta(hours=hours)
        while self.weft.clock.now() < until:
            self.weft.clock.move_to(min(until, self.weft.clock.now() + timedelta(hours=3)))
            self.carry()

    def carry(self):
        patience = self.weft.clock.now() + timedelta(minutes=1)
        while (moment := self.carrier.carry()) is not None and moment <= patience:
            self.weft.clock.move_to(max(moment, self.weft.clock.now() + timedelta(milliseconds=1)))

    def got(self, *attentions, zone=None):
        """The moments by the clock that she had then."""
        return [at.astimezone(ZoneInfo(zone or self.zone_at(at))) for at in moments(self.ana, attentions, "UTC")]

    def zone_at(self, moment):
        return [zone for since, zone in self.zones if since <= moment][-1]


def as_posted(row):
    from bot.delivery.calls import METADATA_TYPE, opaque_key

    metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": opaque_key(row)}}
    return {"channel": row.recipient, "text": row.text, "metadata": metadata}


def assert_within_budget(unsolicited, nudges):
    days = [at.date() for at in unsolicited]
    assert len(days) == len(set(days)), unsolicited
    for first, fourth in zip(nudges, nudges[3:], strict=False):
        assert fourth - first >= timedelta(days=7, seconds=-60), nudges
    for at in unsolicited:
        assert at.weekday() < 5, at
        assert 9 <= at.hour < 17, at


def test_the_lease_of_a_dead_process_is_shorter_than_the_wait_of_this_test():
    assert timedelta(hours=1) > LEASE
