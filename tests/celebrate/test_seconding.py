"""A reaction is a cheer: counted once, in whatever order events arrive, and told in one message."""

import itertools
import random
from datetime import timedelta

import pytest

from bot.celebrate.cheers import service as seconding
from storage.celebrations import celebrations, cheers
from tests.celebrate.conftest import later, posts, share, thank
from tests.weft import labels, turn_to, words

HANDS = "raised_hands"


@pytest.fixture
def post(weft, party):
    """Ana has thanked Ben."""
    thank(party.ana, party.ben)
    weft.carry()
    return posts(party.wins)[0]


def who_seconds(weft, post):
    with weft.bot.look() as work:
        row = celebrations.message_at(work, channel_id=post.channel_id, ts=post.ts)
        found = cheers.seconders_of(work, celebration_ids=[row.id])
        return [one.person_id for one in found.get(row.id, [])]


def news(person):
    return [words(message) for message in person.messages() if "cheered" in message.text]


def test_a_reaction_counts_once_a_person_and_taking_it_away_takes_it_back(weft, party, post):
    party.cleo.react(post, HANDS)
    party.dev.react(post, HANDS)
    assert who_seconds(weft, post) == [party.cleo.id, party.dev.id]

    party.cleo.unreact(post, HANDS)

    assert who_seconds(weft, post) == [party.dev.id]


def test_other_emoji_say_other_things_and_another_skin_says_the_same(weft, party, post):
    party.cleo.react(post, "eyes")
    party.dev.react(post, f"{HANDS}::skin-tone-4")

    assert who_seconds(weft, post) == [party.dev.id]


def test_no_one_cheers_their_own_post_or_one_about_them(weft, party, post, workspace):
    robot = workspace.add_person("Robot", is_bot=True)
    stranger = workspace.add_person("Stan", stranger=True)
    for one in (robot, stranger):
        one.join(party.wins)
    for one in (party.ana, party.ben, robot, stranger):
        one.react(post, HANDS)

    assert who_seconds(weft, post) == []


def test_events_that_come_twice_count_once(weft, party, post, workspace):
    workspace.double_events()
    party.cleo.react(post, HANDS)

    assert who_seconds(weft, post) == [party.cleo.id]


def test_whatever_order_the_events_come_in_the_last_one_counts(weft, party, post, workspace):
    for order in range(6):
        workspace.hold_events()
        workspace.double_events(order % 2 == 0)
        party.cleo.react(post, HANDS)
        party.cleo.unreact(post, HANDS)
        party.cleo.react(post, HANDS)
        party.dev.react(post, HANDS)
        party.dev.unreact(post, HANDS)
        workspace.release_events(random.Random(order))

        assert who_seconds(weft, post) == [party.cleo.id]
        party.cleo.unreact(post, HANDS)


def test_every_order_of_few_events_gives_the_same(weft, party, post):
    moves = [(True, "10.000001"), (False, "10.000002"), (True, "10.000003"), (False, "10.000004")]
    for order in itertools.permutations(moves):
        for is_on, event_ts in order:
            with weft.bot.begin() as work:
                seconding.record_cheer(
                    work,
                    channel_id=post.channel_id,
                    ts=post.ts,
                    by=party.cleo.id,
                    emoji=HANDS,
                    is_on=is_on,
                    event_ts=event_ts,
                )
        assert who_seconds(weft, post) == []


def test_events_that_were_missed_are_found_within_half_a_day(weft, party, post, workspace):
    party.dev.react(post, HANDS)
    workspace.hold_events()
    party.cleo.react(post, HANDS)
    party.dev.unreact(post, HANDS)
    workspace.deliveries.held.clear()
    assert who_seconds(weft, post) == [party.dev.id]

    later(weft, hours=15)

    assert who_seconds(weft, post) == [party.cleo.id]


def test_a_post_that_an_admin_removed_is_gone_from_home_as_well(weft, party, post, workspace):
    workspace.erase(party.wins, post)

    later(weft, hours=15)

    assert "staying late" not in words(turn_to(party.ben, "Wins and thanks"))


