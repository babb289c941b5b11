"""On Home's Settings page people say when they work and what others may know of them; every value can go again."""

from datetime import UTC, datetime

import pytest

from bot.features import PLUGGED
from bot.people.hours import hours_of
from bot.people.service import import_attributes
from bot.privacy.service import export_person
from storage.kinds import Attribute
from storage.people import people
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions, set_up
from tests.rows import copy_of
from tests.weft import labels, turn_to, words


def person(weft, someone):
    with weft.bot.look() as work:
        return copy_of(people.get(work, person_id=someone.id))


def edit(someone, button, **answers):
    someone.press(button, turn_to(someone, "Settings"))
    someone.fill({label.replace("_", " "): value for label, value in answers.items()})
    return someone.submit()


def edit_hours(someone, **answers):
    return edit(someone, "Change my hours", **answers)


def edit_about(someone, **answers):
    return edit(someone, "Edit my details", **answers)


def test_before_anything_is_said_people_work_from_nine_to_five(weft, program):
    shown = words(turn_to(program.ana, "Settings"))

    assert "Monday to Friday, 09:00 to 17:00 (Europe/Berlin)" in shown
    assert "Public holidays: Germany" in shown
    assert "Ask me about: not set" in shown
    assert "Use 9 to 5" not in labels(program.ana.home)


def test_somebody_sets_their_days_and_hours_and_goes_back(weft, program):
    assert edit_hours(program.ana, Days=["Monday", "Tuesday", "Thursday"], From="07:30", To="14:00") == {}
    assert "Monday, Tuesday, and Thursday, 07:30 to 14:00" in words(program.ana.home)
    assert hours_of(person(weft, program.ana)).days == {0, 1, 3}

    program.ana.press("Use 9 to 5", program.ana.home)

    assert "Monday to Friday, 09:00 to 17:00" in words(program.ana.home)
    assert person(weft, program.ana).working_days is None


def test_choosing_the_usual_hours_is_going_back_as_well(weft, program):
    edit_hours(program.ana, To="14:00")
    edit_hours(program.ana, To="17:00")

    assert "Use 9 to 5" not in labels(program.ana.home)


def test_nights_are_hours_too(weft, program):
    assert edit_hours(program.ana, From="22:00", To="06:00") == {}

    assert "22:00 to 06:00 the next day" in words(program.ana.home)


def test_hours_that_are_no_working_day_are_refused_and_the_form_stays(weft, program):
    problem = edit_hours(program.ana, From="09:00", To="09:00")

    assert "1 to 16 hours" in problem["To"]
    program.ana.fill({"To": "12:00"})
    assert program.ana.submit() == {}
    assert "09:00 to 12:00" in words(program.ana.home)


def test_a_country_is_chosen_and_taken_away(weft, program):
    edit_hours(program.ana, Country=["Portugal"])
    assert "Public holidays: Portugal" in words(program.ana.home)
    assert hours_of(person(weft, program.ana)).country == "PT"

    edit_hours(program.ana, Country=[])

    assert "Public holidays: Germany" in words(program.ana.home)


def test_what_the_company_knows_is_not_asked_for(weft, program):
    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team,country\n{program.ana.id},Data,NL\n")
    program.ana.press("Edit my details", turn_to(program.ana, "Settings"))
    assert "Team" not in words(program.ana.modal)
    assert "Office" in words(program.ana.modal)
    program.ana.press("Change my hours", program.ana.home)

    assert "Country" not in words(program.ana.modal)
    assert "Public holidays: Netherlands" in words(program.ana.home)


def test_a_team_that_only_the_person_knows_counts_until_a_stronger_source_speaks(weft, program):
    edit_about(program.ana, Team=["Data"], Office=["Lisbon"])
    assert "Team: Data" in words(program.ana.home)
    edit_about(program.ben, Team=["Data"])
    assert person(weft, program.ben).team == "Data"

    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team\n{program.ana.id},Sales\n")
    assert person(weft, program.ana).team == "Sales"

    edit_about(program.ben, Team=[])
    assert person(weft, program.ben).team is None


def test_a_form_opened_before_the_company_knew_changes_nothing_of_it(weft, program):
    program.ana.press("Edit my details", turn_to(program.ana, "Settings"))
    program.ana.fill({"Team": ["Data"]})
    with weft.bot.begin() as work:
        import_attributes(work, f"person_id,team\n{program.ana.id},Sales\n")

    assert program.ana.submit() == {}
    assert person(weft, program.ana).team == "Sales"


