"""What people see when they open Weft's Home."""

import pytest

from bot.core.page import Page
from bot.slack.replies import home_page
from storage.programs import programs
from tests.coffee.stories import set_up
from tests.coffee.test_rounds import partners
from tests.weft import labels, turn_to, words


def homes_shown(workspace):
    return [call for call in workspace.calls if call.method == "views.publish"]


def test_a_member_sees_where_they_stand_and_can_do_everything(weft, program):
    program.ana.open_home()

    assert "Coffee in #coffee, every other Tuesday" in words(program.ana.home)
    assert labels(program.ana.home)[-3:] == ["Skip this round", "Pause", "Leave"]


def test_who_is_not_in_can_join(weft, program, workspace):
    eva = workspace.add_person("Eva Horak")
    eva.open_home()
    assert labels(eva.home)[-1] == "Join"
    assert "Leave" not in labels(eva.home)

    eva.press("Join", eva.home)

    assert "Skip this round" in labels(eva.home)


def test_an_admin_sees_the_programs_and_can_set_one_up(weft, program):
    admins = turn_to(program.alma, "Admin")

    assert "Set up program" in labels(admins)
    assert "4 members" in words(admins)


def test_who_became_an_admin_sees_it_the_next_time(weft, program, clock):
    program.ana.open_home()
    assert "Admin" not in labels(program.ana.home)

    program.ana.change(is_admin=True)

    assert "Set up program" in labels(turn_to(program.ana, "Admin"))


def test_before_there_is_a_program_home_says_who_can_set_one_up(weft, team):
    weft.tick()
    team.ana.open_home()
    team.alma.open_home()

    assert "Ask a workspace admin to set one up" in words(team.ana.home)
    assert "Set up program" not in labels(team.ana.home)
    assert "Join" not in labels(team.ana.home)
    assert "Set up program" in labels(team.alma.home)


def test_a_guest_sees_no_program_that_they_can_not_join_and_is_told_why_in_its_channel(weft, program, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)
    guest.open_home()
    assert "Join" not in labels(guest.home)
    assert "#coffee" not in words(guest.home)
    assert "#coffee" in words(program.alma.open_home())

    said = guest.command("/coffee", "join", program.coffee)

    assert "Coffee is for people in this workspace, not guests." in words(said)


def test_somebody_whom_weft_does_not_know_yet_sees_a_home(weft, program, workspace):
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak")
    workspace.deliveries.held.clear()
    workspace.release_events()

    eva.open_home()

    assert "Coffee" in words(eva.home)
    assert "Set up program" not in labels(eva.home)


def test_opening_home_twice_shows_the_same(weft, program, workspace):
    program.ana.open_home()
    first = program.ana.home.blocks
    program.ana.open_home()

    assert [block | {"block_id": ""} for block in program.ana.home.blocks] == [
        block | {"block_id": ""} for block in first
    ]
    assert len([call for call in homes_shown(workspace) if call.arguments["user_id"] == program.ana.id]) == 2


def test_home_shows_what_has_changed_since(weft, program):
    program.ana.open_home()
    program.ana.command("/coffee", "skip")

    program.ana.open_home()

    assert "Undo skip" in labels(program.ana.home)


def test_the_messages_tab_draws_nothing(weft, program, workspace):
    before = len(homes_shown(workspace))

    program.ana.open_home(tab="messages")

    assert program.ana.home is None
    assert len(homes_shown(workspace)) == before
    assert len(program.ana.messages()) == 1


@pytest.mark.slow
def test_many_programs_fit_into_home(weft, program, workspace):
    for number in range(12):
        channel = workspace.add_channel(f"tea-{number}", members=[program.alma])
        assert set_up(program.alma, channel, Name=f"Tea {number}") == {}

    program.alma.open_home()
    assert 1 < len(program.alma.home.blocks) <= 100

    assert "Set up program" in labels(turn_to(program.alma, "Admin"))


def test_a_click_leaves_the_page_as_it_is(weft, program):
    turn_to(program.alma, "Admin")
    program.alma.press("Today", program.alma.home)
    program.alma.press("Join", program.alma.home)

    assert "Skip this round" in labels(program.alma.home)
    assert program.alma.home.drawn["private_metadata"] == "today"


def test_the_admins_page_is_empty_for_others_even_if_they_find_the_way(weft, program):
    with weft.bot.look() as work:
        drawn = home_page(work, program.ana.id, Page.ADMIN)

    assert "This page is for admins" in str(drawn)
    assert "Change" not in labels(drawn)


