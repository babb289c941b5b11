"""What a network suggests: asked for everybody at once, with a reason each."""

from datetime import date

import pytest

from bot.network import nudges
from bot.network.feature import FEATURE
from bot.people.service import import_attributes
from storage.programs import apart
from tests.coffee.stories import set_up
from tests.network.company import attributes, days_later, met, pin
from tests.weft import labels


def proposed(weft, kind, people):
    with weft.bot.look() as work:
        return {one.person_id: one for one in kind(work, [person.id for person in people])}


def test_somebody_is_reminded_of_who_was_close_and_has_gone_quiet(weft, company):
    met(weft, company.ana, company.ben, on=date(2025, 9, 3))
    met(weft, company.ana, company.ben, on=date(2025, 11, 3))
    met(weft, company.ana, company.cleo, on=date(2025, 11, 5))
    met(weft, company.ana, company.dev)

    found = proposed(weft, nudges.reconnect, [company.ana, company.dev])

    assert list(found) == [company.ana.id]
    assert found[company.ana.id].why == f"You and {company.ben.mention} met 2 times, last in November 2025."
    assert found[company.ana.id].about == f"with:{company.ben.id}"
    assert labels([found[company.ana.id].action]) == ["Say hello"]


def test_whoever_has_left_or_is_kept_apart_is_not_suggested(weft, company):
    for one in (company.ben, company.cleo, company.dev):
        met(weft, company.ana, one, on=date(2025, 11, 3))
    company.ben.deactivate()
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=company.cleo.id, others=[company.ana.id])

    found = proposed(weft, nudges.reconnect, [company.ana])

    assert found[company.ana.id].about == f"with:{company.dev.id}"


def test_whoever_was_greeted_is_not_suggested_again_and_a_pin_is_not_suggested_twice(weft, company):
    for one in (company.ben, company.cleo):
        met(weft, company.ana, one, on=date(2025, 11, 3))
    pin(company.ana, [company.cleo], "Every other week")
    assert proposed(weft, nudges.reconnect, [company.ana])[company.ana.id].about == f"with:{company.ben.id}"
    company.ana.close()
    company.ana.press("Say hello to Ben Okafor", company.ana.command("/network").messages[0])
    company.ana.submit()
    company.ana.close()
    assert proposed(weft, nudges.reconnect, [company.ana, company.ben]) == {}

    days_later(weft, 15)
    assert proposed(weft, nudges.stay_in_touch, [company.ana])[company.ana.id].about.startswith(
        f"pin:{company.cleo.id}"
    )
    company.ana.press("Say hello to Cleo Martin", company.ana.command("/network").messages[0])
    company.ana.submit()
    assert proposed(weft, nudges.stay_in_touch, [company.ana]) == {}


def test_a_pin_reminds_once_in_each_period(weft, company):
    pin(company.ana, [company.ben], "Every other week")
    assert proposed(weft, nudges.stay_in_touch, [company.ana]) == {}
    days_later(weft, 15)
    first = proposed(weft, nudges.stay_in_touch, company.everyone)[company.ana.id]
    met(weft, company.ana, company.ben, on=date(2026, 3, 17))
    assert proposed(weft, nudges.stay_in_touch, [company.ana]) == {}
    days_later(weft, 15)
    second = proposed(weft, nudges.stay_in_touch, [company.ana])[company.ana.id]

    assert (
        first.why == f"You want to stay in touch with {company.ben.mention} every two weeks. I know of no contact yet."
    )
    assert second.why.endswith("Last time was in March.")
    assert first.about != second.about


def test_a_pin_of_somebody_who_left_reminds_of_nothing(weft, company):
    pin(company.ana, [company.ben], "Every other week")
    company.ben.deactivate()
    days_later(weft, 15)

    assert proposed(weft, nudges.stay_in_touch, [company.ana]) == {}


@pytest.fixture
def in_coffee(weft, company):
    set_up(company.alma, company.coffee)
    return company


def test_a_team_where_they_know_nobody_is_suggested_to_who_has_coffee(weft, in_coffee):
    met(weft, in_coffee.ana, in_coffee.ben)

    found = proposed(weft, nudges.new_team, [in_coffee.ana, in_coffee.eva])

    assert list(found) == [in_coffee.ana.id]
    assert found[in_coffee.ana.id].about in {"team:Legal", "team:Support"}
    assert "You know people in 1 of 3 other teams, and nobody in" in found[in_coffee.ana.id].why


def test_whoever_moves_is_not_sent_to_the_team_they_moved_to(weft, in_coffee):
    before = proposed(weft, nudges.new_team, [in_coffee.ana])[in_coffee.ana.id].about.removeprefix("team:")

    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team\n{in_coffee.ana.id},{before}\n")

    after = proposed(weft, nudges.new_team, [in_coffee.ana])
    assert [one.about for one in after.values()] != [f"team:{before}"]


def test_whoever_has_wished_for_a_team_is_not_asked_for_another(weft, in_coffee):
    in_coffee.ana.press("Get me a coffee in Legal", in_coffee.ana.command("/network").messages[0])

    assert proposed(weft, nudges.new_team, [in_coffee.ana]) == {}


def test_a_team_with_hostile_letters_is_escaped(weft, in_coffee):
    attributes(
        weft, {one: ("<!here> & co", "Berlin") for one in (in_coffee.dev, in_coffee.eva, in_coffee.ben, in_coffee.cleo)}
    )

    assert "<!here>" not in proposed(weft, nudges.new_team, [in_coffee.ana])[in_coffee.ana.id].why


def test_every_kind_has_a_label_and_a_name_of_its_own():
    assert len({kind.name for kind in FEATURE.nudges}) == len(FEATURE.nudges) == 3
    assert all(kind.label[0].isupper() for kind in FEATURE.nudges)
