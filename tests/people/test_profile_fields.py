"""An admin chooses fields of the profiles in Slack, and they say what people's teams and offices are."""

from datetime import timedelta

import pytest

from storage.kinds import Attribute, Source
from storage.people import sources
from tests.people.sources import calls, choose_fields, choose_groups, edit_team, import_file, person, sources_of
from tests.rows import copies
from tests.weft import turn_to, words


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
    choose_fields(company.alma, Team="Not used")
    assert person(weft, company.ana).team == "Marketing"
    workspace.change_user_group(marketing, [])
    weft.tick()
    assert person(weft, company.ana).team == "Research"


def test_a_title_of_slacks_own_stays_unless_a_field_or_a_file_says_another(weft, company):
    assert person(weft, company.ana).title == "Engineer"
    company.ana.change(fields={"Grade": "Principal"})
    choose_fields(company.alma, Title="Grade")
    weft.tick()
    assert person(weft, company.ana).title == "Principal"

    company.ana.change(title="Dreamer")
    assert person(weft, company.ana).title == "Principal"
    choose_fields(company.alma, Title="Not used")
    assert person(weft, company.ana).title == "Dreamer"


@pytest.mark.sampled(5)
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
    choose_fields(company.alma, Team="<!channel> ∗Team∗")  # noqa: RUF001 - an asterisk that marks nothing as bold
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
    assert "The profile field “Department” was deleted" in words(turn_to(company.alma, "Admin"))


def test_a_field_that_was_deleted_while_the_form_was_open_is_said_on_the_page_it_leads_back_to(
    weft, company, workspace
):
    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))
    company.alma.fill({"Team": "Department"})
    workspace.remove_profile_field("Department")

    assert company.alma.submit() == {}

    assert "The profile field “Department” was deleted" in words(company.alma.home)


def test_however_slow_slack_is_the_form_opens_in_time_and_is_taken_in_time(weft, company, workspace):
    company.alma.press("Choose profile fields", turn_to(company.alma, "Admin"))
    company.alma.fill({"Team": "Department"})
    workspace.faults.refuse("team.profile.get", "fatal_error")

    assert company.alma.submit() == {}

    assert [row.label for row in fields_chosen(weft)] == ["Department"]
    methods = [call.method for call in workspace.calls]
    assert methods.index("views.open") < methods.index("team.profile.get")


@pytest.mark.slow
@pytest.mark.parametrize("button", ["Choose profile fields", "Choose user groups"])
def test_where_slack_does_not_answer_at_all_the_window_says_so(weft, company, workspace, button):
    page = turn_to(company.alma, "Admin")
    for method in ("team.profile.get", "usergroups.list"):
        workspace.faults.drop_request(method, times=3)  # A listener tries as often.

    company.alma.press(button, page)

    assert "Slack isn't answering right now" in words(company.alma.modal)


def fields_chosen(weft):
    with weft.bot.look() as work:
        return copies(sources.fields(work))


@pytest.mark.slow
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


def test_values_that_nobody_can_read_are_counted_for_the_admin_and_nobody_is_named(weft, company):
    company.ana.change(fields={"Hired": "before the flood", "Grade": "L5"})
    company.ben.change(fields={"Hired": "31.5.2024", "Grade": "L5 or L6"})
    choose_fields(company.alma, Start_date="Hired", Level="Grade")
    weft.tick()

    page = words(turn_to(company.alma, "Admin"))
    assert "In 2 profiles, “Hired” isn't a date like 2024-05-31" in page
    assert "In 1 profile, “Grade” isn't a level from 0 to 20" in page
    assert "Ana Ruiz" not in page
    assert "flood" not in page

    company.ana.change(fields={"Hired": "2024-05-31"})
    company.ben.change(fields={"Hired": ""})
    assert "“Hired” holds" not in words(turn_to(company.alma, "Admin"))
    choose_fields(company.alma, Start_date="Hired", Level="Not used")
    assert "“Grade” holds" not in words(turn_to(company.alma, "Admin"))
