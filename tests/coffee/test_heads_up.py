from datetime import UTC, datetime, timedelta

import pytest

from tests.coffee.stories import introductions, opened, set_up
from tests.weft import labels, words

MONDAY_TEN_IN_BERLIN = datetime(2026, 3, 16, 9, tzinfo=UTC)


def heads_ups(person):
    return [message for message in person.messages() if "match arrives" in message.text]


@pytest.mark.slow
def test_whoever_takes_part_hears_of_the_round_on_the_working_day_before(weft, program):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert [len(heads_ups(person)) for person in program.everyone] == [1, 1, 1, 1]
    assert labels(heads_ups(program.ana)[0]) == ["Skip this round", "Pause"]


@pytest.mark.slow
def test_read_again_days_later_it_still_names_the_day(weft, program):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(days=3))

    assert "arrives Tuesday, March 17 at 10:00. You're in!" in words(heads_ups(program.ana)[0], program.ana)


@pytest.mark.slow
def test_one_tap_skips_it(weft, program):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=1))
    before = len(introductions(program.ana))
    program.ana.press("Skip this round", heads_ups(program.ana)[-1])

    weft.live(days=2)

    assert len(introductions(program.ana)) == before


@pytest.mark.slow
def test_whoever_sits_it_out_hears_nothing(weft, program):
    program.ana.command("/coffee", "pause 4w")
    program.ben.command("/coffee", "leave")

    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert heads_ups(program.ana) == heads_ups(program.ben) == []
    assert len(heads_ups(program.cleo)) == 1


def test_whoever_has_just_been_welcomed_is_not_told_the_same_again(weft, program):
    weft.live(hours=20)

    assert [len(person.messages()) for person in program.everyone] == [1, 1, 1, 1]


@pytest.mark.slow
def test_a_round_on_monday_is_told_of_on_friday(weft, team):
    weft.tick()
    set_up(team.alma, team.coffee, Day="Monday")

    weft.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))

    assert len(heads_ups(team.ana)) == 1


# What is not sent yet and not true any more


@pytest.fixture
def waiting(weft, program):
    """Ana lives in New York, so hers waits until she is at work."""
    program.ana.change(tz="America/New_York")
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(minutes=30))
    assert len(heads_ups(program.ben)) == 1
    assert heads_ups(program.ana) == []
    return program


def stop(program):
    opened(program.alma)
    program.alma.press("Stop", program.alma.modal)


def send_early(program):
    opened(program.alma)
    program.alma.press("Preview matches", program.alma.modal)
    program.alma.press("Send now", program.alma.modal)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "end",
    [
        lambda there: there.ana.command("/coffee", "leave"),
        lambda there: there.ana.command("/coffee", "pause 2w"),
        lambda there: there.ana.command("/coffee", "skip"),
        stop,
        send_early,
    ],
    ids=["leaves", "pauses", "skips", "stopped", "sent early"],
)
def test_a_heads_up_that_is_not_true_any_more_is_not_sent(weft, waiting, end):
    end(waiting)

    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert heads_ups(waiting.ana) == []


@pytest.mark.slow
def test_otherwise_it_is_sent_when_people_are_at_work(weft, waiting):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert len(heads_ups(waiting.ana)) == 1


def start_again(program):
    opened(program.alma)
    program.alma.press("Start again", program.alma.modal)


@pytest.mark.slow
def test_stopped_and_started_again_before_the_round_everybody_is_told_once(weft, waiting):
    stop(waiting)
    weft.live(hours=1)
    start_again(waiting)

    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert [len(heads_ups(person)) for person in waiting.everyone] == [1, 1, 1, 1]
