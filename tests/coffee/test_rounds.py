import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.coffee.activity.attendance import find_participants
from bot.coffee.matches.check_ins.service import record_answer
from bot.coffee.rounds.matching import match_up
from bot.coffee.rounds.service import mark_met
from bot.connections.service import record_contacts
from bot.core.errors import NotForYou
from bot.core.lists import listed
from bot.people.service import import_attributes
from storage.connections import network
from storage.connections.connections import meetings_of
from storage.kinds import Answer, ContactKind
from storage.programs import programs
from storage.rounds.rounds import matches_of
from tests.coffee.stories import TUESDAY_TEN_IN_BERLIN, introduced, introductions, last_words
from tests.weft import labels, words


def partners(person):
    return [one for one in introduced(introductions(person)[-1]) if one != person.id]


def test_a_round_starts_on_the_hour_and_everybody_is_introduced(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN - timedelta(minutes=1))
    assert introductions(program.ana) == []

    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert [len(introductions(person)) for person in program.everyone] == [1, 1, 1, 1]


def test_an_introduction_says_who_why_and_who_writes_first(round_started):
    shown = words(introductions(round_started.ana)[0])

    assert "Why you two? You haven't met yet" in shown
    assert "could you go first?" in shown
    assert "@Ana Ruiz" in shown


@pytest.mark.slow
def test_the_reason_names_teams_in_the_order_in_which_the_people_stand(weft, program, workspace):
    dana = workspace.add_person("Dana Cohen", tz="Europe/Berlin")
    people = {**dict(zip(program.everyone, ("Data", "Sales", "Legal", "Support"), strict=True)), dana: "Research"}
    teams = {person.id: team for person, team in people.items()}
    with weft.bot.begin() as work:
        import_attributes(work, "\n".join(["person_id,team", *(",".join(row) for row in teams.items())]))
    weft.live(days=1, hours=3)
    dana.join(program.coffee)
    weft.live(days=15)

    for introduction in introductions(program.ana):
        stand = [teams[person_id] for person_id in introduced(introduction)]
        assert listed(stand) in words(introduction).partition("Why you")[2]


@pytest.mark.slow
def test_nobody_meets_the_same_person_again_while_there_is_somebody_new(weft, round_started):
    met = {person.id: [partners(person)] for person in round_started.everyone}
    for _ in range(2):
        weft.live(days=14)
        for person in round_started.everyone:
            assert partners(person) not in met[person.id]
            met[person.id].append(partners(person))


def test_an_odd_number_makes_a_group_of_three(weft, program, workspace):
    workspace.add_person("Eva Horak", tz="Europe/Berlin").join(program.coffee)

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    sizes = sorted(len(introduced(introductions(person)[0])) for person in program.everyone)
    assert sizes[-1] == 3


def test_a_person_alone_is_told_why_and_when_next(weft, program):
    for person in program.everyone[1:]:
        person.command("/coffee", "skip")

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert "I couldn't find you a match in Coffee this time" in last_words(program.ana)
    assert "first in line next round" in last_words(program.ana)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "absent",
    [
        lambda ana: ana.command("/coffee", "skip"),
        lambda ana: ana.command("/coffee", "pause 3w"),
        lambda ana: ana.command("/coffee", "leave"),
        lambda ana: ana.set_status(":palm_tree:", "Away", None),
        lambda ana: ana.deactivate(),
    ],
    ids=["skip", "pause", "leave", "out of office", "deactivated"],
)
def test_whoever_is_not_there_is_not_matched(weft, program, absent):
    absent(program.ana)

    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    assert introductions(program.ana) == []
    assert [len(introductions(person)) for person in program.everyone[1:]] == [1, 1, 1]


@pytest.mark.slow
def test_a_skip_is_for_one_round_only(weft, program):
    program.ana.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14))
    weft.settle()

    assert len(introductions(program.ana)) == 1


@pytest.mark.slow
def test_everybody_is_asked_midway_in_their_working_hours(midway):
    for person in midway.everyone:
        question = person.messages()[-1]
        assert "have you met yet" in question.text
        assert labels(question) == ["We met", "It's planned", "Not yet", "Couldn't make it", "No reply"]


