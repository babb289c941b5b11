"""*Match me*: what happens then is said, and it does happen."""

from datetime import timedelta

import pytest

from bot.coffee.activity.attendance import find_participants
from bot.coffee.rounds.matching import match_up
from storage.connections import network
from storage.programs import apart, programs
from tests.coffee.stories import introductions, set_up
from tests.network.company import attributes, met
from tests.weft import labels, turn_to, words

ASK = "is up for a 15-minute coffee right now"


@pytest.fixture
def in_coffee(weft, company):
    """All but Alma have coffee; the next round is tomorrow at ten."""
    company.eva.join(company.coffee)
    set_up(company.alma, company.coffee)
    weft.settle()
    return company


def wish(person, team="Legal"):
    """Returns the window that they read."""
    person.press(f"Match me with {team}", person.command("/network").messages[0])
    return person.modal


def wished(weft):
    with weft.bot.look() as work:
        return [(row.person_id, row.team) for row in network.wishes(work)]


def introduced_in_the_next_round(weft, person):
    """Returns how they are introduced."""
    weft.live(days=1, hours=3)
    [introduction] = introductions(person)
    return introduction.text


def test_it_says_when_it_is_tried_and_what_it_depends_on(weft, in_coffee):
    said = words(wish(in_coffee.ana), in_coffee.ana)

    assert "Got it! I'll try to match you with someone from Legal." in said
    assert "Coffee: I'll try to match you with someone from Legal next round" in said
    assert "I can't promise it, but I'll keep trying." in said
    assert "Only you can see this. Your match won't know." in said
    assert labels(in_coffee.ana.modal) == ["Try now instead", "Undo"]


def test_asked_twice_it_is_noted_once_and_says_the_same(weft, in_coffee):
    wish(in_coffee.ana)
    in_coffee.ana.close()
    said = in_coffee.ana.command("/network")
    assert "On your list\nLegal · I'm trying next round" in words(said)
    in_coffee.ana.press("See options for Legal", said.messages[0])

    assert "I'm already trying to match you with someone from Legal" in words(in_coffee.ana.modal)
    assert wished(weft) == [(in_coffee.ana.id, "Legal")]


def meets(weft, person, others, seed):
    with weft.bot.look() as work:
        [coffee] = programs.programs(work)
        matched = match_up(work, coffee, find_participants(work, coffee), seed)
    [group] = [group for group in matched.groups if person.id in group.people]
    return not {other.id for other in others}.isdisjoint(group.people)


@pytest.mark.slow
def test_someone_who_wished_is_matched_with_that_team_however_the_dice_fall(weft, in_coffee):
    there = {"Legal": [in_coffee.eva], "Support": [in_coffee.dev], "Sales": [in_coffee.ben, in_coffee.cleo]}
    before = [meets(weft, in_coffee.ana, others, seed) for others in there.values() for seed in range(6)]
    assert not all(before)
    for wished_team, others in there.items():
        wish(in_coffee.ana, wished_team)
        assert all(meets(weft, in_coffee.ana, others, seed) for seed in range(6))
        in_coffee.ana.press("Undo")
        in_coffee.ana.close()


def test_the_round_fulfils_the_wish_and_tells_no_one(weft, in_coffee):
    wish(in_coffee.ana)

    assert in_coffee.eva.mention in introduced_in_the_next_round(weft, in_coffee.ana)
    assert wished(weft) == []
    assert not any("try to match you" in str(message.blocks) for message in in_coffee.eva.sees())


@pytest.mark.slow
def test_a_wish_that_can_not_be_met_waits_for_the_round_after(weft, in_coffee):
    in_coffee.eva.command("/coffee", "skip")
    wish(in_coffee.ana)
    assert in_coffee.eva.mention not in introduced_in_the_next_round(weft, in_coffee.ana)
    assert wished(weft) == [(in_coffee.ana.id, "Legal")]

    weft.live(days=14)

    assert in_coffee.eva.mention in introductions(in_coffee.ana)[-1].text
    assert wished(weft) == []


def test_no_one_is_matched_by_a_wish_with_someone_who_would_rather_not(weft, in_coffee):
    with weft.bot.begin() as work:
        apart.replace_wishes(work, person_id=in_coffee.eva.id, others=[in_coffee.ana.id])
    wish(in_coffee.ana)

    assert in_coffee.eva.mention not in introduced_in_the_next_round(weft, in_coffee.ana)


