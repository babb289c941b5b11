from datetime import UTC, datetime, timedelta

from tests.coffee import introductions, set_up
from tests.weft import labels

MONDAY_TEN_IN_BERLIN = datetime(2026, 3, 16, 9, tzinfo=UTC)


def heads_ups(person):
    return [message for message in person.messages() if "starts" in message.text and "You are in" in message.text]


def test_whoever_takes_part_hears_of_the_round_on_the_working_day_before(weft, program):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert [len(heads_ups(person)) for person in program.everyone] == [1, 1, 1, 1]
    assert labels(heads_ups(program.ana)[0]) == ["Skip this one", "Pause"]


def test_one_tap_skips_it(weft, program):
    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=1))
    before = len(introductions(program.ana))
    program.ana.press("Skip this one", heads_ups(program.ana)[-1])

    weft.live(days=2)

    assert len(introductions(program.ana)) == before


def test_whoever_sits_it_out_hears_nothing(weft, program):
    program.ana.command("/coffee", "pause 4w")
    program.ben.command("/coffee", "leave")

    weft.live_until(MONDAY_TEN_IN_BERLIN + timedelta(hours=6))

    assert heads_ups(program.ana) == heads_ups(program.ben) == []
    assert len(heads_ups(program.cleo)) == 1


def test_whoever_has_just_been_welcomed_is_not_told_the_same_again(weft, program):
    weft.live(hours=20)

    assert [len(person.messages()) for person in program.everyone] == [1, 1, 1, 1]


def test_a_round_on_monday_is_told_of_on_friday(weft, team):
    weft.tick()
    set_up(team.alma, team.coffee, Day="Monday")

    weft.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))

    assert len(heads_ups(team.ana)) == 1
