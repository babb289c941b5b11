"""Messages arrive once, whatever happens on the way. On SQLite and PostgreSQL."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.core.message import Message
from bot.delivery.carrier import Carrier
from storage.db import Database
from storage.kinds import DeliveryState, Importance
from storage.outbox.outbox import OutboxMessage
from tests.rows import copies

POST, OPEN = "chat.postMessage", "conversations.open"


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor")


@pytest.fixture
def weft(weft_on_both):
    return weft_on_both


def send(weft, to, key="hello", text="Hello", **more):
    with weft.bot.begin() as work:
        return work.send(Message(text), to=to, key=key, **more)


def rows(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def texts(person):
    return [message.text for message in person.messages()]


def group_texts(person):
    return [message.text for message in person.group_messages()]


def wait(weft, **time):
    weft.clock.advance(timedelta(**time))
    weft.carry()


def another(weft):
    """A second process with the same database."""
    carrier = weft.composed.carrier
    return Carrier(weft.bot, carrier.slack.client, holder="another")


def test_a_message_arrives_once_however_often_it_is_decided(weft, ana):
    assert [send(weft, ana.id), send(weft, ana.id)] == [True, False]

    weft.carry()
    wait(weft, hours=1)

    assert texts(ana) == ["Hello"]


def test_a_message_waits_for_its_time(weft, ana):
    send(weft, ana.id, at=weft.clock.now() + timedelta(hours=1))

    weft.carry()
    assert texts(ana) == []
    wait(weft, hours=1)
    assert texts(ana) == ["Hello"]


def test_a_message_that_lost_its_sense_is_not_sent(weft, ana):
    send(weft, ana.id, until=weft.clock.now() + timedelta(minutes=1))

    wait(weft, minutes=2)

    assert texts(ana) == []
    assert rows(weft)[0].state is DeliveryState.CANCELLED


def test_people_get_a_group_message_together(weft, ana, ben):
    send(weft, [ana.id, ben.id])

    weft.carry()

    assert group_texts(ana) == group_texts(ben) == ["Hello"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("fault", ["lose_answer", "nonsense", "drop_request", "server_error"])
@pytest.mark.parametrize("method", [POST, OPEN])
def test_whatever_goes_wrong_on_the_way_the_message_arrives_once(weft, workspace, ana, ben, fault, method):
    getattr(workspace.faults, fault)(method, times=2)
    send(weft, [ana.id, ben.id])
    send(weft, ana.id, key="alone", text="Just you")

    for _ in range(8):
        wait(weft, minutes=1)

    assert (group_texts(ben), texts(ana)) == (["Hello"], ["Just you"])


def test_a_lost_answer_is_looked_up_before_posting_again(weft, workspace, ana):
    workspace.faults.lose_answer(POST)
    send(weft, ana.id)

    weft.composed.carrier.carry()
    assert texts(ana) == ["Hello"]
    assert rows(weft)[0].state is DeliveryState.WAITING
    wait(weft, seconds=10)

    assert texts(ana) == ["Hello"]
    assert rows(weft)[0].ts == ana.messages()[0].ts


def test_slack_says_wait_and_only_that_method_waits(weft, workspace, ana, ben):
    workspace.faults.rate_limit(OPEN, retry_after=30)
    send(weft, [ana.id, ben.id])
    send(weft, ana.id, key="alone")

    weft.composed.carrier.carry()
    assert (group_texts(ana), texts(ana)) == ([], ["Hello"])
    weft.clock.advance(timedelta(seconds=29))
    weft.composed.carrier.carry()
    assert group_texts(ana) == []
    weft.clock.advance(timedelta(seconds=1))
    weft.composed.carrier.carry()
    assert group_texts(ana) == ["Hello"]


def test_a_process_that_dies_while_sending_leaves_nothing_lost_and_nothing_doubled(weft, workspace, ana, ben):

    send(weft, ana.id)
    send(weft, ben.id, key="other")
    weft.composed.carrier.lease.hold()
    for row in rows(weft):
        # Claimed, and in one case posted as well: then the power went.
        claimed = weft.composed.carrier.sender.claim(row)
        if row.recipient == ana.id:
            weft.composed.carrier.sender.perform(claimed)
    assert [row.state for row in rows(weft)] == [DeliveryState.SENDING] * 2

    restarted = another(weft)
    assert restarted.carry() is not None
    weft.clock.advance(timedelta(seconds=31))
    while (moment := restarted.carry()) is not None:
        weft.clock.move_to(moment)

    assert (texts(ana), texts(ben)) == (["Hello"], ["Hello"])
    assert [row.state for row in rows(weft)] == [DeliveryState.SENT] * 2


def test_a_database_that_is_locked_right_after_a_post_loses_and_doubles_nothing(weft, workspace, ana, monkeypatch):
    locked = OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))
    transactions = [weft.bot.db.transaction]
    monkeypatch.setattr(Database, "transaction", lambda _self: transactions[-1]())
    workspace.after_call = lambda method: transactions.append(Mock(side_effect=locked)) if method == POST else None
    send(weft, ana.id)
    with pytest.raises(OperationalError):
        weft.composed.carrier.carry()

    workspace.after_call = None
    del transactions[1:]
    # The same process goes on a second later: nobody takes its lease from it.
    weft.clock.advance(timedelta(seconds=1))
    weft.carry()

    assert texts(ana) == ["Hello"]
    assert [row.state for row in rows(weft)] == [DeliveryState.SENT]


def test_two_processes_do_nothing_twice(weft, ana):
    first, second = weft.composed.carrier, another(weft)
    for number in range(5):
        send(weft, ana.id, key=f"hello:{number}", text=f"Hello {number}")

    for _ in range(30):
        first.carry()
        second.carry()
        weft.clock.advance(timedelta(seconds=5))

    assert texts(ana) == [f"Hello {number}" for number in range(5)]


def test_the_second_process_goes_on_when_the_first_stops(weft, ana):
    weft.composed.carrier.carry()
    second = another(weft)
    send(weft, ana.id)
    second.carry()
    assert texts(ana) == []

    weft.composed.carrier.release()
    second.carry()

    assert texts(ana) == ["Hello"]


def test_a_message_for_somebody_who_left_is_given_up_and_they_are_marked(weft, ana, workspace):
    weft.tick()
    send(weft, ana.id)
    send(weft, ana.id, key="second")
    workspace.hold_events()  # Slack's word that they left comes later than its refusal.
    ana.deactivate()

    for _ in range(3):
        wait(weft, minutes=5)

    # Slack refuses the first one; with that, what else waits for them is taken back.
    assert [row.state for row in rows(weft)] == [DeliveryState.GIVEN_UP, DeliveryState.CANCELLED]
    assert max(row.attempts for row in rows(weft)) == 1


def test_a_revoked_token_loses_nothing(weft, workspace, ana):
    send(weft, ana.id)
    workspace.revoke_token()

    wait(weft, minutes=2)
    assert texts(ana) == []
    workspace.restore_token()
    wait(weft, minutes=2)

    assert texts(ana) == ["Hello"]


def test_answers_to_people_go_before_a_round(weft, ana):
    for number in range(3):
        send(weft, ana.id, key=f"round:{number}", text=f"Round {number}", importance=Importance.ROUND)
    send(weft, ana.id, key="answer", text="Answer", importance=Importance.ANSWER)

    weft.carry()
    wait(weft, minutes=1)

    assert texts(ana) == ["Answer", "Round 0", "Round 1", "Round 2"]


@pytest.mark.slow
def test_a_large_round_keeps_slacks_limits_by_itself(weft, workspace):
    people = [workspace.add_person(f"Person {number}") for number in range(240)]
    for number in range(0, 240, 2):
        send(weft, [people[number].id, people[number + 1].id], key=f"pair:{number}")
    began = weft.clock.now()

    weft.carry()
    while any(row.state is DeliveryState.WAITING for row in rows(weft)):
        wait(weft, seconds=1)

    assert workspace.limits.refused == []
    assert [len(group_texts(person)) for person in people] == [1] * 240
    # 120 conversations at 50 a minute: the third fifty may begin after two minutes.
    assert weft.clock.now() - began < timedelta(minutes=2, seconds=10)


def test_without_the_history_scopes_an_uncertain_message_waits_five_minutes(slack_server, clock, sqlite_url):
    from bot.slacksim import Workspace
    from storage.db import Database
    from tests.conftest import start

    workspace = Workspace(clock, scopes={"chat:write", "im:write", "users:read"})
    slack_server.host(workspace)
    ana = workspace.add_person("Ana Ruiz")
    database = Database(sqlite_url)
    weft = start(workspace, slack_server, clock, database)
    workspace.faults.drop_request(POST)
    send(weft, ana.id)

    weft.composed.carrier.carry()
    weft.clock.advance(timedelta(minutes=4, seconds=59))
    weft.composed.carrier.carry()
    assert texts(ana) == []
    wait(weft, minutes=1)
    assert texts(ana) == ["Hello"]
    slack_server.release(workspace)
    database.close()


def test_what_was_sent_is_forgotten_after_a_quarter_and_never_sent_again(weft, ana):
    send(weft, ana.id)
    weft.carry()
    weft.clock.advance(timedelta(days=91))
    weft.tick()

    [row] = rows(weft)
    assert (row.text, row.blocks) == ("", [])
    send(weft, ana.id)
    weft.carry()
    assert texts(ana) == ["Hello"]

    weft.clock.advance(timedelta(days=731))
    weft.tick()
    assert rows(weft) == []


@pytest.mark.slow
def test_what_a_machine_with_a_wrong_date_decided_is_not_forgotten_as_soon_as_it_was_sent(weft, ana):
    send(weft, ana.id, at=weft.clock.now() - timedelta(days=20 * 365))
    weft.settle()

    weft.live(days=2)
    assert [(row.state, row.text) for row in rows(weft)] == [(DeliveryState.SENT, "Hello")]

    send(weft, ana.id)
    weft.settle()
    assert texts(ana) == ["Hello"]