def test_instead_of_waiting_someone_on_the_team_is_asked_now(weft, in_coffee):
    wish(in_coffee.ana)
    in_coffee.ana.press("Try now instead")
    weft.carry()

    assert "I'm looking" in words(in_coffee.ana.modal)
    [question] = [message for message in in_coffee.eva.messages() if ASK in message.text]
    assert not any(ASK in message.text for one in (in_coffee.ben, in_coffee.cleo) for message in one.messages())
    in_coffee.eva.press("I'm in", question)
    weft.carry()
    assert any("both free right now" in message.text for message in in_coffee.ana.group_messages())
    assert wished(weft) == []


def test_asking_now_is_as_long_as_the_program(weft, in_coffee):
    with weft.bot.begin() as work:
        [coffee] = programs.programs(work)
        coffee.minutes = 45

    wish(in_coffee.ana)
    in_coffee.ana.press("Try now instead")
    weft.carry()

    assert "45-minute coffee" in in_coffee.eva.messages()[-1].text


def test_where_a_search_goes_on_or_two_were_had_it_says_so_instead(weft, in_coffee):
    wish(in_coffee.ana)
    in_coffee.ana.press("Try now instead")
    in_coffee.ana.close()
    said = in_coffee.ana.command("/network")
    in_coffee.ana.press("See options for Legal", said.messages[0])
    assert labels(in_coffee.ana.modal) == ["Stop looking", "Undo"]
    in_coffee.ana.close()
    for _ in range(2):
        in_coffee.ana.command("/coffee", "now stop")
        in_coffee.ana.command("/coffee", "now")
    in_coffee.ana.command("/coffee", "now stop")
    in_coffee.ana.press("See options for Legal", said.messages[0])

    assert "twice today" in words(in_coffee.ana.modal)


def test_without_a_program_it_says_that_no_round_can_bring_them_there(weft, in_coffee):
    said = words(wish(in_coffee.alma))

    assert "join a program: type `/coffee join`" in said
    assert labels(in_coffee.alma.modal) == ["Undo"]


def test_on_a_break_and_with_the_next_round_skipped_it_says_from_when_on(weft, in_coffee):
    in_coffee.ana.command("/coffee", "pause 2026-04-01")
    assert "once you're back, Wednesday, April 1, 2026" in words(wish(in_coffee.ana))
    in_coffee.ben.command("/coffee", "skip")

    assert "March 17" in words(wish(in_coffee.ben))


def test_of_a_large_team_it_is_told_that_no_one_is_in_it_and_of_a_small_one_it_is_not(weft, in_coffee, workspace):
    finance = [workspace.add_person(f"Colleague {number}") for number in range(5)]
    weft.tick()
    attributes(weft, {one: ("Finance", "Berlin") for one in finance} | {in_coffee.alma: ("Board", "Berlin")})

    assert "No one from Finance is in it yet" in words(wish(in_coffee.ana, "Finance"))
    in_coffee.ana.close()
    assert "No one from" not in words(wish(in_coffee.ana, "Board"))


def test_a_wish_is_taken_back(weft, in_coffee):
    wish(in_coffee.ana)
    in_coffee.ana.press("Undo")
    in_coffee.ana.close()

    assert wished(weft) == []
    assert "On your list" not in words(in_coffee.ana.home)


def test_a_wish_stays_in_sight_though_the_team_was_reached_otherwise_or_is_gone(weft, in_coffee):
    wish(in_coffee.ana)
    in_coffee.ana.close()
    met(weft, in_coffee.ana, in_coffee.eva)
    assert "Legal · I'm trying next round" in words(turn_to(in_coffee.ana, "My people"))
    attributes(weft, {one: ("Data", "Berlin") for one in in_coffee.everyone})
    in_coffee.ana.press("See options for Legal", turn_to(in_coffee.ana, "My people"))
    in_coffee.ana.press("Undo")

    assert wished(weft) == []


def test_a_wish_for_a_team_that_is_gone_is_answered_with_a_sentence(weft, company):
    said = company.ana.command("/network")
    attributes(weft, {one: ("Data", "Berlin") for one in company.everyone})

    assert "No one is on that team anymore" in words(company.ana.press("Match me with Legal", said.messages[0]))


def test_a_button_pressed_after_the_program_has_gone_is_answered_with_a_sentence(weft, in_coffee):
    wish(in_coffee.ana)
    with weft.bot.begin() as work:
        [coffee] = programs.programs(work)
        work.session.delete(coffee)
    weft.clock.advance(timedelta(minutes=1))
    in_coffee.ana.press("Try now instead")

    assert "That program doesn't exist" in words(in_coffee.ana.modal)