@pytest.mark.slow
def test_we_met_closes_it_for_both_and_is_remembered(weft, midway):
    ana = midway.ana
    ana.press("We met", ana.messages()[-1])
    weft.live(days=5, hours=12)

    [partner] = [one for one in midway.everyone if one.id in partners(ana)]
    assert "manage to meet" not in last_words(ana) + last_words(partner)
    assert "You met" in words(ana.command("/coffee"))


@pytest.mark.slow
def test_who_has_not_met_is_asked_once_more_before_the_end(weft, midway):
    ana = midway.ana
    ana.press("Not yet", ana.messages()[-1])

    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=10, hours=1))

    assert ana.messages()[-1].text.startswith("Did you and")


@pytest.mark.slow
def test_that_they_could_not_make_it_is_private_and_ends_the_asking(weft, midway):
    ana = midway.ana
    before = [len(person.messages()) for person in midway.everyone[1:]]
    ana.press("Couldn't make it", ana.messages()[-1])
    weft.carry()

    assert [len(person.messages()) for person in midway.everyone[1:]] == before
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=10, hours=1))
    assert not ana.messages()[-1].text.startswith("Did you and")


def test_an_answer_by_somebody_else_changes_nothing(weft, round_started):
    ana = round_started.ana
    stranger = next(one for one in round_started.everyone if one.id not in [ana.id, *partners(ana)])
    with weft.bot.look() as work:
        match_id = matches_of(work, person_id=ana.id)[0].id

    with weft.bot.begin() as work, pytest.raises(NotForYou, match="someone else"):
        record_answer(work, match_id, by=stranger.id, answer=Answer.MET)

    assert "You met" not in words(ana.command("/coffee"))


@pytest.mark.slow
def test_a_button_pressed_weeks_later_still_counts_and_counts_once(weft, midway):
    ana = midway.ana
    question, introduction = ana.messages()[-1], introductions(ana)[0]
    weft.live(days=30)

    ana.press("We met", question)
    ana.press("We met", introduction)

    with weft.bot.look() as work:
        assert len(meetings_of(work, person_id=ana.id)) == 1


def test_a_wrong_answer_can_be_taken_back_in_home(weft, round_started):
    ana = round_started.ana
    ana.press("We met", introductions(ana)[0])
    ana.open_home()
    assert "You met" in words(ana.home)

    ana.press("Actually, not yet", ana.home)

    assert "Your match this round" in words(ana.home)
    with weft.bot.look() as work:
        assert meetings_of(work, person_id=ana.id) == []


def test_a_round_missed_by_hours_is_caught_up_the_same_day(weft, program, clock):
    clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(hours=5))

    weft.settle()

    assert len(introductions(program.ana)) == 1


def test_a_round_missed_at_night_waits_for_the_morning(weft, program, clock):
    clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(hours=12))
    weft.settle()
    assert introductions(program.ana) == []

    clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(hours=23))
    weft.settle()

    assert len(introductions(program.ana)) == 1


@pytest.mark.slow
def test_a_round_missed_by_more_than_a_day_is_skipped_and_the_admin_is_told(weft, program, clock):
    clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(days=2))

    weft.settle()

    assert introductions(program.ana) == []
    assert "was skipped" in last_words(program.alma)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14))
    weft.settle()
    assert len(introductions(program.ana)) == 1


@pytest.mark.slow
def test_ten_in_berlin_stays_ten_when_the_clocks_change(weft, program):
    weft.live_until(datetime(2026, 3, 31, 8, tzinfo=UTC))
    weft.settle()

    third = introductions(program.ana)[-1]
    assert datetime.fromtimestamp(float(third.ts), UTC).hour == 8


def test_a_partner_who_is_deactivated_is_not_waited_for(weft, program):
    ana, partner = program.ana, program.ben
    for one in (program.cleo, program.dev):
        one.command("/coffee", "skip")
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()

    partner.deactivate()
    weft.settle()

    assert "can't make it this time" in last_words(ana)
    assert "first in line next round" in last_words(ana)


