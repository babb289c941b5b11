"""Teams and offices come from profile fields and user groups too, where an admin chose some; the best source counts."""

from datetime import timedelta

import pytest

from bot.people import service
from storage import people
from storage.kinds import Attribute, Source
from tests.weft import labels, turn_to, words

FIELDS = {"Department": "text", "Location": "options_list", "Boss": "user", "Grade": "text", "Hired": "date"}


@pytest.fixture
def company(weft, team, workspace):
    for label, kind in FIELDS.items():
        workspace.add_profile_field(label, kind)
    weft.tick()
    return team


def person(weft, someone):
    with weft.bot.look() as work:
        return people.get(work.session, workspace_id=work.workspace_id, person_id=someone.id)


def sources_of(weft, someone, attribute):
    with weft.bot.look() as work:
        rows = people.words_on(work.session, workspace_id=work.workspace_id, person_ids=[someone.id])
    return {row.source: row.value for row in rows if row.attribute is attribute}


def choose_fields(admin, **chosen):
    admin.press("Choose profile fields", turn_to(admin, "Admin"))
    admin.fill({label.replace("_", " "): field for label, field in chosen.items()})
    return admin.submit()


def choose_groups(admin, **chosen):
    admin.press("Choose user groups", turn_to(admin, "Admin"))
    admin.fill(chosen)
    return admin.submit()


def import_file(weft, **teams):
    with weft.bot.begin() as work:
        service.import_attributes(
            work, "\n".join(["person_id,team", *(f"{one},{team}" for one, team in teams.items())])
        )


def calls(workspace, method):
    return [call for call in workspace.calls if call.method == method]


# Profile fields


def test_an_admin_chooses_profile_fields_and_everybodys_attributes_are_there_soon(weft, company):
    company.ana.change(fields={"Department": "Data", "Location": "Berlin", "Grade": "L5", "Hired": "2024-05-31"})
    company.ben.change(fields={"Department": "Sales", "Boss": company.ana.id})

    assert choose_fields(company.alma, Team="Department", Office="Location", Level="Grade", Manager="Boss") == {}
    weft.tick()

    ana, ben = person(weft, company.ana), person(weft, company.ben)
    assert (ana.team, ana.office, ana.level, ana.started_on) == ("Data", "Berlin", 5, None)
    assert (ben.team, ben.office, ben.manager_id) == ("Sales", None, company.ana.id)
    assert "team from “Department”, office from “Location”" in words(turn_to(company.alma, "Admin"))


def test_a_change_of_a_field_that_an_event_tells_is_known_at_once(weft, company):
    choose_fields(company.alma, Team="Department")
    weft.tick()

    company.ana.change(fields={"Department": "Data"})

    assert person(weft, company.ana).team == "Data"


def test_a_change_of_which_no_event_tells_is_known_a_day_later(weft, company, workspace):
    choose_fields(company.alma, Team="Department")
    weft.tick()
    workspace.add_profile_field("Department")
    company.ana.user.profile["fields"]["Department"] = "Data"

    weft.live(hours=20)
    assert person(weft, company.ana).team is None
    weft.live(hours=6)

    assert person(weft, company.ana).team == "Data"


def test_an_event_without_the_fields_makes_the_profile_be_read_within_the_hour(weft, company, workspace, clock):
    choose_fields(company.alma, Team="Department")
    weft.tick()
    workspace.before_call = None
    company.ana.user.profile["fields"]["Department"] = "Data"
    scopes, workspace.scopes = workspace.scopes, workspace.scopes - {"users.profile:read"}
    clock.advance(timedelta(minutes=1))
    company.ana.set_status(":coffee:", "Having one")
    workspace.scopes = scopes

    clock.advance(timedelta(minutes=61))
    weft.tick()

    assert person(weft, company.ana).team == "Data"


