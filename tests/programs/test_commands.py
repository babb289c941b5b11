import pytest

from tests import weft as driven
from tests.coffee import introductions, set_up
from tests.weft import labels


def says(person, words="", **where):
    return driven.words(person.command("/coffee", words, **where))


def test_status_says_where_a_person_stands(weft, program):
    assert "every two weeks, Tuesday at 10:00" in says(program.ana)
    assert says(program.ana) == says(program.ana, "status") == says(program.ana, " STATUS ")


def test_help_names_every_word(weft, program):
    for word in ("join", "leave", "skip", "pause"):
        assert f"/coffee {word}" in says(program.ana, "help")


@pytest.mark.parametrize("words", ["dance", "joiin", "<!channel>", "x" * 10_000, "\u202eemosekil", "pause pause"])
def test_a_wrong_word_is_answered_with_what_there_is(weft, program, words):
    answer = says(program.ana, words)

    assert "don't" in answer
    assert "<!channel>" not in answer
    assert len(answer) < 1000


def test_the_words_do_what_they_say(weft, program):
    ana = program.ana

    assert "You sit out the round" in says(ana, "skip")
    assert "until Monday, 16 March 2026" in says(ana, "pause 2w")
    assert "End the break" in labels(ana.command("/coffee"))
    assert "You have left Coffee" in says(ana, "leave")
    assert "You are not in any program" in says(ana, "skip")
    assert "You are in Coffee." in says(ana, "join")
    assert "already" in says(ana, "join")


@pytest.mark.parametrize("before", ["pause 5w", "skip"])
def test_join_brings_back_whoever_takes_a_break_or_sits_out(weft, program, before):
    says(program.ana, before)

    assert says(program.ana, "join").startswith("You are in Coffee. The next round starts")
    weft.live(days=2)

    assert len(introductions(program.ana)) == 1


@pytest.mark.parametrize("pasted", ["pause\u00a02w", "pause\n2w", "\u200fpause  2w", "Pause\t2w"])
def test_what_is_pasted_may_have_spaces_of_any_kind(weft, program, pasted):
    assert "until Monday, 16 March 2026" in says(program.ana, pasted)


def test_pause_alone_asks_until_when(weft, program):
    program.ana.command("/coffee", "pause")

    assert program.ana.modal is not None


def test_without_any_program_the_words_say_so(weft, team):
    weft.tick()

    for words in ("", "join", "skip", "pause 2w", "leave"):
        assert "program" in says(team.ana, words)


def test_with_several_programs_the_channel_decides(weft, program, workspace):
    tea = workspace.add_channel("tea", members=[program.ana])
    set_up(program.alma, tea, Name="Tea")
    weft.settle()

    assert "You are in several programs (Coffee, Tea)" in says(program.ana, "leave")
    assert "You have left Tea" in says(program.ana, "leave", channel=tea)


def test_weft_help_says_what_there_is(weft, program):
    for words in ("", "help"):
        assert "/coffee pause 2w" in driven.words(program.ana.command("/weft", words))
    assert "don't know that word" in driven.words(program.ana.command("/weft", "dance"))
