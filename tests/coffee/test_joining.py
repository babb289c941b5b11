from datetime import timedelta

import pytest

from tests.coffee.stories import last_words, set_up
from tests.coffee.test_days_and_people import more
from tests.weft import labels, words


def test_nobody_is_written_to_before_an_admin_has_set_up_a_program(weft, team):
    weft.live(days=3)

    assert [person.messages() for person in team.everyone] == [[], [], [], []]


def test_the_members_of_the_channel_are_welcomed_once(weft, program):
    weft.live(days=1)

    assert [len(person.messages()) for person in program.everyone] == [1, 1, 1, 1]
    assert "Welcome to Coffee" in last_words(program.ana)
    assert labels(program.ana.messages()[0]) == ["Skip this round", "Pause", "Leave"]


def test_people_in_other_zones_are_welcomed_in_their_working_hours(weft, team, clock):
    weft.tick()
    clock.advance(timedelta(hours=8))  # 18:00 in Berlin, 22:30 in Kolkata
    set_up(team.alma, team.coffee)
    weft.settle()
    assert [len(person.messages()) for person in team.everyone] == [0, 0, 0, 0]

    weft.live(hours=10.5)  # 9:00 in Kolkata

    assert [len(person.messages()) for person in team.everyone] == [0, 0, 0, 1]


