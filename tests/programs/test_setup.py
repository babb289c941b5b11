import pytest

from tests.coffee import set_up
from tests.weft import labels, turn_to, words


def test_an_admin_sees_the_programs_in_home(weft, program):
    shown = words(turn_to(program.alma, "Admin"))

    assert "Coffee in #coffee, every two weeks, Tuesday at 10:00 (Europe/Berlin) · 4 members" in shown


def test_others_do_not_see_the_admins_part(weft, program):
    program.ana.open_home()

    assert "Admin" not in labels(program.ana.home)
    assert "Set up a coffee program" not in labels(program.ana.home)


def test_a_time_zone_is_found_by_a_city(weft, program):
    program.alma.press("Set up a coffee program", turn_to(program.alma, "Admin"))

    assert program.alma.options_for("Time zone", typed="new york")[0] == "America/New York"
    assert program.alma.options_for("Time zone", typed="atlantis") == []


def test_a_form_sent_twice_makes_one_program(weft, program):
    errors = set_up(program.alma, program.coffee)

    assert "already has a program" in str(errors)


def test_a_private_channel_without_weft_is_named_as_the_reason(weft, team, workspace):
    weft.tick()
    secret = workspace.add_channel("secret", members=[team.alma], private=True, with_bot=False)

    errors = set_up(team.alma, secret)

    assert "/invite @Weft" in str(errors)


def test_weft_joins_a_public_channel_by_itself(weft, team, workspace):
    weft.tick()
    open_to_all = workspace.add_channel("open", members=[team.ana], with_bot=False)

    assert set_up(team.alma, open_to_all) == {}
    weft.settle()

    assert len(team.ana.messages()) == 1


def test_an_archived_channel_is_refused(weft, team, workspace):
    weft.tick()
    workspace.archive(team.coffee)

    assert "archived" in str(set_up(team.alma, team.coffee))


@pytest.mark.parametrize("name", ["<!channel>", "<https://evil.test|Coffee>", "\u202eeeffoC", "&amp;*bold*"])
def test_a_hostile_name_is_only_ever_shown(weft, team, name):
    weft.tick()
    assert set_up(team.alma, team.coffee, Name=name) == {}
    weft.settle()

    message = team.ana.messages()[0]
    assert "<!" not in message.text
    assert "<https" not in str(message)


def test_a_name_of_nothing_is_refused(weft, team):
    weft.tick()

    assert "give it a name" in str(set_up(team.alma, team.coffee, Name=" \u200b "))


def test_changing_a_program_moves_the_next_round(weft, program):
    program.alma.press("Change", turn_to(program.alma, "Admin"))
    program.alma.fill({"Day": "Thursday", "Time": "14:30", "How often": "Every week"})

    assert program.alma.submit() == {}
    assert "every week, Thursday at 14:30" in words(program.ana.command("/coffee"))


def test_somebody_who_is_no_admin_any_more_can_not_finish_the_form(weft, team, workspace):
    weft.tick()
    team.alma.open_home()
    team.alma.press("Set up a coffee program", team.alma.home)
    team.alma.fill({"Channel": team.coffee})
    team.alma.change(is_admin=False)

    assert "admins" in str(team.alma.submit())
