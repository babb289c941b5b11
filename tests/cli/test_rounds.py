"""`weft round preview`: what an admin sees is what will be sent."""

import io

import pytest
from rich.console import Console

from bot.cli.rounds import preview_round
from bot.coffee.preview import service as previews
from bot.coffee.setup import service as setup
from bot.config import Settings
from bot.core.errors import SetupError
from storage.rounds.rounds import matches_of
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN
from tests.coffee.test_preview import tells_of_meetings


@pytest.fixture
def program(weft, program, workspace):
    """Twelve people, so that there are matches to show when five skip."""
    for number in range(8):
        program.everyone.append(workspace.add_person(f"Person {number}", tz="Europe/Berlin"))
        program.everyone[-1].join(program.coffee)
    weft.settle()
    return program


@pytest.fixture
def preview(sqlite_url):
    def shown(program):
        out = Console(file=io.StringIO(), width=160)
        assert preview_round(Settings(database_url=sqlite_url), program, out) == 0
        return out.file.getvalue()

    return shown


@pytest.mark.slow
def test_the_preview_shows_the_matches_that_are_made_their_reasons_and_how_good_they_are(weft, program, preview):
    shown = preview("Coffee")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    names = {person.id: person.name for person in program.everyone}
    with weft.bot.look() as work:
        for match in matches_of(work, person_id=program.ana.id):
            assert any(all(names[seat.person_id] in line for seat in match.seats) for line in shown.splitlines())
    for what in ("preferences met", "0.0 ppm, proven", "time"):
        assert what in shown
    assert not tells_of_meetings(shown)
    for secret in ("value", "bound"):
        assert secret not in shown


@pytest.mark.slow
def test_who_sits_it_out_is_counted_and_not_named(weft, program, preview):
    program.ana.command("/coffee", "skip")

    shown = preview("1")
    assert "skipping this round" not in shown  # Of one person it would be no secret whose reason it is.

    for person in program.everyone[1:5]:
        person.command("/coffee", "skip")
    shown = preview("1")
    assert "skipping this round" in shown
    assert "Ana Ruiz" not in shown


def test_of_fewer_than_five_matches_no_quality_is_printed(weft, program, preview):
    for person in program.everyone[:4]:
        person.command("/coffee", "skip")

    shown = preview("Coffee")

    assert "shared working hours" in shown
    assert "preferences met" not in shown


@pytest.mark.slow
def test_the_matches_of_fewer_than_five_are_not_printed(weft, program, preview):
    for person in program.everyone[4:]:
        person.command("/coffee", "skip")

    shown = preview("Coffee")

    assert "Fewer than 5 people take part" in shown
    assert not any(person.name in shown for person in program.everyone)


def test_nothing_is_written_or_sent_by_a_preview(weft, program, preview):
    before = [len(person.sees()) for person in program.everyone]
    assert matches_in(preview("Coffee")) == matches_in(preview("coffee"))
    weft.carry()

    assert [len(person.sees()) for person in program.everyone] == before


def matches_in(shown):
    return shown.partition("Not in this round")[0]


def test_an_unknown_program_is_answered_with_those_there_are(weft, program, preview):
    with pytest.raises(SetupError, match=r"Programs: 1 Coffee"):
        preview("Tea")


@pytest.mark.slow
def test_it_is_what_an_admin_sees_at_the_same_moment(weft, program, preview):
    seen = previews.look(weft.bot, 1, by=program.alma.id).plan.matched.groups
    names = {person.id: person.name for person in program.everyone}

    shown = preview("Coffee")

    assert all(", ".join(names[one] for one in group.people) in shown for group in seen)
    assert "This is a preview" in shown


@pytest.mark.slow
def test_of_a_program_that_is_not_running_it_says_so(weft, program, preview):
    with weft.bot.begin() as work:
        setup.stop(work, 1, by=program.alma.id)

    assert "Coffee isn't running" in preview("Coffee")
