"""Who gets which suggestions, and when: rarely, the best first, and never against someone's wish."""

from datetime import timedelta

import pytest

from storage.kinds import Attention, DeliveryState, NudgeOutcome
from tests.nudges.company import MONDAY_NINE, Engine, Proposals, days, nudge_rows, outbox_rows, suggestions
from tests.weft import labels, words


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor", tz="Europe/Berlin")


@pytest.fixture
def monday(weft, ana, ben):
    """Monday, 9:00 in Berlin; Weft has read who is here."""
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    return weft


def test_a_suggestion_says_why_and_what_with_one_action_and_ways_out(monday, ana):
    Engine(monday, Proposals("reconnect")).plan()

    [message] = suggestions(ana)
    assert message.text == "Why reconnect. Do reconnect."
    assert labels(message) == ["Do reconnect", "Not now", "Fewer like this", "Stop these"]
    assert words(message).endswith("Manage suggestions in Home → Settings.")
    assert outbox_rows(monday)[-1].attention is Attention.NUDGE


def test_it_comes_when_the_working_day_has_begun_and_not_before(weft, ana, monday):
    weft.clock.advance(timedelta(days=1, hours=-1))
    engine = Engine(weft, Proposals("reconnect"))
    engine.plan()
    assert suggestions(ana) == []

    engine.live(hours=2)

    assert days(ana) == ["Tue 10"]


def test_no_one_gets_anything_in_their_first_working_week(weft, workspace, monday, ana):
    """Ana is known since last Monday, Zoe since Thursday noon."""
    weft.clock.advance(timedelta(days=3, hours=3))
    zoe = workspace.add_person("Zoe Lind", tz="Europe/Berlin")
    weft.tick()
    engine = Engine(weft, Proposals("a", value=1.0))
    weft.clock.advance(timedelta(hours=21))

    engine.live(days=5)
    assert len(suggestions(ana)) > 0
    assert suggestions(zoe) == []
    engine.live(days=1)
    assert days(zoe) == ["Thu 19"]


def test_a_first_wave_is_spread_over_days(weft, workspace):
    everyone = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(30)]
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)
    engine = Engine(weft, Proposals("a", about="news"))

    heard = []
    for _ in range(5):
        engine.live(days=1)
        heard.append(sum(len(suggestions(person)) for person in everyone))

    assert heard == [14, 21, 28, 30, 30]  # After Monday and Tuesday morning, and so on.


def test_what_would_be_too_late_tomorrow_does_not_wait_for_its_turn(weft, workspace):
    everyone = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(12)]
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)

    Engine(weft, Proposals("a", until=MONDAY_NINE + timedelta(days=1))).plan()

    assert [len(suggestions(person)) for person in everyone] == [1] * 12


def test_everyone_is_thought_about_once_a_day(monday):
    kind = Proposals("reconnect", for_whom=set())
    Engine(monday, kind).live(hours=8)

    assert [len(asked) for asked in kind.asked] == [2]


def test_what_is_left_of_the_week_gets_dearer(monday, ana):
    Engine(monday, Proposals("modest", value=0.5)).live(days=4)

    assert days(ana) == ["Mon 09"]


def test_however_valuable_never_more_than_three_a_week(monday, ana):
    Engine(monday, Proposals("great", value=1.0), Proposals("greater", value=1.0)).live(days=11)

    assert len(days(ana)) == len(set(days(ana)))
    assert days(ana)[:3] == ["Mon 09", "Tue 10", "Wed 11"]
    assert all(day not in days(ana) for day in ["Thu 12", "Fri 13", "Sat 14", "Sun 15"])


def test_what_can_wait_comes_in_one_message_the_best_first_and_at_most_three(monday, ana):
    kinds = [Proposals(name, value) for name, value in [("a", 0.3), ("b", 0.9), ("c", 0.5), ("d", 0.4), ("e", 0.1)]]
    Engine(monday, *kinds).plan()

    [message] = suggestions(ana)
    assert [label for label in labels(message) if label.startswith("Do")] == ["Do b", "Do c", "Do d"]
    assert len(nudge_rows(monday)) == 6  # Ana's three and Ben's.


def test_two_suggestions_about_the_same_person_never_stand_in_one_message(monday, ana, ben):
    """As "have you met?" and "you met, say thanks": the better one is said, and another one about someone else."""
    about_ben = [Proposals(name, value, mentions=ben.id) for name, value in [("a", 0.7), ("b", 0.6)]]
    Engine(monday, *about_ben, Proposals("c", 0.5)).plan()

    [message] = suggestions(ana)
    assert [label for label in labels(message) if label.startswith("Do")] == ["Do a", "Do c"]


def test_the_same_thing_is_not_said_twice(monday, ana):
    engine = Engine(monday, Proposals("reconnect", about="with:U1"))

    engine.live(days=20)

    assert days(ana) == ["Mon 09"]


def test_a_kind_rests_between_two(monday, ana):
    engine = Engine(monday, Proposals("reconnect", rest=timedelta(days=5)))

    engine.live(days=5, hours=1)

    assert days(ana) == ["Mon 09"]


