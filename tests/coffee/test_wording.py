"""Admins write a program's messages in their own words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.coffee.program import templates
from bot.coffee.program.templates import InvalidTemplateError, Template
from tests.coffee.stories import introductions, opened, set_up
from tests.coffee.test_setup import drafted
from tests.weft import turn_to, words


def wording(admin, name="Coffee"):
    opened(admin, name)
    admin.press("Messages")


@pytest.mark.slow
def test_own_words_are_what_people_read(weft, team):
    weft.tick()
    team.alma.press("Set up program", turn_to(team.alma, "Admin"))
    team.alma.fill({"Channel": team.coffee})
    team.alma.submit()
    team.alma.press("Messages")
    team.alma.fill(
        {
            "Welcome": "Ahoy, this is {program}, {rhythm}.",
            "First line of the match": "Ahoy {names}, {minutes} minutes!",
            "Day-before message": "{program} sails {start}.",
        }
    )
    assert team.alma.submit() == {}
    assert "Custom messages: Welcome, First line of the match, and Day-before message" in words(team.alma.modal)
    team.alma.press("Start")
    weft.live(days=9)

    assert "Ahoy, this is Coffee, every other Tuesday" in words(team.ana.messages()[0])
    assert "Ahoy @Ana Ruiz and" in words(introductions(team.ana)[0])
    weft.live(days=6)
    assert any("Coffee sails" in words(message) for message in team.ana.messages())


def test_the_example_is_shown_and_what_was_typed_stays(weft, program):
    wording(program.alma)
    program.alma.fill({"Welcome": "Ahoy {who}"})

    program.alma.press("Preview")

    assert "Ahoy someone from another team" in words(program.alma.modal)
    assert program.alma.submit() == {}
    assert "Custom messages: Welcome" in words(program.alma.modal)


def test_the_example_is_of_this_program(weft, team):
    weft.tick()
    weekly = {"How often": "Every week", "Meeting length": "30 minutes"}
    set_up(team.alma, team.coffee, **{"Name": "Tea <!here>"} | weekly)
    wording(team.alma, "Tea &lt;!here&gt;")
    team.alma.fill({"Welcome": "Ahoy, {program}: {minutes} minutes, {rhythm}"})

    team.alma.press("Preview")

    assert "Ahoy, Tea <!here>: 30 minutes, every Tuesday" in words(team.alma.modal)


def test_back_to_our_words(weft, program):
    wording(program.alma)
    program.alma.fill({"Welcome": "Ahoy"})
    program.alma.press("Reset")

    assert program.alma.submit() == {}
    assert "Own words" not in words(program.alma.modal)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Hello {nmae}", "can't fill in {nmae}"),
        ("Hello {}", "can't fill in {}"),
        ("Hello {names.__class__}", "can't fill in"),
        ("Hello {program", "brace is missing its other half"),
        ("Hello }", "brace is missing its other half"),
        ("{{program}}", "brace is missing its other half"),
    ],
)
def test_an_unknown_place_is_said_at_its_field(weft, program, typed, sentence):
    wording(program.alma)
    program.alma.fill({"Welcome": typed})

    assert sentence in program.alma.submit()["Welcome"]


def test_the_second_of_two_admins_is_told(weft, program, workspace):
    other = workspace.add_person("Otto Admin", is_admin=True)
    wording(program.alma)
    wording(other)
    other.fill({"Welcome": "Ahoy"})
    assert other.submit() == {}
    program.alma.fill({"Welcome": "Hello"})

    assert "Another admin changed this" in str(program.alma.submit())


def test_own_words_can_not_break_out(weft, team, workspace):
    weft.tick()
    set_up(team.alma, workspace.add_channel("tea", members=[]), Name="<!here> {start}")
    opened(team.alma, "&lt;!here&gt; {start}")
    team.alma.press("Messages")
    team.alma.fill({"Welcome": "<!channel> <https://evil.test|{program}> <@U1>"})
    assert team.alma.submit() == {}
    eva = workspace.add_person("Eva Horak")
    eva.open_home()
    eva.press("Join", eva.home)
    weft.live(hours=1)

    shown = str(eva.messages()[0].blocks)
    assert "<!" not in shown
    assert "<https" not in shown
    assert "{start}" in shown  # What the name holds is not read as a template.


def test_words_are_never_cut_and_too_many_are_said_at_their_field(weft, team):
    weft.tick()
    drafted(team.alma, team.coffee)
    team.alma.press("Messages")
    team.alma.fill({"Welcome": "R&D <> " * 60 + "and that's all", "Day-before message": "{program} " * 90})
    assert "too long for a message once everything is filled in" in team.alma.submit()["Day-before message"]

    team.alma.fill({"Day-before message": "{program} " * 5})
    assert team.alma.submit() == {}
    team.alma.press("Start")
    weft.settle()

    assert "R&D <> and that's all" in words(team.ana.messages()[0])


@given(st.text(max_size=200), st.sampled_from(list(Template)), st.text(max_size=60))
@settings(max_examples=100)
def test_whatever_is_typed_gives_a_message_or_a_sentence(typed, template, value):
    try:
        templates.check(template, typed)
    except InvalidTemplateError as problem:
        assert str(problem).endswith(".")
        return
    filled = templates.filled(template, typed, dict.fromkeys(templates.KNOWN[template].places, "V"))

    assert "<" not in filled
    assert "{" not in filled
