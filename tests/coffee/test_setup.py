import threading
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.coffee.setup import service
from bot.coffee.setup.wanted import Wanted
from bot.core.errors import FormError
from storage.programs import programs
from storage.programs.programs import Program
from tests.coffee.stories import opened, set_up
from tests.waiting import join
from tests.weft import labels, turn_to, words


def test_an_admin_sees_the_programs_in_home(weft, program):
    shown = words(turn_to(program.alma, "Admin"))

    assert "Coffee · #coffee · every other Tuesday at 10:00 (Europe/Berlin) · 4 members" in shown


def test_others_do_not_see_the_admins_part(weft, program):
    program.ana.open_home()

    assert "Admin" not in labels(program.ana.home)
    assert "Set up program" not in labels(program.ana.home)


def test_a_time_zone_is_found_by_a_city(weft, program):
    program.alma.press("Set up program", turn_to(program.alma, "Admin"))

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


def test_a_channel_shared_with_another_company_is_refused(weft, team, workspace):
    weft.tick()
    theirs = workspace.add_channel("with-others", members=[team.alma], shared=True)

    assert "shared with another company" in set_up(team.alma, theirs)["Channel"]


def test_while_its_channel_is_lost_the_rest_of_a_program_can_be_changed(weft, program, workspace):
    workspace.archive(program.coffee)
    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Day": "Thursday"})

    assert program.alma.submit() == {}
    assert "every other Thursday" in words(program.alma.modal)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["<!channel>", "<https://evil.test|Coffee>", "\u202eeeffoC", "&amp;*bold*"])
def test_a_hostile_name_is_only_ever_shown(weft, team, name):
    weft.tick()
    assert set_up(team.alma, team.coffee, Name=name) == {}
    weft.settle()

    message = team.ana.messages()[0]
    assert "<!channel" not in message.text
    assert "<https" not in str(message)


def test_a_name_of_nothing_is_refused(weft, team):
    weft.tick()

    assert "Add a name" in str(set_up(team.alma, team.coffee, Name=" \u200b "))


def test_changing_a_program_moves_the_next_round(weft, program):
    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Day": "Thursday", "Time": "14:30", "How often": "Every week"})

    assert program.alma.submit() == {}
    assert "every Thursday" in words(program.ana.command("/coffee"))
    assert "every Thursday" in words(program.alma.modal)


def test_somebody_who_is_no_admin_any_more_can_not_finish_the_form(weft, team, workspace):
    weft.tick()
    team.alma.open_home()
    team.alma.press("Set up program", team.alma.home)
    team.alma.fill({"Channel": team.coffee})
    team.alma.change(is_admin=False)

    assert "admins" in str(team.alma.submit())


# A draft


def drafted(admin, channel, **changed):
    admin.press("Set up program", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel} | changed)
    return admin.submit()


@pytest.mark.slow
def test_nobody_hears_of_a_program_before_it_is_started(weft, team):
    weft.tick()
    assert drafted(team.alma, team.coffee) == {}
    weft.live(days=15)

    assert all(person.sees() == [] for person in team.everyone)
    assert "There's no program" in words(team.ana.command("/coffee", "join"))
    team.ana.open_home()
    assert "Join" not in labels(team.ana.home)
    assert "· draft" in words(turn_to(team.alma, "Admin"))


def test_joining_the_channel_of_a_draft_is_no_joining_yet(weft, team, workspace):
    weft.tick()
    drafted(team.alma, team.coffee)
    eva = workspace.add_person("Eva Horak")
    eva.join(team.coffee)
    weft.settle()
    assert eva.messages() == []

    team.alma.press("Start", opened(team.alma))
    weft.settle()

    assert [len(person.messages()) for person in [eva, *team.everyone]] == [1, 1, 1, 1, 1]


@pytest.mark.slow
def test_a_draft_that_waited_long_starts_with_a_round_that_is_still_to_come(weft, team):
    weft.tick()
    drafted(team.alma, team.coffee)
    weft.live(days=40)

    team.alma.press("Start", opened(team.alma))
    weft.live(hours=1)

    assert "Next round" in words(team.alma.modal)
    assert all(person.group_messages() == [] for person in team.everyone)


def test_start_pressed_twice_is_one_start(weft, team):
    weft.tick()
    drafted(team.alma, team.coffee)
    with weft.bot.look() as work:
        [program_id] = [one.id for one in programs.programs(work)]
    for _ in range(2):
        with weft.bot.begin() as work:
            service.start(work, program_id, by=team.alma.id)
        weft.live(minutes=10)

    assert len(team.ana.messages()) == 1


def test_a_draft_can_be_deleted_and_then_buttons_to_it_say_so(weft, team, workspace):
    weft.tick()
    drafted(team.alma, team.coffee)
    other = workspace.add_person("Otto Admin", is_admin=True)
    opened(other)
    team.alma.press("Delete draft", opened(team.alma))
    assert "deleted" in words(team.alma.modal)
    assert "draft" not in words(turn_to(team.alma, "Admin"))

    other.press("Start")

    assert "was deleted" in words(other.modal)


