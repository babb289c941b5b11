"""Hostile words and names are only ever shown."""

import json

import pytest

from bot.core.mrkdwn import INVISIBLE
from tests.slack.seen import SORRY, errors
from tests.weft import turn_to

HOSTILE = [
    "<!channel>",
    "<!everyone|hello>",
    "<https://evil.test|Coffee>",
    "<@U000000|Boss>",
    "a&lt;!channel&gt;",
    "\u202eeeffoC\u2066",
    "*bold* _it_ `code` ~gone~",
    "x" * 10_000,
    "\x00\x01",
    "0" * 5_000,
]


def is_harmless(shown):
    drawn = json.dumps(shown, ensure_ascii=False)
    return not any(mark in drawn for mark in ("<!channel", "<!everyone", "<https", "|Boss>")) and not any(
        INVISIBLE.search(char) for char in drawn if char not in "\n"
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", ["/coffee", "/coffee pause", "/coffee join", "/coffee skip", "/weft"])
def test_hostile_words_of_a_command_are_only_ever_shown(weft, program, command, caplog):
    name, _, word = command.partition(" ")
    for typed in HOSTILE:
        said = program.ana.command(name, f"{word} {typed}")

        assert said.text or program.ana.modal  # Words that no one can see are none: `/coffee pause` alone opens a form.
        assert SORRY not in said.text
        assert is_harmless([[message.text for message in said.messages], said.blocks])
        assert len(said.text) < 1500
    assert errors(caplog) == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_name_of_a_program_is_only_ever_shown(weft, team, typed, caplog):
    weft.tick()
    team.alma.open_home()
    team.alma.press("Set up program", team.alma.home)
    # As somebody would send it who does not use Slack's own form.
    team.alma.modal.values["programs_name"]["programs_name"]["value"] = typed
    team.alma.fill({"Channel": team.coffee})
    told = team.alma.submit()
    weft.settle()
    if told:
        assert set(told) == {"Name"}
        return
    team.alma.press("Start")
    weft.settle()

    team.ana.open_home()
    seen = [[message.text, message.blocks] for message in team.ana.messages()]
    seen += [team.ana.home.blocks, team.ana.command("/coffee").blocks]
    for said in ("join", "skip", "pause 2w", "why", "leave", "leave", "now"):
        seen += [[message.text, message.blocks] for message in team.ana.command("/coffee", said).messages]
    assert len(seen) == 10
    assert is_harmless(seen)
    assert errors(caplog) == []


def test_hostile_words_in_the_search_for_a_time_zone(weft, program, caplog):
    program.alma.press("Set up program", turn_to(program.alma, "Admin"))

    for typed in HOSTILE:
        assert program.alma.options_for("Time zone", typed=typed) == []
    assert errors(caplog) == []


def test_a_hostile_profile_is_only_ever_shown(weft, program):
    for one, typed in zip(program.everyone * 2, HOSTILE[:8], strict=True):
        one.change(title=one.user.profile["title"] + typed, display_name=typed)
    weft.live(days=1, hours=2)

    for one in program.everyone:
        [introduction] = one.group_messages()
        assert is_harmless([introduction.text, introduction.blocks])
