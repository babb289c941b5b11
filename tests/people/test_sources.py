"""Who chooses where teams and offices come from, what may be missing for it, and which of the sources counts."""

from datetime import timedelta

import pytest

from tests.people.sources import calls, choose_fields, choose_groups, edit_team, import_file, person
from tests.weft import labels, turn_to, words

# Without permission


def test_without_the_permission_the_admin_reads_what_is_missing_and_all_else_works(weft, company, workspace):
    workspace.scopes -= {"users.profile:read"}

    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))

    assert "add `users.profile:read`" in words(company.alma.modal)
    company.alma.close()
    workspace.add_user_group("marketing", "Marketing", [company.ana])
    assert choose_groups(company.alma, Team=["Marketing"]) == {}


def test_a_permission_that_is_taken_away_later_is_said_on_the_admins_page_and_forgotten_when_it_is_back(
    weft, company, workspace
):
    company.ana.change(fields={"Department": "Data"})
    choose_fields(company.alma, Team="Department")
    weft.tick()
    scopes, workspace.scopes = workspace.scopes, workspace.scopes - {"users.profile:read"}

    weft.live(days=1, hours=2)
    assert "add `users.profile:read`" in words(turn_to(company.alma, "Admin"))
    assert person(weft, company.ana).team == "Data"

    workspace.scopes = scopes
    weft.live(hours=2)
    assert "not allowed" not in words(turn_to(company.alma, "Admin"))


def test_without_a_permission_slack_is_asked_once_an_hour_and_not_every_minute(weft, company, workspace, clock):
    workspace.add_user_group("marketing", "Marketing", [company.ana])
    choose_fields(company.alma, Team="Department")
    choose_groups(company.alma, Office=["Marketing"])
    weft.tick()
    clock.advance(timedelta(days=1, minutes=1))
    workspace.scopes = workspace.scopes - {"users.profile:read", "usergroups:read"}
    before = {method: len(calls(workspace, method)) for method in ("team.profile.get", "usergroups.list")}

    for _ in range(5):
        weft.tick()
        clock.advance(timedelta(minutes=1))

    assert {method: len(calls(workspace, method)) - number for method, number in before.items()} == {
        "team.profile.get": 1,
        "usergroups.list": 1,
    }
    clock.advance(timedelta(hours=1))
    weft.tick()
    assert len(calls(workspace, "team.profile.get")) == before["team.profile.get"] + 2


def test_a_plan_without_user_groups_is_said(weft, company, workspace):
    workspace.faults.refuse("usergroups.list", "plan_upgrade_required")

    company.alma.press("Choose user groups", turn_to(company.alma, "Admin"))

    assert "has no user groups" in words(company.alma.modal)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("button", "method"), [("profile fields", "team.profile.get"), ("user groups", "usergroups.list")]
)
@pytest.mark.parametrize("fault", [("rate_limit", 1), ("server_error", 3)])
def test_when_slack_is_busy_the_admin_is_asked_to_try_again(weft, company, workspace, button, method, fault):
    kind, times = fault  # A listener tries a server error as often.
    getattr(workspace.faults, kind)(method, times=times)

    company.alma.press(f"Choose {button}", turn_to(company.alma, "Admin"))

    assert "try again in a minute" in words(company.alma.modal)


# Admins


def test_whoever_is_no_admin_any_more_chooses_nothing(weft, company):
    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))
    company.alma.fill({"Team": "Department"})
    company.alma.change(is_admin=False)

    errors = company.alma.submit()

    assert "Only admins can change this" in str(errors)
    assert "Choose profile fields" not in labels(turn_to(company.ana, "Today"))


def test_of_two_admins_at_once_the_second_is_told_and_a_form_sent_twice_is_one(weft, company):
    company.ana.change(is_admin=True)
    for admin in (company.alma, company.ana):
        admin.press("Choose profile fields", turn_to(admin, "Admin"))
        admin.fill({"Team": "Department"})
    company.alma.fill({"Office": "Location"})

    assert company.alma.submit() == {}
    assert "Another admin changed this" in str(company.ana.submit())
    company.ana.fill({"Office": "Location"})
    assert company.ana.submit() == {}


