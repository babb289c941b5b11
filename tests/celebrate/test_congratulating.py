"""People who know a colleague with good news may congratulate them, in their own words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.celebrate.congratulating.rules import MOST, closest
from bot.celebrate.congratulating.suggestions import NUDGES
from bot.core.blocks import actions, section
from bot.core.message import Message
from storage.connections import connections
from storage.kinds import MetThrough
from tests.celebrate.conftest import later, posts, share, thank
from tests.weft import words

CONGRATULATE, SHARE, THANK = NUDGES


def met(weft, one, other, *days):
    with weft.bot.begin() as work:
        for day in days:
            connections.record_meeting(
                work,
                people=[one.id, other.id],
                met_on=day,
                through=MetThrough.PROGRAM,
                origin=f"match:{one.id}:{other.id}:{day}",
            )


def suggestions(weft, kind, *people):
    with weft.bot.begin() as work:
        return list(kind.propose(work, [one.id for one in people]))


@pytest.fixture
def friends(weft, party):
    met(weft, party.cleo, party.ana, date(2025, 12, 10), date(2026, 1, 14))
    met(weft, party.ben, party.ana, date(2026, 2, 3))
    return party


def test_people_who_have_met_the_person_may_congratulate_with_the_connection_named(weft, friends):
    share(weft, friends.ana, friends.ben)
    weft.live(minutes=5)

    [one] = suggestions(weft, CONGRATULATE, friends.cleo, friends.dev, friends.ben)
    assert one.person_id == friends.cleo.id
    assert one.why.startswith(f"<@{friends.ana.id}> shared a win: “Builds take 5 minutes")
    assert one.why.endswith("”. You two had coffee in January.")
    assert one.step == "Want to say congrats?"


def test_a_year_ago_is_named_with_its_year(weft, party):
    met(weft, party.cleo, party.ana, date(2025, 5, 7))
    share(weft, party.ana, party.ben)
    weft.live(minutes=5)

    assert "in May 2025" in suggestions(weft, CONGRATULATE, party.cleo)[0].why


def press(weft, person, suggestion):
    with weft.bot.begin() as work:
        message = Message("News", [section(suggestion.step), actions(suggestion.action)])
        work.send(message, to=person.id, key=suggestion.about)
    weft.carry()
    return person.press("Congratulate", person.messages()[-1])


def test_their_own_words_go_into_the_thread_in_their_name_once(weft, friends):
    share(weft, friends.ana, friends.ben)
    weft.live(minutes=5)
    press(weft, friends.cleo, suggestions(weft, CONGRATULATE, friends.cleo)[0])
    friends.cleo.fill({"Your words": "This makes my mornings <!channel> better"})
    assert friends.cleo.submit() == {}
    weft.carry()

    [post] = posts(friends.wins)
    [answer] = friends.wins.threads[post.ts]
    assert words(answer) == "From @Cleo Martin:\n> This makes my mornings <!channel> better"
    assert "says congrats: “This makes my mornings &lt;!channel&gt; better”" in answer.text
    assert "<!" not in str(answer.blocks)
    assert suggestions(weft, CONGRATULATE, friends.cleo) == []
    said = friends.cleo.press("Congratulate", friends.cleo.messages()[-1])
    assert "You've already said congrats" in words(said)


def test_a_cheer_is_congratulation_enough(weft, friends):
    share(weft, friends.ana, friends.ben)
    friends.cleo.react(posts(friends.wins)[0], "raised_hands")
    weft.live(minutes=5)

    assert suggestions(weft, CONGRATULATE, friends.cleo) == []


def test_for_a_shoutout_the_friends_of_the_receiver_are_asked_and_not_the_giver(weft, friends):
    thank(friends.ben, friends.ana)
    weft.carry()
    weft.live(minutes=5)

    found = suggestions(weft, CONGRATULATE, friends.cleo, friends.ben)

    assert [one.person_id for one in found] == [friends.cleo.id]
    assert found[0].why == f"<@{friends.ana.id}> just got a shoutout, and you two had coffee in January."


def test_never_more_than_three_are_asked_even_when_others_meet_them_later(weft, party, workspace):
    crowd = [workspace.add_person(f"Person {number}") for number in range(6)]
    for number, one in enumerate(crowd):
        met(weft, one, party.ana, *[date(2026, 1, 5 + each) for each in range(number + 1)])
    share(weft, party.ana, party.ben)
    weft.live(minutes=5)
    first = {one.person_id for one in suggestions(weft, CONGRATULATE, *crowd)}
    met(weft, crowd[0], party.ana, *[date(2026, 2, 1 + each) for each in range(20)])
    later(weft, hours=1)

    assert first == {one.id for one in crowd[3:]}
    assert {one.person_id for one in suggestions(weft, CONGRATULATE, *crowd)} == first


def test_what_was_taken_back_or_is_old_is_not_worth_a_word(weft, friends):
    share(weft, friends.ana, friends.ben)
    weft.live(minutes=5)
    [one] = suggestions(weft, CONGRATULATE, friends.cleo)
    press(weft, friends.cleo, one)
    friends.cleo.fill({"Your words": "Well done"})
    later(weft, days=5)
    assert suggestions(weft, CONGRATULATE, friends.cleo) == []
    assert friends.cleo.submit() == {}


def test_an_empty_congratulation_is_refused_in_the_form(weft, friends):
    share(weft, friends.ana, friends.ben)
    weft.live(minutes=5)
    press(weft, friends.cleo, suggestions(weft, CONGRATULATE, friends.cleo)[0])
    friends.cleo.fill({"Your words": " \u200b "})

    assert "Add a line first." in str(friends.cleo.submit())


def test_on_friday_people_who_asked_for_it_are_reminded_unless_they_shared_one(weft, party):
    assert [kind.is_on_by_default for kind in NUDGES] == [True, False, False]
    assert suggestions(weft, SHARE, party.ana, party.ben) == []
    later(weft, days=4)
    share(weft, party.ben, party.ana)

    assert [one.person_id for one in suggestions(weft, SHARE, party.ana, party.ben)] == [party.ana.id]


def test_a_person_they_met_this_week_may_be_thanked(weft, party):
    met(weft, party.ana, party.cleo, date(2026, 2, 27))
    [one] = suggestions(weft, THANK, party.ana)
    assert one.why == f"You met <@{party.cleo.id}> on Friday."

    thank(party.ana, party.cleo)

    assert suggestions(weft, THANK, party.ana) == []


def test_people_who_have_left_are_no_longer_thanked(weft, party):
    met(weft, party.ana, party.cleo, date(2026, 2, 27))
    party.cleo.deactivate()
    weft.tick()

    assert suggestions(weft, THANK, party.ana) == []


DAYS = st.lists(st.dates(date(2025, 1, 1), date(2026, 1, 1)), min_size=1, max_size=5)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), DAYS, max_size=8))
def test_no_one_who_is_left_out_has_met_more_often(met_days):
    chosen = closest(met_days)

    assert len(chosen) == min(MOST, len(met_days))
    left = set(met_days) - set(chosen)
    assert all(len(met_days[one]) >= len(met_days[other]) for one in chosen for other in left)


def test_the_engine_brings_it_with_a_way_out_and_it_is_answered_there(weft, friends):
    weft.clock.advance(timedelta(days=7))  # Nothing is suggested in people's first days.
    share(weft, friends.ana, friends.ben)
    later(weft, days=2)

    message = friends.cleo.messages()[-1]
    assert "You two had coffee in January." in words(message)
    friends.cleo.press("Congratulate", message)
    friends.cleo.fill({"Your words": "That saves me an hour a week, thank you"})
    assert friends.cleo.submit() == {}
    weft.carry()

    [post] = posts(friends.wins)
    assert len(friends.wins.threads[post.ts]) == 1
