"""Slack's user groups say who may join a program, and whose people meet."""

from datetime import timedelta

import pytest

from bot.coffee.setup import groups
from storage.programs import programs
from tests.coffee.stories import introductions, last_words, opened
from tests.coffee.test_kinds import CROSS, names_in
from tests.weft import labels, turn_to, words


@pytest.fixture
def crowd(workspace):
    return [workspace.add_person(f"Person {n}", tz="Europe/Berlin") for n in range(6)]


@pytest.fixture
def halves(workspace, crowd):
    return [
        workspace.add_user_group(name.lower(), name, some)
        for name, some in (("Makers", crowd[:3]), ("Sellers", crowd[3:]))
    ]


def across(weft, admin, channel, names):
    weft.tick()
    admin.press("Set up program", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel})
    admin.fill({"Type": CROSS})
    admin.fill({"Match across": "User group"})
    admin.fill({"User groups": names})
    return admin.submit()


def members(weft):
    with weft.bot.look() as work:
        return {one.person_id for one in programs.members(work, program_id=1)}


def only_for(admin, names):
    opened(admin)
    admin.press("Schedule & access")
    admin.fill({"Who can join": names})
    return admin.submit()


# Whose people meet


@pytest.mark.slow
def test_people_of_different_user_groups_meet(weft, team, workspace, crowd, halves):
    channel = workspace.add_channel("across", members=crowd)
    assert across(weft, team.alma, channel, ["Makers", "Sellers"]) == {}
    assert "Match across: Makers and Sellers" in words(team.alma.modal)
    team.alma.press("Start")

    weft.live(days=9)

    for person in crowd[:3]:
        assert names_in(introductions(person)[0]) - {person.id} <= {one.id for one in crowd[3:]}


@pytest.mark.slow
def test_whoever_is_in_none_of_the_groups_is_told_so(weft, team, workspace, crowd, halves):
    channel = workspace.add_channel("across", members=[*crowd, team.ana])
    across(weft, team.alma, channel, ["Makers", "Sellers"])
    team.alma.press("Start")

    weft.live(days=9)

    assert introductions(team.ana) == []
    assert "you're in none of" in last_words(team.ana)


def test_one_group_is_too_few_and_one_that_is_gone_is_said(weft, team, workspace, crowd, halves):
    channel = workspace.add_channel("across", members=crowd)
    assert "at least two" in str(across(weft, team.alma, channel, ["Makers"]))
    team.alma.fill({"User groups": ["Makers", "Sellers"]})
    workspace.disable_user_group(halves[0])
    team.alma.close()
    weft.clock.advance(timedelta(minutes=2))

    team.alma.press("Set up program", turn_to(team.alma, "Admin"))
    team.alma.fill({"Type": CROSS})
    team.alma.fill({"Match across": "User group"})

    assert team.alma.options_for("User groups", typed="") == ["Sellers"]


@pytest.mark.slow
def test_a_group_that_vanishes_is_told_to_the_admins_once_and_nobody_is_lost(weft, team, workspace, crowd, halves):
    channel = workspace.add_channel("across", members=crowd)
    across(weft, team.alma, channel, ["Makers", "Sellers"])
    team.alma.press("Start")
    weft.settle()
    workspace.disable_user_group(halves[0])

    weft.live(days=2)

    told = [message for message in team.alma.messages() if "Makers" in message.text]
    assert len(told) == 1
    assert "Members stay in" in words(told[0])
    assert "Open program" in labels(told[0])
    assert members(weft) == {one.id for one in crowd}


def test_a_group_that_nobody_is_in_any_more_is_told_again_only_after_somebody_was(weft, team, workspace, crowd, halves):
    channel = workspace.add_channel("across", members=crowd)
    across(weft, team.alma, channel, ["Makers", "Sellers"])
    team.alma.press("Start")
    weft.settle()
    for some in ([], crowd[:1], []):
        workspace.change_user_group(halves[0], some)
        weft.live(hours=5)

    assert len([message for message in team.alma.messages() if "Makers" in message.text]) == 2


# Who may join


def test_only_members_of_the_chosen_groups_join(weft, program, workspace):
    makers = workspace.add_user_group("makers", "Makers & Co", [program.alma])
    assert only_for(program.alma, ["Makers & Co"]) == {}
    assert "Who can join: Makers & Co" in words(program.alma.modal)
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")

    eva.join(program.coffee)
    weft.settle()
    assert eva.id not in members(weft)
    assert "is for members of the user group Makers & Co" in words(eva.command("/coffee", "join", program.coffee))
    assert members(weft) == {one.id for one in program.everyone}

    workspace.change_user_group(makers, [eva])
    weft.live(days=1, hours=2)
    assert eva.id in members(weft)


def test_everybody_may_join_again_when_no_group_is_chosen_any_more(weft, program, workspace):
    workspace.add_user_group("makers", "Makers", [program.alma])
    only_for(program.alma, ["Makers"])
    program.alma.close()
    assert only_for(program.alma, []) == {}

    assert "May join" not in words(program.alma.modal)
    program.ana.command("/coffee", "leave")
    program.ana.command("/coffee", "join")
    assert program.ana.id in members(weft)


def test_when_the_groups_of_an_audience_are_gone_whoever_would_join_reads_what_is_wrong(weft, program, workspace):
    makers = workspace.add_user_group("makers", "Makers", [program.alma])
    only_for(program.alma, ["Makers"])
    program.alma.close()
    workspace.disable_user_group(makers)
    weft.live(hours=3)

    assert "were deleted" in words(program.alma.command("/coffee", "join", program.coffee))


@pytest.mark.slow
def test_whoever_comes_into_the_channel_and_is_in_none_of_the_groups_reads_why_once(weft, program, workspace, halves):
    assert only_for(program.alma, ["Makers"]) == {}
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")

    for _ in range(2):
        eva.join(program.coffee)
        weft.live(days=2)
        eva.leave(program.coffee)

    [said] = eva.messages()
    assert "Coffee in #coffee is for members of the user group Makers, and you're not in it" in words(said, eva)
    assert eva.id not in members(weft)


# What Slack and the database are asked for


def letters(admin, typed):
    """They type, letter by letter, where user groups are chosen. Returns what is offered at the end."""
    form = admin.modal
    [place] = [
        (block["block_id"], block["element"]["action_id"])
        for block in form.blocks
        if block["type"] == "input" and block["label"]["text"] == "Who can join"
    ]
    return [admin.suggestions(form, place, typed[:end]) for end in range(1, len(typed) + 1)][-1]


@pytest.mark.parametrize("refusal", [None, "missing_scope", "ratelimited"])
def test_slack_is_not_asked_again_with_each_letter_of_a_name(weft, program, workspace, halves, refusal):
    opened(program.alma)
    if refusal:
        workspace.faults.refuse("usergroups.list", refusal, times=9)
    program.alma.press("Schedule & access")

    offered = letters(program.alma, "makers")

    assert len([call for call in workspace.calls if call.method == "usergroups.list"]) == 1
    assert [one["text"]["text"] for one in offered] == ([] if refusal else ["Makers"])


def test_a_minute_without_news_of_the_groups_waits_for_no_writer(weft, program, halves):
    assert only_for(program.alma, ["Makers"]) == {}
    weft.tick()

    with weft.bot.begin():  # Somebody else writes for long: to write as well would fail.
        groups.read_groups_when_due(weft.bot, None)
