"""A database and a Slack that fail again and again: nothing is tried without end, and nothing waits without end."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.core.message import Message
from bot.delivery.carrier import Carrier
from storage import workspaces

OPEN, POST, HISTORY = "conversations.open", "chat.postMessage", "conversations.history"
EVERY = timedelta(seconds=20)


@pytest.fixture
def weft(weft_on_both):
    return weft_on_both


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


def send(weft, to):
    with weft.bot.begin() as work:
        work.send(Message("Hello"), to=to, key="hello")


def transactions(weft):
    """How often the carrier has claimed something."""
    with weft.bot.look() as work:
        return workspaces.lease(work).beat


def texts(person):
    return [message.text for message in person.messages()]


def test_a_message_that_cannot_be_looked_for_yet_is_not_claimed_over_and_over(weft, workspace, clock, ana):
    send(weft, ana.id)
    workspace.faults.lose_answer(POST)
    weft.composed.carrier.carry()
    workspace.faults.rate_limit(OPEN, retry_after=60)
    clock.advance(timedelta(seconds=2))
    before = transactions(weft)
    for _ in range(5):
        weft.composed.carrier.carry()
        clock.advance(timedelta(seconds=10))

    assert transactions(weft) - before < 12
    clock.advance(timedelta(seconds=20))
    weft.carry()
    assert texts(ana) == ["Hello"]


def fail_next_transaction(weft, monkeypatch):
    def broken():
        monkeypatch.undo()
        raise OperationalError("BEGIN", None, OSError("disk is full"))

    monkeypatch.setattr(weft.bot.db, "transaction", broken)


def test_a_database_that_fails_now_and_then_keeps_no_message_from_being_sent_again(
    weft, workspace, clock, ana, monkeypatch
):
    send(weft, ana.id)
    workspace.faults.drop_request(POST)
    weft.composed.carrier.carry()
    for _ in range(6):
        clock.advance(EVERY)
        fail_next_transaction(weft, monkeypatch)
        with pytest.raises(OperationalError):
            weft.composed.carrier.carry()
        weft.composed.carrier.carry()

    assert texts(ana) == ["Hello"]


def test_such_a_database_keeps_no_message_of_the_process_before_from_being_sent_again(
    weft, workspace, clock, ana, monkeypatch
):
    send(weft, ana.id)
    workspace.faults.drop_request(POST)
    first = weft.composed.carrier
    first.carry()
    first.release()
    second = Carrier(weft.bot, first.slack.client, holder="second")
    second.carry()
    for _ in range(6):
        clock.advance(EVERY)
        fail_next_transaction(weft, monkeypatch)
        with pytest.raises(OperationalError):
            second.carry()
        second.carry()

    assert texts(ana) == ["Hello"]
    looks = [call for call in workspace.calls if call.method == HISTORY]
    assert len(looks) < 10


@pytest.mark.slow
def test_new_words_for_a_message_that_cannot_be_looked_for_are_tried_as_rarely_as_the_message(
    weft, workspace, clock, ana
):
    send(weft, ana.id)
    workspace.faults.lose_answer(POST)
    workspace.faults.server_error(HISTORY, times=100)
    weft.composed.carrier.carry()
    with weft.bot.begin() as work:
        work.change("hello", Message("Good morning"))
    before = transactions(weft)
    for _ in range(120):
        weft.composed.carrier.carry()
        clock.advance(timedelta(seconds=10))

    assert transactions(weft) - before < 190  # One beat in each turn, and some tries.
    workspace.faults.calm()
    clock.advance(timedelta(minutes=18))
    weft.settle()
    assert texts(ana) == ["Good morning"]


@pytest.mark.slow
def test_what_is_being_sent_when_the_database_fails_is_waited_for_anew(weft, workspace, clock, ana, monkeypatch):
    """The first attempt is known to have failed; the second may be carried out late."""
    send(weft, ana.id)
    workspace.faults.drop_request(POST)
    weft.composed.carrier.carry()
    clock.advance(timedelta(seconds=95))
    workspace.faults.late(POST, seconds=59)
    workspace.before_call = lambda method: method == POST and fail_next_transaction(weft, monkeypatch)
    with pytest.raises(OperationalError):
        weft.composed.carrier.carry()
    workspace.before_call = None
    for _ in range(60):
        weft.composed.carrier.carry()
        clock.advance(timedelta(seconds=5))

    assert texts(ana) == ["Hello"]