@pytest.mark.slow
def test_a_program_that_has_begun_is_stopped_and_started_again(weft, program):
    program.alma.press("Stop", opened(program.alma))
    weft.live(days=15)
    assert all(person.group_messages() == [] for person in program.everyone)
    assert "stopped" in words(turn_to(program.alma, "Admin"))

    program.alma.press("Start again", opened(program.alma))
    weft.live(days=15)

    assert all(len(person.group_messages()) == 1 for person in program.everyone)
    assert len([one for one in program.ana.messages() if "Welcome" in one.text]) == 1


# The form


def test_fields_follow_the_kind_and_keep_what_was_typed(weft, team):
    weft.tick()
    team.alma.press("Set up program", turn_to(team.alma, "Admin"))
    team.alma.fill({"Name": "Table", "Channel": team.coffee, "Time": "15:15"})
    assert "Group size" not in words(team.alma.modal)

    team.alma.fill({"Type": "Group coffee (3 to 8)"})
    team.alma.fill({"Group size": "5 people", "How often": "Every month"})
    team.alma.fill({"Which week": "The last", "Day": "Friday", "Meeting length": "30 minutes"})

    assert team.alma.submit() == {}
    shown = words(team.alma.modal)
    assert "Table · groups of 5, 30 min" in shown
    assert "on the last Friday of each month at 15:15 (Europe/Berlin)" in shown


def test_a_form_reopened_shows_what_was_saved(weft, team):
    weft.tick()
    drafted(team.alma, team.coffee, Name="Long <table>")
    team.alma.press("Edit")
    team.alma.fill({"Type": "Across groups"})
    team.alma.fill({"Match across": "Groups people choose"})
    team.alma.fill({"Groups": "Makers\nSellers\n\nMakers"})
    assert team.alma.submit() == {}
    assert "Match across: Makers and Sellers" in words(team.alma.modal)

    team.alma.press("Edit")

    assert team.alma.submit() == {}
    assert "Match across: Makers and Sellers" in words(team.alma.modal)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("Start date", "2020-01-01", "That day has passed"),
        ("Start date", "2099-01-01", "three years ahead"),
        ("Groups", "Makers", "2 to 20 groups"),
        ("Groups", "\n".join(f"G{n}" for n in range(30)), "2 to 20 groups"),
        ("Groups", "x" * 200 + "\ny", "Use up to 75 characters"),
    ],
)
def test_what_the_form_can_not_take_is_said_at_its_field(weft, team, field, value, sentence):
    weft.tick()
    team.alma.press("Set up program", turn_to(team.alma, "Admin"))
    team.alma.fill({"Channel": team.coffee, "Type": "Across groups"})
    team.alma.fill({"Match across": "Groups people choose"})
    team.alma.fill({"Groups": "A\nB"} | {field: value})

    assert sentence in team.alma.submit()[field]
    assert team.alma.modal is not None


def test_the_second_of_two_admins_is_told_and_nothing_is_overwritten(weft, program, workspace):
    other = workspace.add_person("Otto Admin", is_admin=True)
    opened(program.alma)
    program.alma.press("Edit")
    opened(other)
    other.press("Edit")
    other.fill({"Name": "Tea"})
    assert other.submit() == {}

    program.alma.fill({"Day": "Friday"})
    errors = program.alma.submit()

    assert "Another admin changed this" in str(errors)
    assert "Tea · #coffee · every other Tuesday" in words(turn_to(other, "Admin"))


def test_of_two_admins_who_choose_a_channel_at_the_same_moment_the_second_is_told(weft_on_both, team):
    weft, heard = weft_on_both, []
    weft.tick()
    wanted = Wanted("Coffee", team.coffee.id, every_weeks=2, weekday=1, wall_time=time(10), zone=ZoneInfo("UTC"))

    def other_admin():
        with pytest.raises(FormError) as told, weft.bot.begin() as work:
            service.set_up(work, wanted, by=team.alma.id)
        heard.append(str(told.value))

    second = threading.Thread(target=other_admin)
    with weft.bot.begin() as work:
        service.set_up(work, wanted, by=team.alma.id)
        second.start()
        second.join(0.5)  # Time enough to find the channel free.
    join(second)

    assert len(heard) == 1
    assert "already has a program" in heard[0]


def test_a_form_of_a_program_that_was_deleted_meanwhile_says_so(weft, team, workspace):
    weft.tick()
    other = workspace.add_person("Otto Admin", is_admin=True)
    drafted(team.alma, team.coffee)
    team.alma.press("Edit")
    opened(other)
    other.press("Delete draft")

    assert "was deleted" in str(team.alma.submit())


# Many programs


def test_with_many_programs_each_can_still_be_reached(weft, team, workspace):
    weft.tick()
    drafted(team.alma, team.coffee)
    with weft.bot.begin() as work:
        [one] = work.session.query(Program).all()
        kept = {c.key: getattr(one, c.key) for c in Program.__table__.columns if c.key != "id"}
        for number in range(44):
            work.session.add(Program(**kept | {"channel_id": f"C{number}", "name": f"Tea {number}"}))
    page = turn_to(team.alma, "Admin")
    assert len(page.blocks) <= 100
    assert "Tea 43" not in words(page)

    team.alma.choose("Find a program", "Tea 43", page)

    assert "Tea 43" in words(team.alma.modal)
