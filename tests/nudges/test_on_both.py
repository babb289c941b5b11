"""Planning a day asks the same of both databases."""

import pytest

from storage.people import people
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, suggestions


@pytest.mark.sampled(1)
def test_the_days_and_hours_of_each_are_kept_on_both_databases(weft_on_both, workspace):
    weft = weft_on_both
    ana, ben = (workspace.add_person(name, tz="Europe/Berlin") for name in ("Ana", "Ben"))
    weft.tick()
    with weft.bot.begin() as work:
        person = people.get(work, person_id=ben.id)
        person.working_days, person.day_starts, person.day_ends = "12345", "22:00", "06:30"
    weft.clock.move_to(MONDAY_NINE)

    Engine(weft, Proposals("a", value=1.0)).plan()

    assert (len(suggestions(ana)), len(suggestions(ben))) == (1, 0)
