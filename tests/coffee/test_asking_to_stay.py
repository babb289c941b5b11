"""Nobody is on a break who was not asked a day before, nobody is asked twice, and a break that begins is told."""

from datetime import timedelta

import pytest

from bot.coffee.activity import heads_up, inactivity
from bot.coffee.program.lookup import find
from storage.programs import programs
from tests.beginnings import begins_when
from tests.coffee.life.dying import Killed, Mortal
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, begin, first_round, introductions, opened
from tests.coffee.test_heads_up import heads_ups, send_early, start_again, stop
from tests.coffee.test_silence import questions, send_of_another_program, told_of_break
from tests.conftest import start
from tests.weft import turn_to

pytestmark = pytest.mark.slow

MONDAY_AFTER = TUESDAY_TEN_IN_BERLIN + timedelta(days=13)
"""On the working day before the second round."""


def silent_twice_before(weft, team):
    with weft.bot.begin() as work:
        for one in team.everyone:
            programs.membership(work, program_id=1, person_id=one.id).silent_rounds = inactivity.ASKED_AFTER - 1


def about_to_be_asked(weft, team):
    """Nobody has said a word in three rounds. Ana is at work in Los Angeles, so her question waits there."""
    first_round(weft, team)
    silent_twice_before(weft, team)
    team.ana.change(tz="America/Los_Angeles")
    weft.live_until(MONDAY_AFTER + timedelta(hours=1))
    assert (len(questions(team.ana)), len(questions(team.ben))) == (0, 1)
    return team


asking = begins_when(about_to_be_asked)


def is_on_a_break(weft, person):
    with weft.bot.look() as work:
        return programs.membership(work, program_id=1, person_id=person.id).paused_until is not None


def test_sent_early_the_round_takes_no_question_back(weft, asking):
    send_early(asking)
    weft.live(days=2)

    assert [len(questions(person)) for person in asking.everyone] == [1, 1, 1, 1]


def test_a_round_that_moves_takes_no_question_back_and_whoever_got_it_hears_of_the_other_day(weft, asking):
    opened(asking.alma)
    asking.alma.press("Edit", asking.alma.modal)
    asking.alma.fill({"Day": "Thursday"})
    assert asking.alma.submit() == {}
    weft.live(days=4)

    assert [len(questions(person)) for person in asking.everyone] == [1, 1, 1, 1]
    assert [len(heads_ups(person)) for person in asking.everyone] == [1, 1, 1, 1]
    assert not any(is_on_a_break(weft, person) for person in asking.everyone)


def test_stopped_before_the_question_came_it_was_not_asked(weft, asking):
    stop(asking)
    weft.live(days=3)
    assert questions(asking.ana) == []

    start_again(asking)
    weft.live_until(MONDAY_AFTER + timedelta(days=14, hours=20))

    assert [len(questions(person)) for person in asking.everyone] == [1, 1, 1, 1]
    assert not is_on_a_break(weft, asking.ana)


def test_stopped_and_started_at_once_whoever_was_asked_is_not_asked_again(weft, asking):
    stop(asking)
    start_again(asking)
    weft.live(hours=20)

    assert [len(questions(person)) for person in asking.everyone] == [1, 1, 1, 1]
    assert [heads_ups(person) for person in asking.everyone] == [[], [], [], []]


def test_silent_in_one_more_round_before_the_question_came_nobody_is_on_a_break(weft, asking):
    while weft.clock.now() < MONDAY_AFTER + timedelta(days=15):
        send_of_another_program(weft, asking.ana)
        weft.live(days=1)

    assert len(introductions(asking.ana)) == 2
    assert (is_on_a_break(weft, asking.ana), is_on_a_break(weft, asking.ben)) == (False, True)
    weft.live(days=10)
    assert (len(questions(asking.ana)), told_of_break(asking.ana)) == (1, [])


def test_a_question_that_slack_never_took_was_not_asked(weft, asking, workspace):
    workspace.faults.refuse("chat.postMessage", "invalid_blocks")
    weft.live(days=1)
    assert questions(asking.ana) == []

    weft.live(days=14)

    assert (len(questions(asking.ana)), is_on_a_break(weft, asking.ana)) == (1, False)


