"""An admin chooses user groups, and their names say what their members' teams and levels are."""

from tests.people.sources import choose_groups, person
from tests.weft import turn_to, words


def test_the_name_of_a_group_is_the_team_of_its_members_and_follows_them(weft, company, workspace):
    marketing = workspace.add_user_group("marketing", "Marketing", [company.ana, company.ben])
    choose_groups(company.alma, Team=["Marketing"])
    weft.tick()
    assert [person(weft, one).team for one in company.everyone] == ["Marketing", "Marketing", None, None]

    workspace.change_user_group(marketing, [company.ben, company.cleo])
    weft.tick()
    assert [person(weft, one).team for one in company.everyone] == [None, "Marketing", "Marketing", None]

    workspace.rename_user_group(marketing, "Brand")
    weft.tick()
    assert person(weft, company.ben).team == "Brand"

    workspace.disable_user_group(marketing)
    weft.tick()
    assert person(weft, company.ben).team is None
    assert "The user group Brand was deleted" in words(turn_to(company.alma, "Admin"))


def test_levels_come_from_groups_with_a_number_in_their_name(weft, company, workspace):
    workspace.add_user_group("l5", "Level 5", [company.ana])
    workspace.add_user_group("leads", "Leads", [company.ben])

    errors = choose_groups(company.alma, Level=["Leads"])
    assert "there's none in “Leads”" in str(errors)
    company.alma.close()
    assert choose_groups(company.alma, Level=["Level 5"]) == {}
    weft.tick()

    assert person(weft, company.ana).level == 5


def test_of_two_groups_the_first_by_name_counts(weft, company, workspace):
    for name in ("Zebras", "Ants"):
        workspace.add_user_group(name.lower(), name, [company.ana])

    choose_groups(company.alma, Team=["Zebras", "Ants"])
    weft.tick()

    assert person(weft, company.ana).team == "Ants"


def test_strangers_and_bots_in_a_group_are_not_people(weft, company, workspace):
    robo = workspace.add_person("Robo", is_bot=True)
    workspace.add_user_group("marketing", "Marketing", [company.ana, robo])
    choose_groups(company.alma, Team=["Marketing"])

    weft.tick()

    assert person(weft, company.ana).team == "Marketing"
    assert person(weft, robo) is None