def test_the_better_source_counts_and_what_it_hid_is_there_when_it_goes(weft, company, workspace):
    marketing = workspace.add_user_group("marketing", "Marketing", [company.ana])
    edit_team(company.ana, "Research")
    assert person(weft, company.ana).team == "Research"

    choose_groups(company.alma, Team=["Marketing"])
    weft.tick()
    assert person(weft, company.ana).team == "Marketing"

    company.ana.change(fields={"Department": "Data"})
    choose_fields(company.alma, Team="Department")
    weft.tick()
    assert person(weft, company.ana).team == "Data"

    import_file(weft, **{company.ana.id: "Sales"})
    assert person(weft, company.ana).team == "Sales"
    assert set(sources_of(weft, company.ana, Attribute.TEAM)) == set(Source)

    import_file(weft, **{company.ana.id: ""})
    assert person(weft, company.ana).team == "Data"
    choose_fields(company.alma, Team="No field")
    assert person(weft, company.ana).team == "Marketing"
    workspace.change_user_group(marketing, [])
    weft.tick()
    assert person(weft, company.ana).team == "Research"


def edit_team(someone, team):
    someone.press("Change what people see", turn_to(someone, "Settings"))
    someone.fill({"Team": [team]})
    assert someone.submit() == {}


def test_a_title_of_slacks_own_stays_unless_a_field_or_a_file_says_another(weft, company):
    assert person(weft, company.ana).title == "Engineer"
    company.ana.change(fields={"Grade": "Principal"})
    choose_fields(company.alma, Title="Grade")
    weft.tick()
    assert person(weft, company.ana).title == "Principal"

    company.ana.change(title="Dreamer")
    assert person(weft, company.ana).title == "Principal"
    choose_fields(company.alma, Title="No field")
    assert person(weft, company.ana).title == "Dreamer"


@pytest.mark.parametrize(
    ("field", "attribute", "value"),
    [
        ("Department", "team", "x" * 5000),
        ("Department", "team", "\u202e \u200b"),
        ("Grade", "level", "between 3 and 4"),
        ("Grade", "level", "999999999999999999"),
        ("Boss", "manager_id", "UNOBODY"),
        ("Boss", "manager_id", "the big boss"),
        ("Hired", "started_on", "2024-02-30"),
        ("Hired", "started_on", "0001-01-01"),
        ("Hired", "started_on", "soon"),
    ],
)
def test_what_can_not_be_understood_is_unknown(weft, company, field, attribute, value):
    choose_fields(company.alma, Team="Department", Level="Grade", Manager="Boss", Start_date="Hired")
    weft.tick()

    company.ana.change(fields={field: value})
    weft.tick()

    assert getattr(person(weft, company.ana), attribute) is None


def test_nobody_is_their_own_manager_and_an_address_names_one(weft, company):
    choose_fields(company.alma, Manager="Boss")
    weft.tick()
    company.ana.change(fields={"Boss": company.ana.id})
    company.ben.change(fields={"Boss": f"{company.ana.user.profile['email'].upper()}"})

    assert person(weft, company.ana).manager_id is None
    assert person(weft, company.ben).manager_id == company.ana.id


def test_hostile_words_of_a_field_are_shown_as_words(weft, company, workspace):
    workspace.add_profile_field("<!channel> *Team*")
    company.ana.change(fields={"<!channel> *Team*": "<!here> & <@U1>"})
    choose_fields(company.alma, Team="<!channel> *Team*")
    weft.tick()

    assert person(weft, company.ana).team == "<!here> & <@U1>"
    assert "&lt;!channel&gt;" in str(turn_to(company.alma, "Admin").blocks)
    assert "&lt;!here&gt; &amp;" in str(turn_to(company.ana, "Settings").blocks)


def test_a_field_that_was_deleted_in_slack_says_nothing_more_and_the_admin_reads_it(weft, company, workspace):
    company.ana.change(fields={"Department": "Data"})
    edit_team(company.ana, "Research")
    choose_fields(company.alma, Team="Department")
    weft.tick()
    workspace.remove_profile_field("Department")

    weft.live(days=1, hours=2)

    assert person(weft, company.ana).team == "Research"
    assert "The profile field “Department” does not exist any more" in words(turn_to(company.alma, "Admin"))