def test_home_says_why_this_match_and_why_none(weft, program, clock):
    program.cleo.command("/coffee", "skip")
    program.ana.open_home()
    assert not [label for label in labels(program.ana.home) if label.startswith("Why")]
    weft.live(days=1, hours=1)

    program.ana.open_home()
    program.ana.press("Why this match?", program.ana.home)
    assert "You were matched with @Ben Okafor and @Dev Patel in Coffee" in words(program.ana.modal)
    assert ": None of you have met" in words(program.ana.modal)

    program.cleo.open_home()
    program.cleo.press("Why no match?", program.cleo.home)
    assert "you skipped it" in words(program.cleo.modal)


@pytest.mark.slow
def test_whether_people_met_last_round_can_still_be_said_for_two_weeks(weft, program):
    weft.live(days=1, hours=2)
    [partner] = [one for one in program.everyone if one.id in partners(program.ana)]
    weft.live(days=14)

    program.ana.open_home()
    shown = words(program.ana.home, program.ana)
    assert f"Last round you were matched with @{partner.name}. Did you manage to meet?" in shown
    program.ana.press("No, we didn't", program.ana.home)

    assert "Last round" not in words(program.ana.home)
    partner.open_home()
    assert "Last round" in words(partner.home)
    weft.live(days=14)
    partner.open_home()
    assert f"Last round you were matched with @{program.ana.name}" not in words(partner.home, partner)


# /weft admin


def test_weft_admin_shows_an_admin_their_page_with_buttons_that_work(weft, program):
    said = program.alma.command("/weft", "admin")

    assert said.ephemeral
    assert "Team data" in words(said)
    assert "Home → Admin" in words(said)
    program.alma.press("Change emoji", said.messages[-1])
    assert "Out of office" in words(program.alma.modal)


def test_weft_admin_of_somebody_else_is_answered_kindly(weft, program):
    said = program.ana.command("/weft", "admin")

    assert "for admins" in words(said)
    assert "Home → Settings" in words(said)
    assert labels(said.messages[-1]) == []


def test_help_begins_with_coffee_and_ends_with_what_few_need(weft, program):
    said = words(program.alma.command("/weft", "help"))

    order = [
        "/coffee join",
        "/shoutout",
        "/network",
        "/weft settings",
        "/weft export",
        "/weft forget me",
        "/weft admin",
    ]
    assert [said.index(word) for word in order] == sorted(said.index(word) for word in order)
    assert "/weft admin" not in words(program.ana.command("/weft", "help"))


# Very many programs


@pytest.fixture
def many(weft, program, workspace):
    """Alma runs forty-one of them; Ana is in the last one as well."""
    channels = {number: workspace.add_channel(f"coffee-{number}").id for number in range(2, 42)}
    with weft.bot.begin() as work:
        first = programs.program(work, program_id=1)
        work.session.add_all(like(first, number, channel_id) for number, channel_id in channels.items())
    program.named = {one.name: one for one in workspace.channels.values()}
    for one in (program.ana, program.alma):
        one.join(program.named["coffee-41"])
    program.ana.join(program.named["coffee-30"])
    program.ana.command("/coffee", "leave", channel=program.named["coffee-30"])
    return program


def like(first, number, channel_id):
    kept = {column.key: getattr(first, column.key) for column in programs.Program.__table__.columns}
    return programs.Program(**kept | {"id": number, "name": f"Coffee {number}", "channel_id": channel_id})


def test_of_very_many_programs_ones_own_come_first_and_it_is_said_that_there_are_more(many):
    many.ana.open_home()

    page = words(many.ana.home)
    assert page.index("Coffee 41 in #coffee-41") < page.index("Coffee 2 in #coffee-2")
    assert "more programs. Type `/coffee` in a program's channel" in page
    assert len(many.ana.home.blocks) < 100


def test_coffee_in_the_channel_of_a_program_shows_that_one_first(many):
    said = words(many.ana.command("/coffee", channel=many.named["coffee-30"]), many.ana)

    assert said.index("Coffee 30") < said.index("Coffee in")
    assert "more programs" in said


def test_the_admins_command_with_very_many_programs_says_where_the_rest_is(many):
    said = many.alma.command("/weft", "admin")

    assert "11 more. Type a name to find any of the 41" in words(said)
    assert "Coffee 20" in words(said)
