"""A channel is announced and everyone clicks at once: no one is lost, whatever Slack's limits and failures."""

from datetime import timedelta

import pytest

from bot.core import resync
from bot.health.figures import read_figures
from storage.programs import programs
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introductions, set_up
from tests.slack.seen import emit

A_MINUTE = timedelta(minutes=1)


def hire(workspace, many):
    return [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(many)]


def within_a_minute(weft, crowd, act):
    for person in crowd:
        act(person)
        weft.clock.advance(A_MINUTE / len(crowd))


def members(weft, name="Coffee"):
    with weft.bot.look() as work:
        there = programs.programs(work)
        [program] = [one for one in there if one.name == name]
        return {member.person_id for member in programs.members(work, program_id=program.id)}


def ids(people):
    return {person.id for person in people}


def welcomes(person):
    return [message for message in person.messages() if message.text.startswith("Welcome to Coffee")]


@pytest.mark.parametrize(
    ("many", "before"),
    [
        (60, timedelta(days=1)),
        (60, timedelta(hours=1)),
        pytest.param(300, timedelta(hours=1), marks=pytest.mark.slow),
    ],
    ids=["60 the day before", "60 an hour before", "300 an hour before"],
)
def test_everyone_who_joins_in_a_rush_is_in_welcomed_and_in_the_next_round(weft, program, workspace, many, before):
    crowd = hire(workspace, many)
    weft.live_until(TUESDAY_TEN_IN_BERLIN - before)

    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))

    assert members(weft) == ids([*program.everyone, *crowd])
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(hours=1))
    assert {len(welcomes(person)) for person in crowd} == {1}
    assert {len(introductions(person)) for person in [*program.everyone, *crowd]} == {1}


@pytest.mark.slow
def test_everyone_who_leaves_in_a_rush_is_out(weft, program, workspace):
    crowd = hire(workspace, 100)
    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))
    weft.clock.advance(A_MINUTE)

    within_a_minute(weft, crowd, lambda person: person.leave(program.coffee))

    assert members(weft) == ids(program.everyone)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(hours=1))
    assert all(introductions(person) == [] for person in crowd)


@pytest.fixture
def unannounced(workspace):
    """People of whom Slack has not told yet: their `team_join` comes later, or never."""

    def hire_silently(many):
        workspace.hold_events()
        crowd = hire(workspace, many)
        late, workspace.deliveries.held = workspace.deliveries.held, []
        workspace.release_events()
        return crowd, late

    return hire_silently


@pytest.mark.parametrize("comes", [True, False], ids=["later", "never"])
def test_newcomers_may_join_before_slack_has_told_of_them(weft, program, workspace, unannounced, comes):
    [eva], late = unannounced(1)

    eva.join(program.coffee)
    for envelope in late if comes else []:
        workspace.deliveries.send(envelope)
    weft.live(hours=1)

    assert eva.id in members(weft)
    assert len(welcomes(eva)) == 1


@pytest.mark.slow
@pytest.mark.expects_error("an event handler did not get through")
def test_a_rush_of_people_slack_has_not_told_of_takes_as_long_as_its_limits_and_loses_no_one(
    weft, program, workspace, unannounced
):
    crowd, _ = unannounced(150)  # Slack answers 100 questions about people in a minute.

    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))
    assert members(weft) < ids([*program.everyone, *crowd])
    for _ in range(3):
        weft.clock.advance(A_MINUTE)
        weft.tick()

    assert members(weft) == ids([*program.everyone, *crowd])


def test_a_bot_that_joins_the_channel_is_no_member(weft, program, workspace):
    polly = workspace.add_person("Polly", is_bot=True)

    emit(workspace, type="member_joined_channel", user=polly.id, channel=program.coffee.id)

    assert members(weft) == ids(program.everyone)


def test_weft_asks_slack_nothing_when_people_it_knows_join(weft, program, workspace):
    crowd = hire(workspace, 5)
    calls = []
    workspace.before_call = calls.append

    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))

    assert calls == []


# Events that never came, and reads that fail


@pytest.mark.slow
def test_events_lost_with_the_connection_are_made_up_for_within_minutes(weft, program, workspace):
    weft.live(hours=2)
    crowd = hire(workspace, 60)
    workspace.hold_events()
    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))
    workspace.deliveries.held.clear()
    workspace.release_events()

    resync.request(weft.bot)  # As the socket does when it connects again: see tests/slack.
    for _ in range(4):
        weft.clock.advance(timedelta(minutes=5))
        weft.settle()

    assert members(weft) == ids([*program.everyone, *crowd])


ATTEMPTS = {"nonsense": 1, "drop_request": 3}
"""How often the reading client asks until it gives up."""


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["refuse", *ATTEMPTS])
def test_a_channel_that_cant_be_read_keeps_no_other_program_from_its_members(weft, program, workspace, fault):
    tea = workspace.add_channel("tea", members=[])
    set_up(program.alma, tea, Name="Tea")
    weft.settle()
    eva = workspace.add_person("Eva Horak")
    workspace.hold_events()
    eva.join(tea)
    workspace.deliveries.held.clear()
    workspace.release_events()
    weft.clock.advance(timedelta(days=1))
    code, times = (["internal_error"], 1) if fault == "refuse" else ([], ATTEMPTS[fault])
    getattr(workspace.faults, fault)("conversations.info", *code, times=times)

    weft.tick()

    assert members(weft, "Tea") == {eva.id}


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["internal_error", "invalid_limit"])
def test_a_channel_that_cant_be_read_for_an_hour_is_told_once_and_shows_in_health(weft, program, workspace, fault):
    weft.clock.advance(timedelta(days=1))
    workspace.faults.refuse("conversations.members", fault, times=40)
    weft.settle()
    assert told_of_channel(program.alma) == []
    for _ in range(36):
        weft.clock.advance(timedelta(minutes=5))
        weft.settle()

    [message] = told_of_channel(program.alma)
    assert "who's in" in message.text
    assert read_figures(weft.bot).unread_channels == 1

    workspace.faults = type(workspace.faults)()
    weft.live(hours=1)
    assert read_figures(weft.bot).unread_channels == 0


def told_of_channel(admin):
    return [
        message
        for message in admin.messages()
        if "No one can join" in message.text or "Slack hasn't told me" in message.text or "can't post" in message.text
    ]


def lose_members(channel, crowd):
    return {person.id: channel.members.pop(person.id) for person in crowd}


@pytest.mark.slow
@pytest.mark.parametrize("comes_back", [True, False], ids=["complete again", "the same again"])
def test_very_many_missing_members_are_believed_gone_only_the_second_time(weft, program, workspace, comes_back):
    crowd = hire(workspace, 60)
    within_a_minute(weft, crowd, lambda person: person.join(program.coffee))
    weft.clock.advance(timedelta(days=1))
    lost = lose_members(program.coffee, crowd)
    weft.tick()
    assert ids(crowd) <= members(weft)

    program.coffee.members.update(lost if comes_back else {})
    weft.clock.advance(timedelta(minutes=5))
    weft.tick()

    assert members(weft) == ids([*program.everyone, *(crowd if comes_back else [])])


def test_someone_who_joins_while_the_members_are_read_stays(weft, program, workspace):
    [eva] = hire(workspace, 1)
    weft.clock.advance(timedelta(days=1))

    def joins(method):
        if method == "conversations.members" and eva.id not in members(weft):
            weft.clock.advance(timedelta(seconds=1))
            eva.join(program.coffee)
            del program.coffee.members[eva.id]  # The page was put together just before.

    workspace.before_call = joins
    weft.tick()

    assert eva.id in members(weft)