def test_a_field_that_was_deleted_while_the_form_was_open_is_said_beside_it(weft, company, workspace):
    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))
    company.alma.fill({"Team": "Department"})
    workspace.remove_profile_field("Department")

    errors = company.alma.submit()

    assert "does not exist any more" in str(errors)


def test_the_profiles_of_a_large_company_are_read_a_few_at_a_time(weft, company, workspace, clock):
    for number in range(90):
        workspace.add_person(f"Person {number}")
    choose_fields(company.alma, Team="Department")
    before = len(calls(workspace, "users.profile.get"))

    weft.tick()

    assert len(calls(workspace, "users.profile.get")) - before == 40
    assert "55 profiles still to read" in words(turn_to(company.alma, "Admin"))
    for _ in range(4):
        clock.advance(timedelta(minutes=1))
        weft.tick()
    assert len(calls(workspace, "users.profile.get")) - before == 95
    assert "still to read" not in words(turn_to(company.alma, "Admin"))


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "fatal_error"])
def test_what_slack_does_not_tell_now_is_read_later(weft, company, workspace, clock, error):
    company.ana.change(fields={"Department": "Data"})
    choose_fields(company.alma, Team="Department")
    workspace.faults.refuse("users.profile.get", error, times=1)
    weft.tick()
    assert person(weft, company.ana).team is None

    clock.advance(timedelta(minutes=11))
    weft.tick()

    assert person(weft, company.ana).team == "Data"


def test_nothing_is_asked_of_slack_where_no_admin_chose_anything(weft, company, workspace):
    weft.live(days=2)

    assert calls(workspace, "users.profile.get") == calls(workspace, "team.profile.get") == []
    assert calls(workspace, "usergroups.list") == calls(workspace, "usergroups.users.list") == []


# Without permission


def test_without_the_permission_the_admin_reads_what_is_missing_and_all_else_works(weft, company, workspace):
    workspace.scopes -= {"users.profile:read"}

    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))

    assert "users.profile:read is missing" in words(company.alma.modal)
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
    assert "users.profile:read is missing" in words(turn_to(company.alma, "Admin"))
    assert person(weft, company.ana).team == "Data"

    workspace.scopes = scopes
    weft.live(hours=2)
    assert "is missing" not in words(turn_to(company.alma, "Admin"))


def test_a_plan_without_user_groups_is_said(weft, company, workspace):
    workspace.faults.refuse("usergroups.list", "plan_upgrade_required")

    company.alma.press("Choose user groups", turn_to(company.alma, "Admin"))

    assert "has no user groups" in words(company.alma.modal)


@pytest.mark.parametrize(
    ("button", "method"), [("profile fields", "team.profile.get"), ("user groups", "usergroups.list")]
)
@pytest.mark.parametrize("fault", ["rate_limit", "server_error"])
def test_when_slack_is_busy_the_admin_is_asked_to_try_again(weft, company, workspace, button, method, fault):
    getattr(workspace.faults, fault)(method)

    company.alma.press(f"Choose {button}", turn_to(company.alma, "Admin"))

    assert "try again in a minute" in words(company.alma.modal)


# User groups


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
    assert "The user group Brand does not exist any more" in words(turn_to(company.alma, "Admin"))


def test_levels_come_from_groups_with_a_number_in_their_name(weft, company, workspace):
    workspace.add_user_group("l5", "Level 5", [company.ana])
    workspace.add_user_group("leads", "Leads", [company.ben])

    errors = choose_groups(company.alma, Level=["Leads"])
    assert "there is none in the name “Leads”" in str(errors)
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


# Admins


