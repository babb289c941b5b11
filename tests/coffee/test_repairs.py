"""A round that has begun is repaired at once, and everyone concerned is told in a line."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.people.service import import_attributes
from storage.connections.connections import FORGOTTEN, meetings_of, people_met
from storage.kinds import RoundState
from storage.rounds import turns
from storage.rounds.rounds import Round, add_matches, matches_of
from tests.coffee.stories import introduced, introductions, last_words
from tests.coffee.test_rounds import TUESDAY_TEN_IN_BERLIN, partners
from tests.privacy.test_privacy import fill_in
from tests.weft import labels, turn_to, words

WAYS_OUT = {
    "leave": lambda person: person.command("/coffee", "leave"),
    "pause": lambda person: person.command("/coffee", "pause 3w"),
    "deactivated": lambda person: person.deactivate(),
}


def begin(weft):
    weft.live_until(TUESDAY_TEN_IN_BERLIN)
    weft.settle()


def two_pairs(program):
    """Ana, her partner, and the two others."""
    [partner] = [one for one in program.everyone if one.id in partners(program.ana)]
    return program.ana, partner, [one for one in program.everyone if one not in (program.ana, partner)]


def newest(weft, *people):
    """The introduction that they read last, together."""
    weft.settle()
    found = [introductions(person)[-1] for person in people]
    assert len({message.ts for message in found}) == 1
    assert set(introduced(found[0])) == {person.id for person in people}
    return found[0]


def turns_so_far(weft, *people):
    """How often each was captain, and sat in a match of three."""
    with weft.bot.look() as work:
        [program_id] = {one.program_id for one in work.session.scalars(select(Round))}
        captain = turns.times_captain(work, program_id=program_id)
        trios = turns.trios_sat_in(work, program_id=program_id)
    return [(captain.get(one.id, 0), trios.get(one.id, 0)) for one in people]


def test_whoever_takes_over_from_the_captain_has_been_captain_and_two_who_are_left_were_no_three(weft, trio):
    known = {one.id: one for one in trio.everyone}
    first, second, third = (known[person_id] for person_id in introduced(introductions(trio.ana)[-1]))
    assert turns_so_far(weft, first, second, third) == [(1, 1), (0, 1), (0, 1)]

    first.command("/coffee", "leave")

    assert turns_so_far(weft, second, third) == [(1, 0), (0, 0)]


def test_a_pair_that_somebody_has_joined_for_its_captain_is_no_three(weft, round_started):
    ana, partner, (cleo, dev) = two_pairs(round_started)
    for one in (ana, cleo):
        one.press("Time 1 works for me", introductions(one)[-1])  # Nobody joins two who are about to find a time.
    partner.deactivate()
    weft.settle()
    captain = cleo if introduced(introductions(cleo)[-1])[0] == cleo.id else dev
    left = dev if captain is cleo else cleo

    captain.deactivate()

    newest(weft, ana, left)
    assert turns_so_far(weft, left, ana) == [(1, 0), (0, 0)]


@pytest.mark.parametrize("goes", WAYS_OUT.values(), ids=WAYS_OUT)
def test_whoever_is_left_joins_two_others_and_all_three_are_told_why(weft, round_started, goes):
    ana, partner, others = two_pairs(round_started)

    goes(partner)

    said = words(newest(weft, ana, *others), ana)
    assert "@Ana Ruiz's partner can't make it, so @Ana Ruiz is joining you." in said
    assert "Why you three?" in said


def test_whoever_is_left_meets_somebody_who_was_free_rather_than_disturb_two_others(weft, program, workspace):
    program.dev.command("/coffee", "skip")
    program.cleo.command("/coffee", "skip")
    program.ana.command("/coffee", "skip")
    begin(weft)
    assert "I couldn't find you a match" in last_words(program.ben)

    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)

    said = words(newest(weft, program.ben, eva), eva)
    assert "@Eva Horak just joined Coffee, and you're matched this round. Say hi!" in said


@pytest.mark.slow
def test_when_two_lose_their_partners_they_meet_each_other(weft, round_started):
    ana, partner, (cleo, dev) = two_pairs(round_started)
    ana.press("Time 1 works for me", introductions(ana)[-1])
    cleo.press("Time 1 works for me", introductions(cleo)[-1])

    partner.deactivate()
    weft.settle()
    assert "can't make it this time" in last_words(ana)  # The other two are about to find a time.
    assert "Your match this round was called off: someone can't make it." in words(turn_to(ana, "Today"))
    assert "3 members" in words(turn_to(round_started.alma, "Admin"))
    dev.deactivate()

    said = words(newest(weft, ana, cleo), ana)
    assert "Change of plans: " in said


@pytest.mark.slow
def test_we_met_of_two_makes_no_meeting_with_a_third_who_was_not_introduced_yet(weft, program):
    begin(weft)
    ana, partner, (one, other) = two_pairs(program)
    before = introductions(one)[-1]
    weft.clock.advance(timedelta(hours=14))  # Around midnight.
    partner.deactivate()

    assert "My next message has the right buttons" in one.press("We met", before).text

    assert people_met_by(weft, ana) == []
    weft.live(hours=16)
    one.press("We met", introductions(one)[-1])
    assert set(people_met_by(weft, ana)) == {one.id, other.id}


def test_a_coffee_that_is_planned_is_kept_when_somebody_takes_a_break(weft, round_started):
    ana, partner, _ = two_pairs(round_started)
    for one in (ana, partner):
        one.press("Time 1 works for me", introductions(one)[-1])

    partner.command("/coffee", "pause 3w")
    weft.settle()

    assert len(introductions(ana)) == 1
    assert partners(ana) == [partner.id]


@pytest.mark.slow
def test_late_in_the_round_nobody_is_matched_again(weft, round_started):
    ana, partner, _ = two_pairs(round_started)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=10, hours=3))

    partner.deactivate()
    weft.settle()

    assert "first in line next round" in last_words(ana)


@pytest.mark.slow
def test_whoever_joins_in_the_first_half_has_a_match_at_once_and_later_the_date(weft, round_started, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(round_started.coffee)
    weft.settle()
    three = introductions(eva)[-1]
    assert len(introduced(three)) == 3

    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=8))
    finn = workspace.add_person("Finn Larsen", tz="Europe/Berlin")
    finn.join(round_started.coffee)
    weft.settle()

    assert introductions(finn) == []
    assert "Your first match comes" in words(finn.messages()[-1])


def test_people_who_would_rather_not_meet_are_not_brought_together_by_a_repair(weft, round_started):
    ana, partner, others = two_pairs(round_started)
    ana.press("Edit", turn_to(ana, "My people"))
    ana.fill({"People": others})
    ana.submit()

    partner.deactivate()
    weft.settle()

    assert len(introductions(ana)) == 1
    assert "first in line next round" in last_words(ana)


def test_whoever_leaves_and_comes_back_disturbs_the_others_once(weft, round_started):
    ana, partner, others = two_pairs(round_started)

    ana.command("/coffee", "leave")
    newest(weft, partner, *others)
    said = ana.command("/coffee", "join")
    weft.settle()

    assert "Your next match comes" in words(said)
    assert len(introductions(partner)) == 2
    assert len(introductions(ana)) == 1


def test_somebody_deactivated_before_the_introduction_goes_out_is_never_introduced(weft, program):
    weft.live_until(TUESDAY_TEN_IN_BERLIN - timedelta(minutes=1))
    weft.clock.move_to(TUESDAY_TEN_IN_BERLIN)
    weft.tick()  # Decided, and not sent.
    with weft.bot.look() as work:
        [match] = matches_of(work, person_id=program.ana.id)
        [partner] = [one for one in program.everyone if one.id in {s.person_id for s in match.seats} - {program.ana.id}]
    partner.deactivate()
    weft.settle()

    assert introductions(partner) == []
    others = [one for one in program.everyone if one is not partner]
    assert newest(weft, *others)
    assert len(introductions(program.ana)) == 1


@pytest.mark.parametrize("label", ["We met", "Time 1 works for me"])
def test_a_button_of_the_old_introduction_says_that_that_coffee_was_called_off(weft, round_started, label):
    ana, partner, _others = two_pairs(round_started)
    old = introductions(ana)[-1]
    partner.deactivate()
    weft.settle()

    assert "called off" in words(ana.press(label, old))


@pytest.mark.slow
@pytest.mark.parametrize("goes", WAYS_OUT.values(), ids=WAYS_OUT)
def test_a_coffee_had_before_the_partner_went_away_is_still_kept(weft, round_started, goes):
    ana, partner, _ = two_pairs(round_started)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=12))
    [question] = [message for message in ana.messages() if "We met" in labels(message)][-1:]
    goes(partner)
    weft.settle()

    ana.press("We met", question)

    assert people_met_by(weft, ana) == [partner.id]


@pytest.mark.slow
def test_whoever_was_forgotten_was_somebody_whom_the_other_met(weft, round_started):
    ana, partner, _ = two_pairs(round_started)
    weft.live_until(TUESDAY_TEN_IN_BERLIN + timedelta(days=12))
    [question] = [message for message in ana.messages() if "We met" in labels(message)][-1:]
    partner.command("/weft", "forget me")
    fill_in(partner)
    weft.settle()

    ana.press("We met", question)

    with weft.bot.look() as work:
        [meeting] = meetings_of(work, person_id=ana.id)
        assert {seat.person_id for seat in meeting.seats} == {ana.id, FORGOTTEN}


def people_met_by(weft, person):
    with weft.bot.look() as work:
        return [one.person_id for one in people_met(work, person_id=person.id)]


@pytest.mark.slow
def test_what_was_said_of_one_partner_is_not_said_of_the_next(weft, round_started):
    ana, partner, (cleo, dev) = two_pairs(round_started)
    weft.live(days=8)
    for one in (ana, cleo):
        one.press("Not yet", one.messages()[-1])
    for one in (partner, dev):
        one.deactivate()
        weft.settle()

    newest(weft, ana, cleo)

    assert answers_in_the_match_of(weft, ana) == [None, None]


@pytest.mark.slow
def test_whose_weeks_broke_is_not_brought_together_with_somebody_else(weft, round_started):
    ana, partner, _ = two_pairs(round_started)
    weft.live(days=8)
    ana.press("Couldn't make it", ana.messages()[-1])

    partner.deactivate()
    weft.settle()

    assert len(introductions(ana)) == 1
    assert "first in line next round" in last_words(ana)


def answers_in_the_match_of(weft, person):
    with weft.bot.look() as work:
        [match] = matches_of(work, person_id=person.id)
        return [seat.answer for seat in match.seats]


@pytest.mark.parametrize("sat", [0, 1])
def test_a_third_joins_those_who_were_not_one_of_three_before(weft, round_started, workspace, sat):
    with weft.bot.begin() as work:
        this_round = matches_of(work, person_id=round_started.ana.id)[-1].round
        pairs = [[seat.person_id for seat in match.seats] for match in this_round.matches]
        add_old_trio(work, this_round, [*pairs[sat], round_started.alma.id])
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    weft.settle()
    with weft.bot.begin() as work:
        teams = {one: "Data" for one in [eva.id, *pairs[1 - sat]]} | {one: "Sales" for one in pairs[sat]}
        import_attributes(work, "\n".join(["person_id,team", *(",".join(row) for row in teams.items())]))

    eva.command("/coffee", "join")
    weft.settle()

    assert set(introduced(introductions(eva)[-1])) == {eva.id, *pairs[1 - sat]}


def add_old_trio(work, after, people):
    week = timedelta(weeks=2)
    moments = {name: getattr(after, name) - week for name in ("starts_at", "midway_at", "final_at", "ends_at")}
    plan = {"seed": "1", "weights_version": 1, "value": 0, "bound": 0, "wishes_met": 1.0, "decided_in": 0.0}
    old = Round(workspace_id=work.workspace_id, program_id=after.program_id, **moments, **plan)
    old.state, old.told_at = RoundState.CLOSED, old.starts_at
    work.session.add(old)
    work.session.flush()
    add_matches(work, this_round=old, groups=[("", people)])


def test_home_says_nothing_of_a_coffee_with_somebody_who_was_forgotten(weft, round_started):
    ana, partner, _ = two_pairs(round_started)
    ana.press("We met", introductions(ana)[-1])
    assert f"You met @{partner.name}." in words(turn_to(ana, "Today"), ana)

    partner.command("/weft", "forget me")
    fill_in(partner)
    weft.settle()

    said = words(turn_to(ana, "Today"), ana)
    assert "You met" not in said
    assert FORGOTTEN not in said
