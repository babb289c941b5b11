"""Newcomers are greeted by a few colleagues of other teams who have not met them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nudges.kinds import NEWCOMER
from bot.nudges.kinds.newcomer import reason
from bot.nudges.kinds.rules import HOSTS, NEW_FOR, SETTLING_IN, is_host, is_new
from bot.people.service import import_attributes
from storage.connections import connections
from storage.kinds import MetThrough
from storage.people.people import Person
from storage.programs import apart
from tests.weft import labels, words

MONDAY_NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)
TODAY = date(2026, 3, 9)


@pytest.fixture
def company(workspace, weft):
    """Eva has started in Design, Finn comes next month; Ana works in Data, Ben in Design; of Cleo no team is known."""
    there = {name: workspace.add_person(name, tz="Europe/Berlin") for name in ("Ana", "Ben", "Cleo", "Eva", "Finn")}
    weft.tick()
    rows = [
        f"{there['Ana'].id},Data,Berlin,2020-01-01",
        f"{there['Ben'].id},Design,Berlin,2020-01-01",
        f"{there['Eva'].id},Design,Berlin,2026-02-16",
        f"{there['Finn'].id},Sales,,2026-04-01",
    ]
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team,office,started_on", *rows]))
    weft.clock.move_to(MONDAY_NINE)
    return there


def proposed(weft, company):
    with weft.bot.look() as work:
        return list(NEWCOMER.propose(work, [person.id for person in company.values()]))


def test_a_colleague_of_another_team_is_asked_to_say_hello(weft, company):
    weft.settle()

    [message] = company["Ana"].messages()
    assert message.text == f"<@{company['Eva'].id}> joined Design 3 weeks ago and works in Berlin, like you."
    assert "Say hi when you're both in." in words(message)
    assert labels(message)[0] == "Message Eva"


def test_the_own_team_people_without_a_team_and_people_who_have_not_started_are_left_out(weft, company):
    found = {(one.person_id, one.about) for one in proposed(weft, company)}

    hosts = {company["Ana"].id, company["Finn"].id}
    assert found == {(host, f"newcomer:{company['Eva'].id}") for host in hosts}


def test_someone_who_has_met_them_is_not_asked(weft, company):
    with weft.bot.begin() as work:
        connections.record_meeting(
            work,
            people=[company["Ana"].id, company["Eva"].id],
            met_on=TODAY,
            through=MetThrough.PROGRAM,
            origin="match:1",
        )

    assert [one.person_id for one in proposed(weft, company)] == [company["Finn"].id]


@pytest.mark.parametrize(("who", "other"), [("Ana", "Eva"), ("Eva", "Ana")])
def test_someone_who_would_rather_not_meet_is_not_brought_together_by_this_either(weft, company, who, other):
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=company[who].id, others=[company[other].id])

    assert [one.person_id for one in proposed(weft, company)] == [company["Finn"].id]


def test_pressing_the_link_marks_it_as_done(weft, company):
    weft.settle()
    [message] = company["Ana"].messages()

    company["Ana"].press("Message Eva", message)

    assert "Done." in words(message)
    assert "Message Eva" not in labels(message)


def test_two_months_later_no_one_is_new_anymore(weft, company):
    weft.clock.move_to(MONDAY_NINE + timedelta(days=50))

    assert company["Eva"].id not in {one.about.removeprefix("newcomer:") for one in proposed(weft, company)}


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_someone_is_new_after_the_first_days_and_for_two_months(started_on):
    assert is_new(started_on, TODAY) == (SETTLING_IN <= TODAY - started_on <= NEW_FOR)


@pytest.mark.parametrize(
    ("days", "is_near", "why"),
    [
        (5, False, "just joined Design, and you haven't met."),
        (5, True, "just joined Design and works in Berlin, like you."),
        (7, False, "joined Design a week ago, and you haven't met."),
        (13, True, "joined Design a week ago and works in Berlin, like you."),
        (60, False, "joined Design 8 weeks ago, and you haven't met."),
    ],
)
def test_the_reason_says_since_when_they_are_here(days, is_near, why):
    eva = Person(person_id="UEVA", team="Design", office="Berlin", started_on=TODAY - timedelta(days=days))

    assert reason(eva, TODAY, is_near=is_near) == f"<@UEVA> {why}"


def test_a_newcomer_in_a_large_company_is_greeted_by_about_a_dozen():
    people = [f"U{number:05d}" for number in range(5000)]
    greeted = [sum(is_host(one, newcomer, HOSTS / len(people)) for one in people) for newcomer in people[:20]]

    assert 8 < sum(greeted) / len(greeted) < 16
    assert max(greeted) < 30