def test_whoever_is_no_admin_any_more_chooses_nothing(weft, company):
    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))
    company.alma.fill({"Team": "Department"})
    company.alma.change(is_admin=False)

    errors = company.alma.submit()

    assert "admins of this workspace" in str(errors)
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
    assert "Look at" not in str(labels(turn_to(company.alma, "Admin")))
    import_file(weft, **{company.ana.id: "Sales", company.ben.id: "Data"})

    company.alma.press("Look at 1 difference", turn_to(company.alma, "Admin"))

    shown = words(company.alma.modal)
    assert "Ana Ruiz: team is Sales by the file, Marketing by the profile field. I use Sales: the file counts" in shown
    assert "Ben" not in shown


def test_many_differences_are_shown_a_page_at_a_time(weft, company, workspace):
    people = [workspace.add_person(f"Person {number:02}", fields={"Department": "B"}) for number in range(25)]
    choose_fields(company.alma, Team="Department")
    weft.tick()
    import_file(weft, **{person.id: "A" for person in people})

    company.alma.press("Look at 25 differences", turn_to(company.alma, "Admin"))
    assert "1 to 10 of 25" in words(company.alma.modal)
    company.alma.press("Further")
    company.alma.press("Further")
    assert "21 to 25 of 25" in words(company.alma.modal)
    assert labels(company.alma.modal) == ["Earlier"]

    import_file(weft, **{person.id: "B" for person in people})
    company.alma.press("Earlier")
    assert "All sources agree" in words(company.alma.modal)


def test_who_has_left_is_no_difference_and_only_admins_look(weft, company):
    company.ana.change(fields={"Department": "Marketing"})
    choose_fields(company.alma, Team="Department")
    weft.tick()
    import_file(weft, **{company.ana.id: "Sales"})
    page = turn_to(company.alma, "Admin")
    company.alma.change(is_admin=False)
    company.alma.press("Look at 1 difference", page)
    assert "admins of this workspace" in words(company.alma.modal)
    company.alma.close()
    company.alma.change(is_admin=True)

    company.ana.deactivate()

    assert "Look at" not in str(labels(turn_to(company.alma, "Admin")))


# What people say of themselves


def test_where_a_better_source_counts_the_person_reads_which_and_that_their_own_word_waits(weft, company):
    edit_team(company.ana, "Research")
    assert "Team: Research\n" in words(turn_to(company.ana, "Settings"))

    company.ana.change(fields={"Department": "Data"})
    choose_fields(company.alma, Team="Department")
    weft.tick()

    shown = words(turn_to(company.ana, "Settings"))
    assert "Team: Data, from your Slack profile (this counts before what you said: Research)" in shown
    import_file(weft, **{company.ana.id: "research"})
    assert "Team: research, as your admins told me\n" in words(turn_to(company.ana, "Settings"))


def test_a_word_that_comes_after_a_better_source_is_kept_and_not_used(weft, company):
    company.ana.press("Change what people see", turn_to(company.ana, "Settings"))
    company.ana.fill({"Team": ["Research"]})
    import_file(weft, **{company.ana.id: "Sales"})

    assert company.ana.submit() == {}

    assert person(weft, company.ana).team == "Sales"
    assert "before what you said: Research" in words(company.ana.home)


def test_it_is_the_same_on_both_databases(weft_on_both, team, workspace):
    weft_on_both.tick()
    workspace.add_user_group("marketing", "Marketing", [team.ana, team.ben])
    team.ana.change(fields={"Department": "Data"})
    assert choose_groups(team.alma, Team=["Marketing"]) == {}
    assert choose_fields(team.alma, Team="Department") == {}
    weft_on_both.live(minutes=1)

    assert [person(weft_on_both, one).team for one in team.everyone] == ["Data", "Marketing", None, None]
    team.alma.press("Look at 1 difference", turn_to(team.alma, "Admin"))
    assert "Data by the profile field, Marketing by the user group" in words(team.alma.modal)
    team.alma.close()
    assert choose_fields(team.alma, Team="No field") == {}
    assert person(weft_on_both, team.ana).team == "Marketing"