@pytest.mark.slow
def test_when_one_of_three_is_gone_the_other_two_are_introduced_again(weft, program, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()
    everyone = [*program.everyone, eva]
    three = [one for one in everyone if len(introduced(introductions(one)[0])) == 3]

    three[0].deactivate()
    weft.settle()

    assert "the two of you" in words(introductions(three[1])[-1])
    assert introductions(three[1])[-1].ts == introductions(three[2])[-1].ts


@pytest.mark.slow
def test_events_twice_late_and_out_of_order_make_one_of_everything(weft, team, workspace):
    import random

    from tests.coffee.stories import set_up

    weft.tick()
    set_up(team.alma, team.coffee)
    workspace.double_events()
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(team.coffee)
    workspace.release_events(random.Random(3))
    weft.live(days=1, hours=2)

    assert len([message for message in eva.messages() if "Welcome" in message.text]) == 1
    assert len(introductions(team.ana)) == 1


@pytest.mark.slow
def test_the_channel_hears_totals_and_no_names(weft, team, workspace):
    from tests.coffee.stories import set_up

    people = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(8)]
    for one in people:
        one.join(team.coffee)
    weft.tick()
    set_up(team.alma, team.coffee)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=14, minutes=5))
    weft.settle()

    said = [message.text for message in team.coffee.messages if "New matches" in message.text]
    assert said == ["New matches are out. Check your DMs!"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("made", "met", "told"),
    [(20, 12, 12), (20, 5, 5), (20, 15, 15), (20, 4, None), (20, 0, None), (20, 16, None), (20, 20, None)],
)
def test_how_many_met_is_told_only_where_it_says_little_of_each(made, met, told):
    assert mark_met(made, met) == told


@pytest.mark.slow
def test_people_who_are_in_touch_anyway_are_matched_with_others_first(weft, program):
    assert any(would_meet(weft, program.ana, program.cleo, seed) for seed in range(12))
    with weft.bot.begin() as work:
        for days in range(1, 8):
            talked = [(program.ana, program.cleo), (program.ben, program.dev)]
            pairs = [(a.id, b.id, ContactKind.REPLY) for a, b in talked]
            record_contacts(work, pairs, on=work.now.date() - timedelta(days=days))

    assert not any(would_meet(weft, program.ana, program.cleo, seed) for seed in range(12))


def would_meet(weft, one, other, seed):
    with weft.bot.look() as work:
        [coffee] = programs.programs(work)
        matched = match_up(work, coffee, find_participants(work, coffee), seed)
    return any({one.id, other.id} <= set(group.people) for group in matched.groups)


@pytest.mark.slow
def test_a_wish_for_a_team_is_preferred_untold_and_then_fulfilled(weft, program):
    attributes = {program.ana: "Data", program.ben: "Sales", program.cleo: "Legal", program.dev: "Support"}
    with weft.bot.begin() as work:
        rows = [f"{person.id},{team}" for person, team in attributes.items()]
        import_attributes(work, "\n".join(["person_id,team", *rows]))
    before = [would_meet(weft, program.ana, program.cleo, seed) for seed in range(12)]
    with weft.bot.begin() as work:
        network.wish(work, person_id=program.ana.id, team="Legal")
    after = [would_meet(weft, program.ana, program.cleo, seed) for seed in range(12)]
    weft.live(days=1, hours=2)

    assert sum(after) > sum(before)
    assert partners(program.ana) == [program.cleo.id]
    introduction = introductions(program.ana)[-1]
    question = r"“.+?”"  # One of the starters asks for wishes; it has nothing to do with hers.
    assert "wish" not in re.sub(question, "", introduction.text.lower() + words(introduction))
    with weft.bot.look() as work:
        assert network.wishes(work) == []


@pytest.mark.expects_error("a round could not be started")
def test_when_a_round_cannot_be_started_its_admin_hears_once_and_it_starts_when_it_can(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN - timedelta(hours=1))
    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        seed, coffee.next_seed = coffee.next_seed, "no number"

    weft.live(hours=4)

    late = [message for message in program.alma.messages() if "round is late" in message.text]
    assert len(late) == 1
    assert labels(late[0]) == ["Open program"]
    assert introductions(program.ana) == []

    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        coffee.next_seed = seed
    weft.live(hours=1)
    assert len(introductions(program.ana)) == 1


@pytest.mark.expects_error("a round could not be started")
def test_a_round_that_is_late_by_minutes_worries_nobody(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN - timedelta(hours=1))
    with weft.bot.begin() as work:
        [coffee] = programs.running_programs(work)
        coffee.next_seed = "no number"
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN + timedelta(minutes=10))

    weft.settle()

    assert not [message for message in program.alma.messages() if "round is late" in message.text]
