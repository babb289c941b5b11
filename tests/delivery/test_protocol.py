"""What can happen to a process that sends, at any point: each message is there once in the end. On both databases.

The names T1 to T10, N1 and N2 are those of the stories that the model checker finds in a protocol without epochs.
"""

import threading
from dataclasses import fields
from datetime import timedelta

import pytest

from bot.core.work import Bot
from bot.delivery.lease import HOLD, LEASE
from bot.delivery.retries import WAIT
from storage.kinds import DeliveryState
from storage.outbox import keeping
from tests.delivery.machines import HISTORY, POST, Killed, World, texts
from tests.waiting import PATIENCE

SECONDS = timedelta(seconds=1)
BEFORE_WRITING = ["held", "claimed", "checked", "connected"]
GATES = [*BEFORE_WRITING, "written", "answered", "noted"]
JUMPS = [timedelta(hours=-1), timedelta(seconds=40), timedelta(days=3650)]


@pytest.fixture
def world(weft_on_both, workspace):
    return World(weft_on_both, workspace)


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz")


def until_b_has_taken_over(world, b):
    return lambda: world.pass_time(b, seconds=LEASE / SECONDS + 10)


def until_b_has_posted(world, b):
    return lambda: world.pass_time(b, seconds=(LEASE + WAIT) / SECONDS + 15)


def posted_once_and_noted(world, ana, key="Hello"):
    row, found = world.row(key), [message for message in ana.messages() if message.text == key]
    return len(found) == 1 and (row.state, row.ts) == (DeliveryState.SENT, found[0].ts)


# Clocks


@pytest.mark.sampled(1)
@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(
    "dies", [True, pytest.param(False, marks=pytest.mark.expects_error("this machine's clock is wrong"))]
)
def test_a_wall_clock_that_jumps_at_any_point_doubles_nothing_and_keeps_no_one_waiting(world, ana, gate, dies):
    """T1 and T2."""
    for number, jump in enumerate(JUMPS):
        a, b = world.start(f"a{number}"), world.start(f"b{number}")
        world.send(ana, f"Hello {number}")

        def jumps(a=a, jump=jump):
            a.clock.jump(jump)
            if dies:
                raise Killed

        a.stops[gate] = jumps
        a.carry()
        b.carry()
        world.pass_time(a, b, seconds=(LEASE + WAIT) / SECONDS + 15)
        assert posted_once_and_noted(world, ana, f"Hello {number}"), jump
        for process in (a, b):
            process.carrier.release()
        world.processes.clear()


# Slack is late


@pytest.mark.sampled(1)
@pytest.mark.parametrize("seconds", [10, 50])
def test_a_request_that_slack_carries_out_after_its_timeout_is_not_made_again(world, ana, seconds):
    """T3."""
    a = world.start("a")
    world.workspace.faults.late(POST, seconds)
    world.send(ana)

    a.carry()
    world.pass_time(minutes=5)

    assert posted_once_and_noted(world, ana)
    assert len(world.calls(POST)) == 1


def test_a_message_that_the_history_shows_late_is_not_posted_again(world, ana):
    """T4."""
    a = world.start("a")
    world.workspace.faults.history_lag(20)
    world.workspace.faults.lose_answer(POST)
    world.send(ana)

    a.carry()
    world.pass_time(minutes=5)

    assert posted_once_and_noted(world, ana)
    assert len(world.calls(POST)) == 1


def test_a_lost_answer_is_found_after_two_seconds_and_a_lost_request_is_made_again_after_ninety(world, ana, workspace):
    a, ben = world.start("a"), workspace.add_person("Ben Okafor")
    workspace.faults.lose_answer(POST)
    workspace.faults.drop_request(POST)
    world.send(ana, "Lost answer")
    world.send(ben, "Lost request")
    a.carry()

    world.pass_time(seconds=3, step=SECONDS)
    assert world.row("Lost answer").state is DeliveryState.SENT
    world.pass_time(seconds=85)
    assert texts(ben) == []
    world.pass_time(seconds=10)
    assert texts(ben) == ["Lost request"]


# Processes sleep and die


def test_a_sleeper_that_lives_adds_a_copy_which_is_deleted(world, ana):
    """T5."""
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", until_b_has_posted(world, b))
    a.carry()
    [first, copy] = ana.messages()

    world.pass_time(seconds=WAIT / SECONDS + 10)

    assert [message.ts for message in ana.messages()] == [first.ts]
    assert posted_once_and_noted(world, ana)
    assert copy.ts > first.ts


