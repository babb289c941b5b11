"""Days off, and who may join or lead a program: the second form."""

import pytest

from tests.coffee.stories import opened, set_up
from tests.weft import labels, turn_to, words


def more(admin, **changed):
    opened(admin)
    admin.press("Schedule & access")
    admin.fill({label.replace("_", " "): value for label, value in changed.items()})
    return admin.submit()


def test_a_round_on_a_day_off_moves_to_the_next_working_day(weft, program):
    assert more(program.alma, Days_off="2026-03-03 to 2026-03-04") == {}

    assert "2 days you added" in words(program.alma.modal)
    assert "Next round: Thursday, March 5 at 10:00" in words(program.ana.command("/coffee"))


def test_holidays_of_a_country_are_days_off_too(weft, program):
    assert more(program.alma, Public_holidays="Germany") == {}

    assert "public holidays in Germany" in words(program.alma.modal)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("tomorrow", "I can't read"),
        ("2026-02-30", "I can't read"),
        ("2020-01-01", "has passed"),
        ("2026-12-24 to 2026-12-20", "ends before it starts"),
        ("2026-12-24 to 2099-01-01", "too far or too long"),
        ("<!channel>", "I can't read"),
        ("9" * 2900, "I can't read"),
    ],
)
def test_days_that_are_none_are_said_at_the_field(weft, program, typed, sentence):
    errors = more(program.alma, Days_off=typed)

    assert sentence in errors["Days off"]


def test_somebody_who_is_named_may_change_this_program_and_no_other(weft, program, workspace):
    tea = workspace.add_channel("tea", members=[program.ben])
    set_up(program.alma, tea, Name="Tea")
    opened(program.alma, "Coffee")
    program.alma.press("Schedule & access")
    program.alma.fill({"Program admins": [program.ana, program.alma]})
    assert program.alma.submit() == {}

    page = turn_to(program.ana, "Admin")

    assert "Coffee · #coffee" in words(page)
    assert "Tea" not in words(page)
    assert "Set up program" not in labels(page)
    assert words(page).count("Coffee · #coffee") == 1
    opened(program.ana)
    program.ana.press("Edit")
    program.ana.fill({"Name": "Elevenses"})
    assert program.ana.submit() == {}
    assert "Elevenses" in words(turn_to(program.alma, "Admin"))


def test_a_bot_or_guest_can_not_be_an_admin(weft, program, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)

    errors = more(program.alma, Program_admins=[guest])

    assert "not bots or guests" in errors["Program admins"]


def test_a_program_can_be_for_its_channel_only(weft, program, workspace):
    assert more(program.alma, How_people_join="Channel only") == {}
    eva = workspace.add_person("Eva Horak")
    eva.open_home()
    assert "Join" not in labels(eva.home)
    assert "Join #coffee and you're in" in words(eva.command("/coffee", "join"))

    eva.join(program.coffee)

    assert "Skip this round" in labels(eva.command("/coffee"))


def test_guests_join_where_an_admin_lets_them(weft, program, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)
    assert more(program.alma, Guests=["Guests can join"]) == {}

    guest.join(program.coffee)
    weft.live(hours=1)

    assert "Welcome to Coffee" in guest.messages()[0].text
