"""What waits for one person is said in one message, whatever happens to it on the way."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.blocks import section
from bot.core.message import Message
from bot.delivery.lease import LEASE
from storage.kinds import Attention, DeliveryState
from tests.delivery.test_budget import POST, another, rows, spent, wait

PROGRAM, NUDGE = Attention.PROGRAM, Attention.NUDGE


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor", tz="Europe/Berlin")


def tell(weft, person, words, *, hours=20, **more):
    more = {"attention": PROGRAM, "shares": True, "until": weft.clock.now() + timedelta(hours=hours)} | more
    with weft.bot.begin() as work:
        work.send(Message(words, [section(words)]), to=person.id, key=f"{words} for {person.id}", **more)


def states(weft):
    return [row.state.value for row in rows(weft)]


def read(person):
    return [message.text.split("\n") for message in person.messages()]


@pytest.fixture
def both(weft, ana):
    weft.tick()
    tell(weft, ana, "Coffee is tomorrow")
    tell(weft, ana, "Lunch is tomorrow")
    return weft


def test_two_that_are_for_the_same_day_come_as_one(weft_on_both, ana):
    weft = weft_on_both
    weft.tick()
    tell(weft, ana, "Coffee is tomorrow")
    tell(weft, ana, "Lunch is tomorrow")

    weft.carry()

    [message] = ana.messages()
    assert message.text == "Coffee is tomorrow\nLunch is tomorrow"
    assert [block["type"] for block in message.blocks] == ["section", "divider", "section"]
    assert states(weft) == ["sent", "sent"]
    assert len(spent(weft)) == 1


def test_each_goes_to_its_own_person(both, ben, ana):
    tell(both, ben, "Coffee is tomorrow")

    both.carry()

    assert (len(read(ana)), read(ben)) == (1, [["Coffee is tomorrow"]])


@pytest.mark.parametrize(
    "more",
    [{"shares": False}, {"attention": NUDGE}, {"hours": -1}, {"at_in": 3}],
    ids=["is pressed away", "is a suggestion", "has lost its sense", "is for later"],
)
def test_what_is_not_to_be_said_together_is_not(both, ana, more):
    at = {"at": both.clock.now() + timedelta(hours=more.pop("at_in"))} if "at_in" in more else {}
    tell(both, ana, "Something else", **more, **at)

    both.carry()

    assert read(ana) == [["Coffee is tomorrow", "Lunch is tomorrow"]]


def test_what_can_wait_need_not_wait_when_it_is_said_in_the_same_breath(both, ana):
    tell(both, ana, "Shall I go on?", until=None)

    both.carry()

    assert read(ana) == [["Coffee is tomorrow", "Lunch is tomorrow", "Shall I go on?"]]


def test_a_message_stays_one_that_can_be_read(both, ana):
    for number in range(8):
        tell(both, ana, f"Program {number}")

    both.carry()

    assert [len(lines) for lines in read(ana)] == [5]


def test_what_was_taken_back_in_time_is_not_said(both, ana):
    with both.bot.begin() as work:
        work.take_back(f"Lunch is tomorrow for {ana.id}")

    both.carry()

    assert read(ana) == [["Coffee is tomorrow"]]


def test_turned_away_for_now_they_wait_together_and_one_can_still_be_taken_back(both, workspace, ana):
    workspace.faults.rate_limit(POST)
    both.composed.carrier.carry()
    assert (states(both), spent(both)) == (["waiting"] * 2, [])

    with both.bot.begin() as work:
        work.take_back(f"Coffee is tomorrow for {ana.id}")
    wait(both, hours=1)

    assert read(ana) == [["Lunch is tomorrow"]]


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long"])
def test_a_refused_merged_post_says_nothing_of_the_one_that_led_it(both, workspace, ana, code):
    workspace.faults.refuse(POST, code)

    wait(both, hours=1)

    assert read(ana) == [["Coffee is tomorrow"], ["Lunch is tomorrow"]]
    assert states(both) == ["sent", "sent"]


def test_of_messages_refused_together_and_alone_only_the_refused_one_is_lost(both, workspace, ana):
    workspace.faults.refuse(POST, "invalid_blocks", times=2)

    wait(both, hours=1)

    assert read(ana) == [["Lunch is tomorrow"]]
    assert states(both) == ["given_up", "sent"]


def test_five_long_messages_that_are_too_long_together_come_one_by_one(weft, ana):
    weft.tick()
    for number in range(5):
        tell(weft, ana, f"{number} " + "word " * 590)

    wait(weft, hours=1)

    assert [lines[0][0] for lines in read(ana)] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("fault", "times"), [("lose_answer", 1), ("drop_request", 1), ("drop_request", 3)])
def test_an_answer_that_never_came_is_looked_for_once_for_all(both, workspace, ana, fault, times):
    for _ in range(times):
        getattr(workspace.faults, fault)(POST)

    wait(both, hours=2)

    assert read(ana) == [["Coffee is tomorrow", "Lunch is tomorrow"]]
    assert states(both) == ["sent", "sent"]


@pytest.mark.parametrize("has_posted", [True, False])
def test_after_a_crash_in_the_middle_both_have_come_once(both, ana, has_posted):
    carrier = both.composed.carrier
    carrier.lease.hold()
    claimed = carrier.sender.claim(rows(both)[0])
    if has_posted:
        carrier.sender.perform(claimed)
    both.clock.advance(LEASE * 2)

    restarted = another(both)
    for _ in range(5):
        restarted.carry()
        both.clock.advance(timedelta(minutes=1))

    assert read(ana) == [["Coffee is tomorrow", "Lunch is tomorrow"]]
    assert states(both) == ["sent", "sent"]
    assert len(spent(both)) == 1


def test_the_one_that_led_is_taken_back_while_nobody_knows_whether_it_came(both, workspace, ana):
    workspace.faults.drop_request(POST)
    both.composed.carrier.carry()
    with both.bot.begin() as work:
        work.take_back(f"Coffee is tomorrow for {ana.id}")

    wait(both, hours=2)

    assert read(ana) == [["Lunch is tomorrow"]]
    assert len(spent(both)) == 1


def test_nothing_joins_what_may_have_come_already(weft, workspace, ana):
    weft.tick()
    workspace.faults.lose_answer(POST)
    tell(weft, ana, "Found for you", attention=Attention.ASKED_FOR)
    weft.composed.carrier.carry()
    weft.clock.advance(timedelta(seconds=10))
    tell(weft, ana, "Said later", attention=Attention.ASKED_FOR)

    wait(weft, hours=1)

    assert read(ana) == [["Found for you"], ["Said later"]]


# Any life

deeds = st.one_of(
    st.tuples(st.just("tell"), st.sampled_from([5, 20, 50])),
    st.tuples(st.just("fault"), st.sampled_from(["lose_answer", "drop_request", "rate_limit"])),
    st.tuples(st.just("take back"), st.integers(0, 5)),
    st.tuples(st.just("die"), st.booleans()),
    st.tuples(st.just("wait"), st.sampled_from([1, 6, 20])),
)


@pytest.mark.slow
@given(st.lists(deeds, min_size=5, max_size=15))
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_each_is_said_once_and_what_is_said_to_be_sent_has_come(weft, workspace, life):
    ana = workspace.add_person("Ana", tz="Europe/Berlin")
    weft.tick()
    told = []
    for what, how in life:
        if what == "tell":
            told.append(f"Number {len(told)}")
            tell(weft, ana, told[-1], hours=how)
        elif what == "fault":
            getattr(workspace.faults, how)(POST)
        elif what == "take back" and how < len(told):
            with weft.bot.begin() as work:
                work.take_back(f"{told[how]} for {ana.id}")
        elif what == "die":
            die(weft, has_posted=how)
        else:
            wait(weft, hours=how)
    wait(weft, hours=100)

    heard = [line for lines in read(ana) for line in lines]
    assert len(heard) == len(set(heard))
    hers = {row.text: row.state for row in rows(weft) if row.recipient == ana.id}
    assert set(hers.values()) <= {DeliveryState.SENT, DeliveryState.CANCELLED}
    assert {text for text, state in hers.items() if state is DeliveryState.SENT} <= set(heard)


def die(weft, *, has_posted):
    carrier = weft.composed.carrier
    if carrier.lease.hold():
        waiting = [row for row in rows(weft) if row.state is DeliveryState.WAITING and row.due_at <= weft.clock.now()]
        claimed = next(filter(None, map(carrier.sender.claim, waiting)), None)
        if claimed is not None and has_posted and not claimed.is_uncertain:
            with suppress(Exception):  # Nobody lives to hear of it.
                carrier.sender.perform(claimed)
    carrier.lease.forget()
