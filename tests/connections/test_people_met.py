"""On Home, people find those they met; no one else sees it."""

from datetime import date, timedelta

import pytest

from storage.connections import connections
from storage.kinds import MetThrough
from tests.weft import labels, turn_to, words


@pytest.fixture
def met(weft):
    def meet(*people, on, times=1):
        with weft.bot.begin() as work:
            for number in range(times):
                connections.record_meeting(
                    work,
                    people=[person.id for person in people],
                    met_on=on,
                    through=MetThrough.PROGRAM,
                    origin=f"test:{on}:{number}:{people}",
                )

    return meet


def test_no_one_yet(weft, program):
    assert "No one yet. Your first coffee will show up here." in words(turn_to(program.ana, "My people"))


def test_the_last_ones_first_with_when_and_through_what(weft, program, met):
    met(program.ana, program.ben, on=date(2025, 5, 6))
    met(program.ana, program.cleo, on=date(2025, 6, 3))
    met(program.ana, program.ben, program.dev, on=date(2025, 7, 1))

    shown = words(turn_to(program.ana, "My people"), program.ana)

    assert shown.index("Dev Patel") < shown.index("Cleo Martin")
    assert "Tuesday, July 1, 2025 · met 2 times" in shown
    assert "Only you can see this list" in shown


@pytest.fixture
def met_forty(program, workspace, met):
    """Ana met forty people, the one with the highest number last."""
    others = [workspace.add_person(f"Person {number}") for number in range(40)]
    for number, other in enumerate(others):
        met(program.ana, other, on=date(2025, 1, 1) + timedelta(days=number))
    return others


@pytest.mark.slow
def test_of_a_long_list_home_shows_the_last_ones_and_a_window_all(weft, program, met_forty):
    home = turn_to(program.ana, "My people")
    assert "Person 39" in words(home, program.ana)
    assert "Person 31" not in words(home, program.ana)

    program.ana.press("See all 40", home)
    assert "Person 20 " in words(program.ana.modal, program.ana)
    assert "Show later" not in labels(program.ana.modal)
    program.ana.press("Show earlier", program.ana.modal)

    assert "Person 19 " in words(program.ana.modal, program.ana)
    assert "Person 0 " in words(program.ana.modal, program.ana)
    assert "Show earlier" not in labels(program.ana.modal)
    program.ana.press("Show later", program.ana.modal)
    assert "Person 39" in words(program.ana.modal, program.ana)


def test_someone_forgotten_is_gone(weft, program, met):
    met(program.ana, program.ben, on=date(2025, 5, 6))
    with weft.bot.begin() as work:
        connections.forget_person(work, person_id=program.ben.id)

    assert "No one yet" in words(turn_to(program.ana, "My people"))