def test_whoever_was_gone_when_it_was_to_come_was_not_asked(weft, asking):
    asking.ana.deactivate()
    weft.live(days=1)
    asking.ana.reactivate()
    assert is_not_counted_as_asked(weft, asking.ana)
    weft.live_until(MONDAY_AFTER + timedelta(days=14, hours=20))

    assert not is_on_a_break(weft, asking.ana)


def is_not_counted_as_asked(weft, person):
    with weft.bot.look() as work:
        member = programs.membership(work, program_id=1, person_id=person.id)
        return inactivity.question_of(work, find(work, 1), member) is None


@pytest.mark.parametrize("what", [send_early, stop], ids=["sent early", "stopped"])
def test_a_break_that_has_begun_is_told_whatever_becomes_of_the_round(weft, asking, what):
    for one in (asking.cleo, asking.dev):
        one.press("Couldn't make it", turn_to(one, "Today"))
    weft.live_until(MONDAY_AFTER + timedelta(days=14, hours=1))
    assert (is_on_a_break(weft, asking.ana), told_of_break(asking.ana)) == (True, [])

    what(asking)
    weft.live(days=2)

    assert [len(told_of_break(person)) for person in asking.everyone] == [1, 1, 0, 0]


def test_whoever_answers_while_the_question_waits_hears_of_the_round_as_everybody(weft, asking):
    asking.ana.press("We met", introductions(asking.ana)[-1])
    weft.live(hours=20)

    assert questions(asking.ana) == []
    assert len(heads_ups(asking.ana)) == 1


def test_whoever_skips_the_round_is_told_of_a_break_that_has_begun(weft, asking):
    weft.live_until(MONDAY_AFTER + timedelta(days=14, hours=1))
    asking.ana.command("/coffee", "skip")
    weft.live(days=1)

    assert len(told_of_break(asking.ana)) == 1


# The bot dies on the way


@pytest.fixture
def mortal(database_url):
    database = Mortal(database_url)
    yield database
    database.close()


@pytest.fixture
def crowd(workspace, slack_server, clock, mortal, team, monkeypatch):
    """One after the other: Ana and Ben are to be asked, Cleo was asked a round ago, Dev has just said something."""
    monkeypatch.setattr(heads_up, "AT_ONCE", 1)
    weft = start(workspace, slack_server, clock, mortal)
    begin(weft, team)
    with weft.bot.begin() as work:
        cleo = programs.membership(work, program_id=1, person_id=team.cleo.id)
        inactivity.ask(work, cleo, work.now)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    silent_twice_before(weft, team)
    team.dev.press("Couldn't make it", turn_to(team.dev, "Today"))
    clock.move_to(MONDAY_AFTER)
    return team


def killed_while_announcing(weft, mortal, *, part, before):
    mortal.will_die(commits=part, before=before)
    with pytest.raises(Killed):
        heads_up.announce_rounds(weft.bot)
    mortal.is_dead = False


def heard_since(person):
    """How many questions, words of a break, and heads-ups."""
    heard = [message for message in person.messages() if float(message.ts) >= MONDAY_AFTER.timestamp()]
    return [len([one for one in kind(person) if one in heard]) for kind in (questions, told_of_break, heads_ups)]


@pytest.mark.parametrize(("part", "before"), [(1, False), (2, True), (3, True), (3, False), (5, True)])
def test_killed_in_the_middle_everybody_hears_one_thing_once(
    workspace, slack_server, clock, mortal, crowd, part, before
):
    killed_while_announcing(start(workspace, slack_server, clock, mortal), mortal, part=part, before=before)

    weft = start(workspace, slack_server, clock, mortal)
    weft.settle()
    weft.live(hours=20)

    assert [heard_since(person) for person in crowd.everyone] == [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_started_again_hours_later_a_heads_up_is_not_followed_by_a_break(workspace, slack_server, clock, mortal, crowd):
    weft = start(workspace, slack_server, clock, mortal)
    with weft.bot.begin() as work:
        cleo = programs.membership(work, program_id=1, person_id=crowd.cleo.id)
        inactivity.question_of(work, find(work, 1), cleo).sent_at = MONDAY_AFTER - timedelta(hours=23)
    killed_while_announcing(weft, mortal, part=5, before=True)

    clock.move_to(MONDAY_AFTER + timedelta(hours=2))
    start(workspace, slack_server, clock, mortal).live(days=2)

    assert heard_since(crowd.cleo) == [0, 0, 1]