# Where sources disagree


def test_the_admin_sees_where_sources_disagree_and_which_one_is_used(weft, company):
    company.ana.change(fields={"Department": "Marketing", "Boss": company.ben.id})
    company.ben.change(fields={"Department": "DATA"})
    choose_fields(company.alma, Team="Department")
    weft.tick()
    assert "conflict" not in str(labels(turn_to(company.alma, "Admin")))
    import_file(weft, **{company.ana.id: "Sales", company.ben.id: "Data"})

    company.alma.press("See 1 conflict", turn_to(company.alma, "Admin"))

    shown = words(company.alma.modal)
    assert "Ana Ruiz: team is Sales (imported file) and Marketing (profile field). Using Sales." in shown
    assert "Ben" not in shown


def test_many_differences_are_shown_a_page_at_a_time(weft, company, workspace):
    people = [workspace.add_person(f"Person {number:02}", fields={"Department": "B"}) for number in range(25)]
    choose_fields(company.alma, Team="Department")
    weft.tick()
    import_file(weft, **{person.id: "A" for person in people})

    company.alma.press("See 25 conflicts", turn_to(company.alma, "Admin"))
    assert "1 to 10 of 25" in words(company.alma.modal)
    company.alma.press("Next")
    company.alma.press("Next")
    assert "21 to 25 of 25" in words(company.alma.modal)
    assert labels(company.alma.modal) == ["Previous"]

    import_file(weft, **{person.id: "B" for person in people})
    company.alma.press("Previous")
    assert "No conflicts" in words(company.alma.modal)


def test_who_has_left_is_no_difference_and_only_admins_look(weft, company):
    company.ana.change(fields={"Department": "Marketing"})
    choose_fields(company.alma, Team="Department")
    weft.tick()
    import_file(weft, **{company.ana.id: "Sales"})
    page = turn_to(company.alma, "Admin")
    company.alma.change(is_admin=False)
    company.alma.press("See 1 conflict", page)
    assert "Only admins can change this" in words(company.alma.modal)
    company.alma.close()
    company.alma.change(is_admin=True)

    company.ana.deactivate()

    assert "conflict" not in str(labels(turn_to(company.alma, "Admin")))


# What people say of themselves


def test_where_a_better_source_counts_the_person_reads_which_and_that_their_own_word_waits(weft, company):
    edit_team(company.ana, "Research")
    assert "Team: Research\n" in words(turn_to(company.ana, "Settings"))

    company.ana.change(fields={"Department": "Data"})
    choose_fields(company.alma, Team="Department")
    weft.tick()

    shown = words(turn_to(company.ana, "Settings"))
    assert "Team: Data (from your Slack profile, which goes before “Research”)" in shown
    import_file(weft, **{company.ana.id: "research"})
    assert "Team: research (from your admins)\n" in words(turn_to(company.ana, "Settings"))


def test_a_word_that_comes_after_a_better_source_is_kept_and_not_used(weft, company):
    company.ana.press("Edit my details", turn_to(company.ana, "Settings"))
    company.ana.fill({"Team": ["Research"]})
    import_file(weft, **{company.ana.id: "Sales"})

    assert company.ana.submit() == {}

    assert person(weft, company.ana).team == "Sales"
    assert "goes before “Research”" in words(company.ana.home)


def test_it_is_the_same_on_both_databases(weft_on_both, team, workspace):
    weft_on_both.tick()
    workspace.add_user_group("marketing", "Marketing", [team.ana, team.ben])
    team.ana.change(fields={"Department": "Data"})
    assert choose_groups(team.alma, Team=["Marketing"]) == {}
    assert choose_fields(team.alma, Team="Department") == {}
    weft_on_both.live(minutes=1)

    assert [person(weft_on_both, one).team for one in team.everyone] == ["Data", "Marketing", None, None]
    team.alma.press("See 1 conflict", turn_to(team.alma, "Admin"))
    assert "Data (profile field) and Marketing (user group)" in words(team.alma.modal)
    team.alma.close()
    assert choose_fields(team.alma, Team="Not used") == {}
    assert person(weft_on_both, team.ana).team == "Marketing"
