import pytest

from tests import weft as driven
from tests.coffee.stories import introductions, set_up
from tests.weft import labels


def says(person, words="", **where):
    return driven.words(person.command("/coffee", words, **where))


def test_status_says_where_a_person_stands(weft, program):
    assert "every other Tuesday" in says(program.ana)
    assert says(program.ana) == says(program.ana, "status") == says(program.ana, " STATUS ")


def test_help_names_every_word(weft, program):
    for word in ("join", "leave", "skip", "pause"):
        assert f"/coffee {word}" in says(program.ana, "help")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("words", ["dance", "joiin", "<!channel>", "x" * 10_000, "\u202eemosekil", "pause pause"])
def test_a_wrong_word_is_answered_with_what_there_is(weft, program, words):
    answer = says(program.ana, words)

    assert "I didn't get" in answer or "I can't read that time" in answer
    assert "@channel" not in answer
    assert len(answer) < 1000


def test_the_words_do_what_they_say(weft, program):
    ana = program.ana

    assert "you're skipping" in says(ana, "skip")
    assert "until Monday, March 16" in says(ana, "pause 2w")
    assert "Come back now" in labels(ana.command("/coffee"))
    assert "You've left Coffee" in says(ana, "leave")
    assert "You're not in a program yet" in says(ana, "skip")
    assert "You're in Coffee!" in says(ana, "join")
    assert "already" in says(ana, "join")


@pytest.mark.parametrize("before", ["pause 5w", "skip"])
def test_join_brings_back_whoever_takes_a_break_or_sits_out(weft, program, before):
    says(program.ana, before)

    assert says(program.ana, "join").startswith("Welcome back! Your next match comes")
    weft.live(days=2)

    assert len(introductions(program.ana)) == 1


@pytest.mark.parametrize("pasted", ["pause\u00a02w", "pause\n2w", "\u200fpause  2w", "Pause\t2w"])
def test_what_is_pasted_may_have_spaces_of_any_kind(weft, program, pasted):
    assert "until Monday, March 16" in says(program.ana, pasted)


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

    assert "Which one do you want to leave?" in says(program.ana, "leave")
    assert "You've left Tea" in says(program.ana, "leave", channel=tea)


def test_weft_help_says_what_there_is(weft, program):
    for words in ("", "help"):
        assert "/coffee pause 2w" in driven.words(program.ana.command("/weft", words))
    assert "didn't get that" in driven.words(program.ana.command("/weft", "dance"))


# In any number of programs


@pytest.fixture
def two(weft, program, workspace):
    """Ana is in Coffee and in Tea; commands are typed in the conversation with Weft."""
    tea = workspace.add_channel("tea", members=[program.ana])
    set_up(program.alma, tea, Name="Tea", Day="Thursday")
    weft.settle()
    return program


def test_join_ends_the_only_break(two):
    says(two.ana, "pause 3w", channel=two.coffee)

    assert "Welcome back!" in says(two.ana, "join")


def test_join_brings_back_to_the_program_just_left(two):
    assert "You've left Tea" in says(two.ana, "leave tea")

    assert "You're in Tea!" in says(two.ana, "join")


def test_leaving_by_command_has_a_way_back(two):
    answer = two.ana.command("/coffee", "leave Coffee")

    assert labels(answer) == ["Rejoin"]
    two.ana.press("Rejoin", answer.messages[0])
    assert "You're already in" in says(two.ana, "join")


def test_join_lists_what_there_is_to_join(two):
    assert "You're already in Coffee. You can also join:" in says(two.ben, "join")

    says(two.ben, "join Tea")
    assert "You're already in Coffee and Tea." in says(two.ben, "join")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("word", ["leave", "pause", "pause 2w", "skip", "now"])
def test_in_several_programs_a_word_asks_which_one_with_a_button_for_each(two, word):
    answer = two.ana.command("/coffee", word)

    assert "Coffee in #coffee" in driven.words(answer)
    assert "Tea in #tea" in driven.words(answer)
    assert len(labels(answer)) >= 2


def test_one_break_pauses_all_of_them_and_one_button_ends_it(two):
    answer = two.ana.command("/coffee", "pause 2w")
    two.ana.press("Pause them all", answer.messages[0])

    assert "from Coffee and Tea until Monday, March 16" in driven.words(answer)
    two.ana.press("Come back now", answer.messages[0])
    assert "Come back now" not in labels(two.ana.command("/coffee"))


def test_why_answers_for_all_of_them(two):
    answer = says(two.ana, "why")

    assert "Coffee" in answer
    assert "Tea" in answer


@pytest.mark.slow
def test_a_round_is_skipped_by_its_day(weft, program):
    assert "no round on Sunday, March 1" in says(program.ana, "skip 2026-03-01")
    assert "skipping Tuesday, March 17" in driven.words(program.ana.command("/coffee", "skip 2026-03-17"), program.ana)
    assert "you're skipping it" not in says(program.ana)
    weft.live(days=2)

    assert len(introductions(program.ana)) == 1
    assert "you're skipping it" in says(program.ana)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("words", ["skip 2", "leave now", "why not", "join us", "status please", "skip 2026-02-30"])
def test_what_follows_a_word_is_never_ignored(weft, program, words):
    answer = says(program.ana, words)

    assert "I didn't get" in answer
    assert words.partition(" ")[2] in answer
    assert "you're skipping it" not in says(program.ana)
    assert "Skip this round" in labels(program.ana.command("/coffee"))
