"""Who switched do-not-disturb on or off while nobody listened is known a moment after the start."""

from datetime import timedelta

import pytest

from bot.core.message import Message
from bot.people import dnd
from bot.people.rules import is_quiet
from tests.conftest import start
from tests.people.test_sync import calls, person

ASKED = "dnd.teamInfo"
TICK_FAILS = pytest.mark.expects_error("a tick did not get through")


@pytest.fixture
def eva(workspace):
    return workspace.add_person("Eva Horak")


@pytest.fixture
def started_again(workspace, slack_server, clock, sqlite):
    """Weft is started once more on the same database."""
    return lambda: start(workspace, slack_server, clock, sqlite)


@pytest.fixture
def unheard(weft, eva, workspace):
    """From now on nobody hears what happens."""
    weft.tick()
    workspace.hold_events()
    return weft


def is_known_as_quiet(weft, someone):
    return is_quiet(person(weft, someone).quiet_until, weft.clock.now())


def test_whoever_paused_meanwhile_is_left_in_peace(unheard, eva, clock, started_again):
    eva.sets_dnd(clock.now() + timedelta(hours=3))
    again = started_again()
    with again.bot.begin() as work:
        work.send(Message("Hello"), to=eva.id, key="hello")

    again.live(hours=2)
    assert eva.messages() == []
    again.live(hours=3)

    assert [message.text for message in eva.messages()] == ["Hello"]


def test_whoever_ended_it_meanwhile_is_not_kept_waiting(weft, eva, clock, workspace, started_again):
    weft.tick()
    eva.sets_dnd(clock.now() + timedelta(hours=8))
    assert is_known_as_quiet(weft, eva)
    workspace.hold_events()
    eva.ends_dnd()
    again = started_again()
    with again.bot.begin() as work:
        work.send(Message("Hello"), to=eva.id, key="hello")

    again.settle()

    assert [message.text for message in eva.messages()] == ["Hello"]


def test_a_night_that_is_planned_is_no_reason_to_wait_during_the_day(unheard, eva, clock, started_again):
    eva.sets_dnd(clock.now() + timedelta(hours=20), since=clock.now() + timedelta(hours=10))
    again = started_again()

    again.tick()

    assert not is_known_as_quiet(again, eva)


def test_slack_is_asked_once_and_not_again_as_long_as_weft_runs(weft, eva, workspace):
    weft.live(days=2)

    assert len(calls(workspace, ASKED)) == 1


@pytest.mark.slow
def test_many_are_read_in_parts_and_whom_it_concerns_comes_first(weft, workspace, clock, started_again, monkeypatch):
    monkeypatch.setattr(dnd, "CALLS", 2)
    for number in range(dnd.IN_A_CALL * 2 + 10):
        last = workspace.add_person(f"Person {number}")
    workspace.hold_events()
    again = started_again()
    with again.bot.begin() as work:
        work.send(Message("Hello"), to=last.id, key="hello", at=clock.now() + timedelta(hours=1))
    before = len(calls(workspace, ASKED))
    last.sets_dnd(clock.now() + timedelta(hours=3))

    again.tick()
    assert len(calls(workspace, ASKED)) == before + 2
    assert is_known_as_quiet(again, last)
    again.tick()
    again.tick()

    assert len(calls(workspace, ASKED)) == before + 3


def test_what_is_heard_while_slack_answers_counts(weft, eva, workspace, clock):
    def pauses(method):
        if method == ASKED:
            eva.sets_dnd(clock.now() + timedelta(hours=3))

    workspace.after_call = pauses
    weft.tick()

    assert is_known_as_quiet(weft, eva)


@pytest.mark.parametrize(
    ("what", "asked_again"),
    [
        (lambda faults: faults.refuse(ASKED, "missing_scope"), 0),
        (lambda faults: faults.refuse(ASKED, "user_not_visible"), 0),
        pytest.param(lambda faults: faults.refuse(ASKED, "internal_error"), 1, marks=TICK_FAILS),
        pytest.param(lambda faults: faults.nonsense(ASKED), 1, marks=TICK_FAILS),
    ],
    ids=["no permission", "not visible", "trouble", "nonsense"],
)
def test_as_long_as_slack_does_not_say_it_stays_as_it_was(
    weft, eva, workspace, clock, started_again, what, asked_again
):
    weft.tick()
    eva.sets_dnd(clock.now() + timedelta(hours=8))
    workspace.hold_events()
    eva.ends_dnd()
    again, before = started_again(), len(calls(workspace, ASKED))

    what(workspace.faults)
    again.tick()
    assert is_known_as_quiet(again, eva)
    again.tick()

    assert len(calls(workspace, ASKED)) == before + 1 + asked_again
    assert is_known_as_quiet(again, eva) is (asked_again == 0)


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        "yes",
        {"dnd_enabled": True, "next_dnd_start_ts": "soon"},
        {"snooze_enabled": 1, "snooze_endtime": 1e30},
    ],
)
def test_an_answer_that_makes_no_sense_changes_nothing(weft, eva, clock, said):
    weft.tick()
    eva.sets_dnd(clock.now() + timedelta(hours=8))
    until = person(weft, eva).quiet_until

    with weft.bot.begin() as work:
        dnd.service.record_all_dnd(work, {eva.id: said}, {eva.id: until})

    assert person(weft, eva).quiet_until == until