def test_joining_the_channel_is_joining_the_program_and_leaving_it_is_leaving(weft, program, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    weft.settle()
    assert "Welcome to Coffee" in last_words(eva)

    eva.leave(program.coffee)

    assert "Join" in labels(eva.command("/coffee"))


def test_a_person_who_comes_back_is_not_welcomed_twice(weft, program):
    program.ana.leave(program.coffee)
    program.ana.join(program.coffee)
    weft.live(days=1)

    assert len(program.ana.messages()) == 1
    assert "Skip this round" in labels(program.ana.command("/coffee"))


def test_somebody_who_left_the_program_is_not_brought_back_for_being_in_the_channel(weft, program):
    program.ana.command("/coffee", "leave")
    weft.live(days=2)

    assert "Join" in labels(program.ana.command("/coffee"))


def test_who_joined_while_weft_was_down_is_found_within_a_day(weft, program, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    workspace.hold_events()
    eva.join(program.coffee)

    weft.live(days=1, hours=1)

    assert "Welcome to Coffee" in last_words(eva)


@pytest.mark.slow
def test_guests_and_bots_in_the_channel_are_left_alone(weft, team, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)
    stranger = workspace.add_person("Stan Stranger", stranger=True)
    for one in (guest, stranger):
        one.join(team.coffee)
    weft.tick()
    set_up(team.alma, team.coffee)
    weft.live(days=1)

    assert guest.messages() == stranger.messages() == []


@pytest.mark.slow
def test_a_guest_who_comes_into_the_channel_reads_once_that_it_is_not_for_guests(weft, program, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True, tz="Europe/Berlin")
    for _ in range(2):
        guest.join(program.coffee)
        guest.leave(program.coffee)
    guest.join(program.coffee)
    weft.live(days=1, hours=2)

    [told] = guest.messages()
    assert "Coffee in #coffee is for people in this workspace, not guests" in words(told)
    assert "not guests" in words(guest.command("/coffee", "why", channel=program.coffee))

    more(program.alma, Guests=["Guests can join"])
    weft.live(days=1, hours=2)

    assert "Welcome to Coffee" in last_words(guest)


@pytest.mark.slow
def test_whoever_is_not_in_it_reads_so_when_they_ask_why(weft, round_started, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    weft.settle()

    assert "You're not in Coffee right now." in words(eva.command("/coffee", "why", channel=round_started.coffee))


def test_why_of_a_coffee_that_was_called_off(weft, pair):
    pair.ben.deactivate()
    weft.settle()

    assert "was called off" in words(pair.ana.command("/coffee", "why"))


def test_a_button_in_the_welcome_skips_the_next_round(weft, program):
    program.ana.press("Skip this round", program.ana.messages()[0])

    assert "skipping" in words(program.ana.messages()[0])
    assert "Undo skip" in labels(program.ana.command("/coffee"))


def test_a_pause_is_asked_for_in_a_form(weft, program):
    program.ana.press("Pause", program.ana.messages()[0])
    assert program.ana.submit() == {}

    assert "on a break until Monday, March 16" in words(program.ana.command("/coffee"))


def test_a_pause_in_the_past_is_refused_in_the_form_and_nothing_is_lost(weft, program):
    program.ana.press("Pause", program.ana.messages()[0])
    program.ana.fill({"Until": "2026-03-01"})

    errors = program.ana.submit()

    assert "Pick a day from tomorrow on" in str(errors)
    assert program.ana.modal is not None


def test_home_shows_the_same_and_does_the_same(weft, program):
    ana = program.ana
    ana.open_home()
    ana.press("Leave", ana.home)
    assert "Join" in labels(ana.home)

    ana.press("Join", ana.home)

    assert "Skip this round" in labels(ana.home)


@pytest.mark.slow
def test_a_welcome_that_is_read_after_the_round_began_names_the_one_after_it(weft, program, workspace):
    eva = workspace.add_person("Eva Horak", tz="America/New_York")
    weft.live(hours=20)
    eva.join(program.coffee)
    weft.live(hours=12)

    [welcome] = [message for message in eva.messages() if "Welcome to Coffee" in message.text]
    assert "Your first match comes Tuesday, March 17 at 05:00" in words(welcome, eva)


def test_whoever_left_before_the_welcome_came_is_welcomed_when_they_come_back(weft, team, clock):
    weft.tick()
    clock.advance(timedelta(hours=8))  # Late in Kolkata.
    set_up(team.alma, team.coffee)
    weft.settle()
    team.dev.leave(team.coffee)
    team.dev.join(team.coffee)

    weft.live(hours=11)

    assert ["Welcome to Coffee" in message.text for message in team.dev.messages()] == [True]


def test_who_left_stays_out_though_slack_says_again_that_they_came_into_the_channel(weft, program, workspace):
    eva = workspace.add_person("Eva Novak", tz="Europe/Berlin")
    came = told_of(workspace, lambda: eva.join(program.coffee))
    weft.clock.advance(timedelta(seconds=30))
    eva.command("/coffee", "leave")

    weft.clock.advance(timedelta(minutes=4))
    workspace.deliveries.send(came)

    assert "You're not in" in words(eva.command("/coffee", "skip"))


@pytest.mark.parametrize("by", ["command", "channel"])
def test_who_came_back_stays_in_though_slack_says_again_that_they_left_the_channel(weft, program, workspace, by):
    left = told_of(workspace, lambda: program.ana.leave(program.coffee))
    weft.clock.advance(timedelta(seconds=30))
    if by == "command":
        program.ana.command("/coffee", "join")
    else:
        program.ana.join(program.coffee)

    weft.clock.advance(timedelta(minutes=4))
    workspace.deliveries.send(left)

    assert "you're skipping" in words(program.ana.command("/coffee", "skip"))


@pytest.mark.slow
def test_who_says_that_they_join_stays_in_though_they_are_not_in_the_channel_any_more(weft, program):
    program.ana.deactivate()
    program.ana.reactivate()
    program.ana.command("/coffee", "join")

    weft.live(days=2)

    assert "you're skipping" in words(program.ana.command("/coffee", "skip"))


def told_of(workspace, happens):
    """What the bot hears of it, as Slack repeats it."""
    heard, deliver = [], workspace.deliveries.transport.deliver
    workspace.deliveries.transport.deliver = lambda envelope: heard.append(envelope) or deliver(envelope)
    happens()
    workspace.deliveries.transport.deliver = deliver
    return heard[-1].again()