def test_what_people_say_of_themselves_is_shown_and_taken_back(weft, program):
    told = {
        "Ask_me_about": "sourdough, Kubernetes",
        "Interests": "chess\nRust",
        "Video_link": "https://meet.example.com/ana",
    }
    assert edit_about(program.ana, **told) == {}
    shown = words(program.ana.home)
    assert "Ask me about: sourdough, Kubernetes" in shown
    assert "Interests: chess, Rust" in shown
    assert "meet.example.com" in shown
    with weft.bot.look() as work:
        kept = export_person(work, program.ana.id, PLUGGED)["people"]["profile"]
    assert (kept["topics"], kept["meeting_link"]) == (["chess", "Rust"], "https://meet.example.com/ana")

    assert edit_about(program.ana, Ask_me_about="", Interests="", Video_link="") == {}

    assert words(program.ana.home).count("not set") == 6
    assert "Video link: not set" in words(program.ana.home)


@pytest.mark.parametrize(
    ("label", "typed", "told"),
    [
        ("Ask me about", "a, b, c, d", "up to 3"),
        ("Interests", "x" * 2000, "Keep each one"),
        ("Video link", "http://meet.example.com", "starting with https://"),
        ("Video link", "javascript:alert(1)", "starting with https://"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field_and_nothing_is_lost(weft, program, label, typed, told):
    problems = edit_about(program.ana, **{"Ask_me_about": "tea", label.replace(" ", "_"): typed})

    assert list(problems) == [label]
    assert told in problems[label]
    program.ana.fill({label: ""})
    assert program.ana.submit() == {}


def test_hostile_words_stay_words(weft, program):
    edit_about(program.ana, Ask_me_about="<!channel> & <@U1>", Team=["<!here> *team*"])

    drawn = str(program.ana.home.blocks)
    assert "<!channel>" not in drawn
    assert "<!here>" not in drawn
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in drawn
    edit_about(program.ben, Team=["Sales"])
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    assert "<!here>" not in str(introductions(program.ana)[-1].blocks)


def test_a_form_sent_twice_and_from_a_stranger(weft, program, workspace):
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak")
    workspace.deliveries.held.clear()
    workspace.release_events()
    assert "Change my hours" not in labels(turn_to(eva, "Settings"))

    edit_about(program.ana, Team=["Data"])
    edit_about(program.ana, Team=["Data"])
    assert person(weft, program.ana).team == "Data"
    with weft.bot.look() as work:
        kept = [(row.attribute, row.value) for row in people.values_on(work, person_ids=[program.ana.id])]
    assert kept == [(Attribute.TEAM, "Data")]


# What follows from it


def test_slots_are_offered_in_the_hours_that_people_set(weft, program):
    for one in program.everyone:
        edit_hours(one, Days=["Thursday"], From="06:00", To="22:00", Country=["Germany"])
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    [message] = introductions(program.ana)
    assert "Thursday" in words(message)
    assert "Wednesday" not in words(message)


def test_private_messages_wait_for_the_hours_that_somebody_set(weft, team):
    weft.tick()
    edit_hours(team.ana, Days=["Friday"], From="12:00", To="15:00")
    set_up(team.alma, team.coffee)
    weft.live_until(datetime(2026, 3, 6, 10, tzinfo=UTC))
    assert team.ana.messages() == []
    assert len(team.ben.messages()) == 2  # The welcome, and as the captain a bump two working days after the round.

    weft.live(hours=2)

    welcome, bump = (words(message) for message in team.ana.messages())
    assert "Welcome to Coffee" in welcome
    assert "haven't picked a time yet" in bump


@pytest.mark.slow
def test_somebody_with_a_week_of_holidays_is_not_matched_and_is_told_why(weft, workspace):
    there = [workspace.add_person(name, tz="Asia/Shanghai") for name in ("Li Wei", "Wang Fang", "Zhao Min")]
    there.append(workspace.add_person("Ana Ruiz", tz="Europe/Berlin"))
    alma = workspace.add_person("Alma Reyes", is_admin=True)
    weft.clock.move_to(datetime(2026, 9, 28, 9, tzinfo=UTC))
    weft.tick()
    set_up(alma, workspace.add_channel("coffee", members=there), Day="Thursday")
    weft.live_until(datetime(2026, 10, 1, 9, tzinfo=UTC))  # National Day, and a week without work

    assert introductions(there[0]) == []
    assert "days off" in words(there[0].command("/coffee", "why"))
    assert "everyone you could meet was already matched" in words(there[3].command("/coffee", "why"))
