"""The channel of a program is archived, deleted, renamed, made private, or Weft is removed from it."""

import pytest

from tests.coffee.stories import introductions, opened
from tests.weft import labels, turn_to, words


def told(admin):
    return [
        message
        for message in admin.messages()
        if "No one can join" in message.text or "Slack hasn't told me" in message.text or "can't post" in message.text
    ]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("happens", "sentence", "way_out"),
    [
        (lambda workspace, channel: workspace.archive(channel), "was archived", "Unarchive the channel, or choose"),
        (lambda workspace, channel: workspace.delete_channel(channel), "was deleted", "Choose another channel."),
        (lambda workspace, channel: workspace.remove_bot(channel), "I was removed", "Invite me again, or choose"),
    ],
    ids=["archived", "deleted", "removed"],
)
def test_the_admins_hear_of_it_once_and_rounds_go_on(weft, program, workspace, happens, sentence, way_out):
    happens(workspace, program.coffee)
    weft.live(days=3)

    [message] = told(program.alma)
    assert sentence in message.text
    assert way_out in message.text
    assert "channel problem" in words(turn_to(program.alma, "Admin"))
    assert way_out in words(opened(program.alma))
    assert labels(message) == ["Choose channel"]
    assert [len(introductions(person)) for person in program.everyone] == [1, 1, 1, 1]


@pytest.mark.parametrize("event", ["archive", "remove_bot"])
def test_an_event_that_never_came_is_noticed_by_looking_daily(weft, program, workspace, event):
    workspace.hold_events()
    getattr(workspace, event)(program.coffee)
    workspace.deliveries.held.clear()
    workspace.release_events()

    weft.live(days=2)

    assert len(told(program.alma)) == 1


def test_another_channel_is_chosen_and_its_members_are_in(weft, program, workspace):
    workspace.archive(program.coffee)
    weft.settle()
    eva = workspace.add_person("Eva Horak")
    tea = workspace.add_channel("tea", members=[eva])

    program.alma.press("Choose channel", told(program.alma)[0])
    program.alma.fill({"Channel": tea})
    assert program.alma.submit() == {}
    weft.settle()

    assert "Coffee · #tea" in words(turn_to(program.alma, "Admin"))
    assert len(eva.messages()) == 1


@pytest.mark.slow
def test_whoever_is_not_in_the_other_channel_stays_in_the_program(weft, program, workspace):
    tea = workspace.add_channel("tea", members=[program.ana])
    opened(program.alma)
    program.alma.press("Edit")
    program.alma.fill({"Channel": tea})
    assert program.alma.submit() == {}
    program.ana.leave(tea)
    weft.live(days=2)

    assert [len(introductions(person)) for person in program.everyone] == [0, 1, 1, 1]


def test_a_channel_that_comes_back_is_read_again(weft, program, workspace):
    workspace.archive(program.coffee)
    weft.settle()
    workspace.unarchive(program.coffee)
    weft.live(hours=1)
    assert "out of reach" not in words(turn_to(program.alma, "Admin"))
    workspace.archive(program.coffee)
    weft.settle()

    assert len(told(program.alma)) == 2


@pytest.mark.slow
def test_nobody_leaves_by_a_public_channel_that_is_archived_and_comes_back_empty(weft, program, workspace):
    workspace.archive(program.coffee)
    weft.settle()
    workspace.unarchive(program.coffee, program.ana)
    assert workspace.bot_user_id in program.coffee.members, "Weft has come back by itself, and hears of who comes"
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    program.ben.join(program.coffee)
    program.ben.leave(program.coffee)
    weft.live(days=2)

    assert [len(introductions(person)) for person in (*program.everyone, eva)] == [1, 0, 1, 1, 1]


def test_nobody_leaves_by_a_channel_that_was_in_the_archive_while_weft_was_down(weft, program, workspace):
    workspace.hold_events()
    workspace.archive(program.coffee)
    workspace.unarchive(program.coffee, program.ana)
    workspace.deliveries.held.clear()
    workspace.release_events()

    weft.live(days=1)
    workspace.add_bot(program.coffee)
    weft.live(days=1)

    assert [len(introductions(person)) for person in program.everyone] == [1, 1, 1, 1]
    assert "I was removed" in told(program.alma)[0].text


def test_weft_is_invited_again(weft, program, workspace):
    workspace.remove_bot(program.coffee)
    weft.settle()
    workspace.add_bot(program.coffee)
    eva = workspace.add_person("Eva Horak")
    eva.join(program.coffee)
    weft.live(hours=1)

    assert "Skip this round" in labels(eva.command("/coffee"))
    assert len(told(program.alma)) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "happens",
    [
        lambda workspace, channel: workspace.rename(channel, "elevenses"),
        lambda workspace, channel: workspace.make_private(channel),
        lambda workspace, channel: workspace.change_channel_id(channel),
    ],
    ids=["renamed", "made private", "new id"],
)
def test_what_changes_nothing_for_weft_bothers_nobody(weft, program, workspace, happens):
    happens(workspace, program.coffee)
    weft.live(days=2)
    eva = workspace.add_person("Eva Horak")
    eva.join(program.coffee)
    weft.settle()

    assert told(program.alma) == []
    assert "Skip this round" in labels(eva.command("/coffee"))


def test_every_admin_of_the_program_hears_of_it(weft, program, workspace):
    opened(program.alma)
    program.alma.press("Schedule & access")
    program.alma.fill({"Program admins": [program.ana, program.ben]})
    assert program.alma.submit() == {}

    workspace.archive(program.coffee)
    weft.settle()

    assert [len(told(person)) for person in (program.ana, program.ben, program.alma)] == [1, 1, 0]


def test_nobody_left_among_its_admins_an_admin_of_the_workspace_hears_of_it(weft, program, workspace):
    otto = workspace.add_person("Otto Admin", is_admin=True)
    program.alma.deactivate()
    workspace.archive(program.coffee)
    weft.settle()

    assert len(told(otto)) == 1