# Being told


def test_the_receiver_gets_one_message_for_all_cheers(weft, party, post, workspace):
    more = [workspace.add_person(f"Person {number}") for number in range(3)]
    for one in (party.cleo, party.dev, *more):
        one.join(party.wins)
        one.react(post, HANDS)
    later(weft, days=2)

    [told] = news(party.ben)
    assert told.splitlines()[0] == ":raised_hands: @Cleo Martin and 4 others cheered @Ana Ruiz's shoutout to you."
    assert "> for staying late" in told
    assert "Cheered by Support and Data, in #wins" in told
    assert labels(party.ben.messages()[-1]) == ["Turn these off"]


def test_colleagues_of_the_same_team_are_no_news(weft, party):
    thank(party.ben, party.ana)
    weft.carry()
    party.dev.react(posts(party.wins)[0], HANDS)
    later(weft, days=2)

    assert news(party.ana) == []


def test_of_a_win_its_author_and_who_helped_are_told(weft, party):
    share(weft, party.ana, party.ben)
    party.cleo.react(posts(party.wins)[0], HANDS)
    later(weft, days=2)

    assert "@Cleo Martin cheered your win." in news(party.ana)[0]
    assert "@Cleo Martin cheered the win you helped with." in news(party.ben)[0]


def test_several_at_once_are_one_message(weft, party):
    thank(party.ana, party.ben)
    thank(party.dev, party.ben)
    weft.live(minutes=1)
    for each in posts(party.wins):
        party.cleo.react(each, HANDS)
    later(weft, days=2)

    assert len(news(party.ben)) == 1
    assert news(party.ben)[0].count("cheered") == 2


def test_a_cheer_taken_back_within_the_hour_was_never_there(weft, party, post):
    party.cleo.react(post, HANDS)
    weft.live(minutes=30)
    party.cleo.unreact(post, HANDS)
    later(weft, days=2)

    assert news(party.ben) == []


def test_no_one_is_told_outside_their_working_hours(weft, party, post, clock):
    later(weft, hours=9)  # 19:00 in Berlin
    party.cleo.react(post, HANDS)
    later(weft, hours=10)
    assert news(party.ben) == []

    later(weft, hours=6)

    assert len(news(party.ben)) == 1


def test_one_tap_ends_these_messages(weft, party, post):
    party.cleo.react(post, HANDS)
    later(weft, days=1)
    said = party.ben.press("Turn these off", party.ben.messages()[-1])
    assert "no more messages about cheers" in words(said)

    thank(party.dev, party.ben)
    weft.live(minutes=1)
    party.cleo.react(posts(party.wins)[-1], HANDS)
    later(weft, days=2)

    assert len(news(party.ben)) == 1


def test_cheers_for_a_deleted_post_are_not_told(weft, party, post):
    party.cleo.react(post, HANDS)
    party.ana.press("Delete", turn_to(party.ana, "Wins and thanks"))
    weft.clock.advance(timedelta(hours=2))
    later(weft, days=1)

    assert news(party.ben) == []


@pytest.mark.sampled(1)
def test_on_both_databases_what_came_last_counts(weft_on_both, workspace):
    """Events of one person, told at the same time to two processes, or twice."""
    ana, ben, cleo = (workspace.add_person(name) for name in ("Ana Ruiz", "Ben Okafor", "Cleo Martin"))
    channel = workspace.add_channel("wins", members=[ana, ben, cleo])
    weft_on_both.tick()
    ana.command("/shoutout", f"{ben.mention} for staying late on Tuesday night", channel)
    weft_on_both.carry()
    post = posts(channel)[0]
    workspace.double_events()
    workspace.hold_events()
    cleo.react(post, HANDS)
    cleo.unreact(post, HANDS)
    cleo.react(post, HANDS)
    workspace.release_events(random.Random(3))

    assert who_seconds(weft_on_both, post) == [cleo.id]
    later(weft_on_both, days=2)
    assert len(news(ben)) == 1
