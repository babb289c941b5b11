"""Nobody is written to while they are out of office or have do-not-disturb on; what is held back comes later, once."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.coffee.stories import set_up

FRIDAY_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


def test_a_person_in_do_not_disturb_gets_the_welcome_when_it_ends(weft, team, clock):
    weft.tick()
    team.ana.sets_dnd(clock.now() + timedelta(hours=3))
    set_up(team.alma, team.coffee)
    weft.live(hours=2)
    assert (len(team.ana.messages()), len(team.ben.messages())) == (0, 1)

    weft.live(hours=2)

    assert len(team.ana.messages()) == 1


@pytest.mark.slow
def test_a_person_who_is_away_gets_it_on_their_first_working_day(weft, team, clock):
    weft.tick()
    team.ana.set_status(":palm_tree:", "Back on Friday", FRIDAY_NOON)
    set_up(team.alma, team.coffee)

    weft.live_until(FRIDAY_NOON - timedelta(hours=1))
    assert team.ana.messages() == []
    weft.live(hours=4)

    assert len(team.ana.messages()) == 1


@pytest.mark.slow
def test_coming_back_early_ends_the_waiting_within_a_day(weft, team, clock):
    weft.tick()
    team.ana.set_status(":palm_tree:", "Away", None)
    set_up(team.alma, team.coffee)
    weft.live(days=2)
    assert team.ana.messages() == []
    team.ana.set_status("", "", None)

    weft.live(days=1, hours=2)

    assert len(team.ana.messages()) == 1


@pytest.mark.slow
def test_nobody_gets_more_than_one_message_a_day_from_a_program(weft, program):
    weft.live(days=42)

    for person in program.everyone:
        days = [datetime.fromtimestamp(float(message.ts), UTC).date() for message in person.messages()]
        assert len(days) == len(set(days)), person