def test_what_has_lost_its_sense_is_not_said(monday, ana):
    Engine(monday, Proposals("reconnect", until=MONDAY_NINE)).plan()

    assert suggestions(ana) == []


def test_someone_who_is_away_or_in_do_not_disturb_is_thought_about_when_they_are_back(monday, ana, ben):
    ana.sets_dnd(MONDAY_NINE + timedelta(hours=3))
    ben.set_status(":palm_tree:", "Away", MONDAY_NINE + timedelta(days=1))
    engine = Engine(monday, Proposals("reconnect"))

    engine.live(hours=2)
    assert suggestions(ana) == suggestions(ben) == []
    engine.live(hours=2)
    assert (days(ana), days(ben)) == (["Mon 09"], [])
    engine.live(days=1)
    assert days(ben) == ["Tue 10"]


def test_someone_who_becomes_away_between_planning_and_sending_gets_nothing_stale_later(monday, ana):
    from bot.nudges.planning import plan_due

    engine = Engine(monday, Proposals("reconnect", about="with:U1"))
    plan_due(monday.bot, engine.kinds)
    ana.sets_dnd(MONDAY_NINE + timedelta(hours=20))
    monday.carry()
    assert suggestions(ana) == []

    engine.live(days=1, hours=1)

    assert days(ana) == ["Tue 10"]  # Thought about anew, not the message of yesterday.
    states = [row.state for row in outbox_rows(monday) if row.recipient == ana.id]
    assert states == [DeliveryState.CANCELLED, DeliveryState.SENT]


def test_on_a_day_when_a_program_writes_there_is_no_nudge(monday, ana, ben):
    Engine(monday, Proposals("reconnect"), expects=[lambda _work, _day: {ana.id}]).plan()

    assert (days(ana), days(ben)) == ([], ["Mon 09"])


def test_a_program_member_hears_of_the_round_and_of_nothing_else_on_two_days(weft, program):
    engine = Engine(weft, Proposals("reconnect"))
    weft.live(hours=20)  # Until Tuesday of the first round.
    engine.plan()

    assert suggestions(program.ana) == []


def test_three_unanswered_stop_their_kind_and_the_third_says_so(monday, ana):
    engine = Engine(monday, Proposals("reconnect", rest=timedelta(days=1)))

    engine.live(days=40)

    said = [words(message) for message in suggestions(ana)]
    assert len(said) == 3
    assert ["If you skip this one too, I'll stop these" in one for one in said] == [False, False, True]
    assert labels(suggestions(ana)[-1])[-1] == "Keep them"
    mine = [row.outcome for row in nudge_rows(monday) if row.person_id == ana.id]
    assert mine == [NudgeOutcome.IGNORED] * 3


def test_the_rest_doubles_with_each_one_unanswered(monday, ana):
    Engine(monday, Proposals("reconnect", value=1.0, rest=timedelta(days=4))).live(days=26)

    assert days(ana) == ["Mon 09", "Tue 17", "Thu 02"]


def test_one_tap_brings_a_kind_back_that_stopped(monday, weft, ana):
    engine = Engine(monday, Proposals("reconnect", rest=timedelta(days=1)))
    engine.live(days=40)
    last = suggestions(ana)[-1]

    ana.press("Keep them", last)
    assert "these will keep coming" in words(last)
    engine.live(days=3)

    assert len(suggestions(ana)) > 3


def test_of_several_in_a_message_taking_one_does_not_ignore_the_others(monday, ana):
    engine = Engine(monday, Proposals("a", value=0.9), Proposals("b", value=0.5))
    engine.plan()
    ana.press("Do a", suggestions(ana)[0])

    engine.live(days=6)

    first = {row.kind: row.outcome for row in nudge_rows(monday) if row.person_id == ana.id and row.id <= 4}
    assert first == {"a": NudgeOutcome.USED, "b": NudgeOutcome.PASSED}


def test_two_processes_plan_one_message(monday, ana, weft):
    engine = Engine(monday, Proposals("reconnect", value=1.0))
    from bot.nudges import planning, saying

    with weft.bot.look() as work:
        chosen = planning.PlanningBatch(work, engine.kinds, [ana.id]).choose()
    for _ in range(2):
        with weft.bot.begin() as work:
            saying.write(work, engine.kinds, MONDAY_NINE.date(), [ana.id], chosen)
    weft.carry()

    assert len(suggestions(ana)) == 1


@pytest.mark.expects_error("a kind of nudge failed")
def test_a_kind_that_fails_keeps_no_other_from_speaking(monday, ana, caplog):
    broken = Proposals("broken")
    broken.propose = lambda _work, _people: 1 / 0
    Engine(monday, broken, Proposals("reconnect")).plan()

    assert [one.text for one in suggestions(ana)] == ["Why reconnect. Do reconnect."]
    assert [record.kind for record in caplog.records if record.message == "a kind of nudge failed"] == ["broken"]


def test_guests_are_left_in_peace(weft, workspace):
    guest = workspace.add_person("Gil", tz="Europe/Berlin", is_guest=True)
    weft.tick()
    weft.clock.move_to(MONDAY_NINE)

    Engine(weft, Proposals("reconnect")).plan()

    assert suggestions(guest) == []
