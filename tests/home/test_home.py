"""What people see when they open Weft's Home."""

from tests.coffee import set_up
from tests.weft import labels, words


def homes_shown(workspace):
    return [call for call in workspace.calls if call.method == "views.publish"]


def test_a_member_sees_where_they_stand_and_can_do_everything(weft, program):
    program.ana.open_home()

    assert "Coffee in #coffee, every two weeks, Tuesday at 10:00" in words(program.ana.home)
    assert labels(program.ana.home)[:3] == ["Skip this time", "Pause", "Leave"]


def test_who_is_not_in_can_join(weft, program, workspace):
    eva = workspace.add_person("Eva Horak")
    eva.open_home()
    assert labels(eva.home)[0] == "Join"
    assert "Leave" not in labels(eva.home)

    eva.press("Join", eva.home)

    assert "Skip this time" in labels(eva.home)


def test_an_admin_sees_the_programs_and_can_set_one_up(weft, program):
    program.alma.open_home()

    assert {"Join", "Set up a coffee program"} <= set(labels(program.alma.home))
    assert "4 members" in words(program.alma.home)


def test_who_became_an_admin_sees_it_the_next_time(weft, program, clock):
    program.ana.open_home()
    assert "Set up a coffee program" not in labels(program.ana.home)

    program.ana.change(is_admin=True)
    program.ana.open_home()

    assert "Set up a coffee program" in labels(program.ana.home)


def test_before_there_is_a_program_home_says_who_can_set_one_up(weft, team):
    weft.tick()
    team.ana.open_home()
    team.alma.open_home()

    assert "An admin can set one up" in words(team.ana.home)
    assert "Set up a coffee program" not in labels(team.ana.home)
    assert "Join" not in labels(team.ana.home)
    assert "Set up a coffee program" in labels(team.alma.home)


def test_a_guest_sees_a_home_and_is_told_when_they_want_to_join(weft, program, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)
    guest.open_home()
    assert "Coffee" in words(guest.home)

    guest.press("Join", guest.home)

    assert "guests can't join yet" in words(guest.modal)


def test_somebody_whom_weft_does_not_know_yet_sees_a_home(weft, program, workspace):
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak")
    workspace.deliveries.held.clear()
    workspace.release_events()

    eva.open_home()

    assert "Coffee" in words(eva.home)
    assert "Set up a coffee program" not in labels(eva.home)


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

    assert "Join the next one after all" in labels(program.ana.home)


def test_the_messages_tab_draws_nothing(weft, program, workspace):
    before = len(homes_shown(workspace))

    program.ana.open_home(tab="messages")

    assert program.ana.home is None
    assert len(homes_shown(workspace)) == before
    assert len(program.ana.messages()) == 1


def test_many_programs_fit_into_home(weft, program, workspace):
    for number in range(12):
        channel = workspace.add_channel(f"tea-{number}", members=[program.alma])
        assert set_up(program.alma, channel, Name=f"Tea {number}") == {}

    program.alma.open_home()

    assert 1 < len(program.alma.home.blocks) <= 100
    assert "Set up a coffee program" in labels(program.alma.home)
