"""What was said can be changed and taken back, whatever happens on the way. On SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.message import Message
from bot.delivery.carrier import Carrier
from storage.kinds import DeliveryState
from storage.outbox.outbox import OutboxMessage
from tests.rows import copies

POST, CHANGE, REMOVE = "chat.postMessage", "chat.update", "chat.delete"


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


@pytest.fixture
def channel(workspace, ana):
    return workspace.add_channel("wins", members=[ana])


@pytest.fixture
def weft(weft_on_both):
    return weft_on_both


def send(weft, channel, text="Hello", key="hello", **more):
    with weft.bot.begin() as work:
        return work.send(Message(text), to=channel.id, key=key, **more)


def change(weft, text, key="hello"):
    with weft.bot.begin() as work:
        return work.change(key, Message(text))


def remove(weft, key="hello"):
    with weft.bot.begin() as work:
        return work.remove(key)


def texts(channel):
    return [message.text for message in channel.messages]


def posts(workspace, method=POST):
    return [call for call in workspace.calls if call.method == method and call.error is None]


def wait(weft, **time):
    weft.clock.advance(timedelta(**time))
    weft.carry()


def test_a_message_that_was_sent_gets_other_words(weft, channel):
    send(weft, channel)
    weft.carry()

    assert change(weft, "Hello, all of you")
    weft.carry()

    assert texts(channel) == ["Hello, all of you"]


def test_a_message_that_still_waits_goes_out_with_the_new_words_only(weft, channel, workspace):
    send(weft, channel)
    change(weft, "Better")

    weft.carry()

    assert (texts(channel), len(posts(workspace)), posts(workspace, CHANGE)) == (["Better"], 1, [])


def test_a_message_that_was_sent_is_taken_back(weft, channel):
    send(weft, channel)
    weft.carry()

    remove(weft)
    weft.carry()

    assert texts(channel) == []


def test_a_message_that_was_taken_back_in_time_is_never_posted(weft, channel, workspace):
    send(weft, channel)
    remove(weft)

    wait(weft, hours=1)

    assert posts(workspace) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("fault", ["lose_answer", "nonsense", "drop_request", "server_error"])
def test_whatever_goes_wrong_the_last_words_stand_in_the_end(weft, channel, workspace, fault):
    getattr(workspace.faults, fault)(POST, times=2)
    getattr(workspace.faults, fault)(CHANGE, times=2)
    send(weft, channel)
    weft.composed.carrier.carry()
    change(weft, "Second")
    weft.composed.carrier.carry()
    change(weft, "Third")

    for _ in range(8):
        wait(weft, minutes=1)

    assert texts(channel) == ["Third"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("fault", ["lose_answer", "drop_request"])
def test_whatever_goes_wrong_what_was_taken_back_is_gone(weft, channel, workspace, fault):
    send(weft, channel)
    weft.carry()
    getattr(workspace.faults, fault)(REMOVE, times=2)
    change(weft, "Second")
    remove(weft)

    for _ in range(8):
        wait(weft, minutes=1)

    assert texts(channel) == []
    assert weft.composed.carrier.carry() is None


def test_a_change_decided_while_the_message_is_on_its_way_waits_for_it(weft, channel):
    send(weft, channel)
    carrier = weft.composed.carrier
    carrier.lease.hold()
    [row] = rows(weft)
    carrier.sender.claim(row)  # And here the power went.
    change(weft, "Second")

    restarted = Carrier(weft.bot, carrier.slack.client, holder="another")
    weft.clock.advance(timedelta(seconds=31))
    while (moment := restarted.carry()) is not None:
        weft.clock.move_to(moment)

    assert texts(channel) == ["Second"]


def test_what_an_admin_removed_by_hand_is_given_up(weft, channel, workspace):
    send(weft, channel)
    weft.carry()
    workspace.erase(channel, channel.messages[0])

    change(weft, "Second")
    weft.carry()

    assert texts(channel) == []
    assert [row.state for row in rows(weft)] == [DeliveryState.SENT, DeliveryState.GIVEN_UP]


def test_there_is_nothing_to_change_about_a_message_that_never_was(weft):
    assert not change(weft, "Second")
    assert not remove(weft)


def test_an_answer_stands_in_the_thread_of_its_message_once(weft, channel, workspace):
    send(weft, channel)
    weft.carry()
    first = channel.messages[0]
    workspace.faults.lose_answer(POST)
    send(weft, channel, "Well done", key="answer", thread_ts=first.ts)

    for _ in range(4):
        wait(weft, minutes=1)

    assert [reply.text for reply in channel.threads[first.ts]] == ["Well done"]


def rows(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