@pytest.mark.slow
def test_a_sleeper_that_writes_and_dies_adds_a_copy_which_the_next_look_finds(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", until_b_has_posted(world, b))
    a.stops["written"] = dies_when_carried_out(world)
    a.carry()
    assert (a.is_alive, len(ana.messages())) == (False, 2)

    world.pass_time(seconds=WAIT / SECONDS + 10)

    assert posted_once_and_noted(world, ana)


def dies_when_carried_out(world, nth=2):
    """Not before Slack has posted the second one."""
    carried_out = threading.Event()
    world.workspace.after_call = lambda _method: carried_out.set() if len(world.calls(POST)) == nth else None

    def wait_and_die():
        assert carried_out.wait(PATIENCE)
        world.workspace.after_call = None
        raise Killed

    return wait_and_die


@pytest.mark.sampled(1)
@pytest.mark.parametrize("dies", [True, False])
def test_a_healer_that_dies_or_sleeps_leaves_its_work_to_another_and_deletes_nothing_more(world, ana, dies):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", until_b_has_posted(world, b))
    a.carry()
    c = world.start("c")
    c.carry()

    def another_heals():
        world.pass_time(c, seconds=(LEASE + WAIT) / SECONDS + 15)
        assert len(ana.messages()) == 1

    if dies:
        b.dies_at("listed")
    else:
        b.sleeps_at("listed", another_heals)
    a.is_alive = False
    world.pass_time(minutes=6)

    assert "listed" in b.passed
    assert posted_once_and_noted(world, ana)


def test_two_healers_that_list_together_leave_the_oldest(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", until_b_has_posted(world, b))
    a.carry()
    [first, _copy] = ana.messages()

    lists = [process.carrier.slack.copies(world.row()) for process in (a, b)]
    for process, copies in zip((a, b), lists, strict=True):
        for copy in copies[1:]:
            process.carrier.slack.remove(copy)

    assert [message.ts for message in ana.messages()] == [first.ts]


def test_of_a_lagging_history_nothing_is_deleted_before_both_are_seen(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("connected", until_b_has_posted(world, b))
    a.carry()
    [first, copy] = b.carrier.slack.copies(world.row())

    assert b.carrier.healer.note_copies(world.row(), [copy]) == []
    assert world.row().ts == first.ts
    assert b.carrier.healer.note_copies(world.row(), [first, copy]) == [copy]


@pytest.mark.slow
def test_the_copy_that_stays_gets_the_newest_words(world, ana):
    a = world.start("a")
    world.workspace.faults.history_lag(300)
    world.workspace.faults.lose_answer(POST)
    world.send(ana)
    a.carry()
    world.pass_time(minutes=2)
    [older, younger] = ana.messages()
    assert world.row().ts == younger.ts
    world.change("Better")
    world.pass_time(seconds=10)
    assert texts(ana) == ["Hello", "Better"]

    world.workspace.faults.history_lag(0)
    world.pass_time(minutes=15)

    assert [(message.ts, message.text) for message in ana.messages()] == [(older.ts, "Better")]


def test_a_process_that_slept_before_a_claim_claims_nothing_when_another_has_taken_over(world, ana):
    """T6 = N1: it was claimed under the old epoch, and waited until the new holder's restart."""
    a, b = world.start("a"), world.start("b")
    world.send(ana)

    def b_takes_over():
        b.carrier.lease.hold()
        world.clock.advance(LEASE)
        assert b.carrier.lease.hold()

    a.sleeps_at("held", b_takes_over)
    a.carry()
    assert world.row().state is DeliveryState.WAITING
    a.is_alive = False
    world.pass_time(seconds=10)

    assert posted_once_and_noted(world, ana)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("answer", ["429", "refusal", "nonsense"])
def test_a_late_result_does_not_write_over_what_another_has_noted(world, ana, answer):
    """N2: the message was noted as waiting over sent, and came twice; or as given up, and people were told so."""
    a, b = world.start("a"), world.start("b")
    world.send(ana)

    def b_posts():
        until_b_has_posted(world, b)()
        faults = world.workspace.faults
        {
            "429": lambda: faults.rate_limit(POST),
            "refusal": lambda: faults.refuse(POST, "channel_not_found"),
            "nonsense": lambda: faults.nonsense(POST),
        }[answer]()

    a.sleeps_at("connected", b_posts)
    a.carry()
    assert posted_once_and_noted(world, ana)
    world.pass_time(minutes=20, step=timedelta(seconds=30))

    assert posted_once_and_noted(world, ana)
    assert a.lost == b.lost == []


def test_a_late_result_does_not_end_the_claim_of_another(world, ana):
    """It would be noted as waiting though the other has posted it, and come twice."""
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    b.stops["written"] = dies_when_carried_out(world, nth=1)

    def b_posts_and_dies():
        until_b_has_posted(world, b)()
        world.workspace.faults.rate_limit(POST)

    a.sleeps_at("connected", b_posts_and_dies)
    a.carry()
    assert (b.is_alive, world.row().state) == (False, DeliveryState.SENDING)
    world.pass_time(minutes=5)

    assert texts(ana) == ["Hello"]
    assert len(world.calls(POST)) == 2
    assert posted_once_and_noted(world, ana)


def test_a_batch_ends_at_its_first_claim_after_the_lease_is_lost(world, ana):
    a, b = world.start("a"), world.start("b")
    for number in range(50):
        world.send(ana, f"Hello {number}")

    def b_takes_over():
        b.carrier.lease.hold()
        world.clock.advance(LEASE)
        assert b.carrier.lease.hold()

    a.sleeps_at("held", b_takes_over)
    a.carry()

    assert [row.state for row in world.rows()] == [DeliveryState.WAITING] * 50
    assert not any(row.is_uncertain or row.attempts or row.first_attempt_at for row in world.rows())
    assert world.calls(HISTORY) == []


def test_a_process_that_sleeps_between_check_and_connection_puts_the_message_back(world, ana):
    a, b = world.start("a"), world.start("b")
    world.send(ana)
    a.sleeps_at("checked", until_b_has_taken_over(world, b))

    a.carry()

    assert texts(ana) == []
    assert world.calls(POST) == []
    world.pass_time(seconds=WAIT / SECONDS + 15)
    assert posted_once_and_noted(world, ana)


@pytest.mark.slow
def test_a_process_killed_at_any_point_leaves_the_message_to_the_next(world, ana):
    for gate in GATES:
        a, b = world.start(f"a at {gate}"), world.start(f"b at {gate}")
        world.send(ana, gate)
        a.dies_at(gate)
        a.carry()
        world.pass_time(seconds=(LEASE + WAIT) / SECONDS + 15)
        assert posted_once_and_noted(world, ana, gate), gate
        b.carrier.release()
        world.processes.clear()


# The database


class SlowBot(Bot):
    """Each transaction that writes takes so long."""

    takes = 0

    def begin(self):
        self.clock.true.advance(timedelta(seconds=SlowBot.takes))
        return super().begin()


def slow(bot, **changes):
    given = {field.name: getattr(bot, field.name) for field in fields(bot)} | changes
    return SlowBot(**given)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("seconds", [9, 11])
def test_with_a_slow_database_nothing_is_sent_after_the_hold_has_ended(world, ana, seconds, monkeypatch):
    a = world.start("a", bot=slow)
    world.send(ana)
    monkeypatch.setattr(SlowBot, "takes", seconds)
    ages = []
    a.stops["connected"] = lambda: ages.append(a.carrier.lease.age)

    for _ in range(3):
        a.carry()
    assert all(age <= HOLD for age in ages)
    assert texts(ana) == (["Hello"] if seconds < HOLD / SECONDS else [])

    monkeypatch.setattr(SlowBot, "takes", 0)
    world.pass_time(minutes=3)
    assert posted_once_and_noted(world, ana)


def test_sqlite_writes_each_commit_through_to_the_disk(sqlite):
    """T10, which `test_power_failure.py` plays."""
    full = 2
    with sqlite.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == full


def test_forgetting_someone_in_the_moment_of_a_post_disturbs_no_one_else(world, ana, workspace):
    a, ben = world.start("a"), workspace.add_person("Ben Okafor")
    world.send(ana)
    world.send(ben, "Other")

    def forgotten():
        with world.weft.bot.begin() as work:
            keeping.forget_person(work, person_id=ana.id)

    a.stops["answered"] = forgotten
    a.carry()

    assert texts(ben) == ["Other"]
    assert a.carrier.lease.is_held
    assert [row.key for row in world.rows()] == ["Other"]
