"""On Friday at 15:00 the week's wins and thanks come together."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.celebrate.digest.rules import in_order, next_digest_at
from tests.celebrate.conftest import FASTER, LATE, choose, later, posts, share, thank, until
from tests.weft import words

FRIDAY = datetime(2026, 3, 6, 14, tzinfo=UTC)  # 15:00 in Berlin


def digests(channel):
    return [words(post) for post in posts(channel) if post.text.startswith("This week")]


def test_the_digest_comes_on_friday_at_three_in_the_zone_that_was_chosen(weft, party):
    share(weft, party.ana, party.ben)
    until(weft, FRIDAY - timedelta(minutes=1))
    assert digests(party.wins) == []
    weft.live(minutes=1)

    [digest] = digests(party.wins)
    assert "What worked\n@Ana Ruiz: Builds take 5 minutes" in digest
    assert "Read it" in digest


@pytest.mark.slow
def test_a_week_with_nothing_says_nothing(weft, party):
    later(weft, days=14)

    assert posts(party.wins) == []


@pytest.mark.slow
def test_each_is_in_one_digest_only(weft, party):
    thank(party.ana, party.ben)
    later(weft, days=5)
    thank(party.cleo, party.dev)
    later(weft, days=7)

    first, second = digests(party.wins)
    assert ("@Ana Ruiz thanks" in first, "@Cleo Martin thanks" in first) == (True, False)
    assert ("@Ana Ruiz thanks" in second, "@Cleo Martin thanks" in second) == (False, True)


def test_what_other_teams_cheer_comes_first(weft, party):
    thank(party.ana, party.ben)
    thank(party.ben, party.ana)
    weft.live(minutes=1)
    second = posts(party.wins)[1]
    party.dev.react(second, "raised_hands")  # Of Ana's own team.
    party.cleo.react(second, "raised_hands")
    until(weft, FRIDAY)

    [digest] = digests(party.wins)
    assert digest.index("@Ben Okafor thanks @Ana Ruiz") < digest.index("@Ana Ruiz thanks @Ben Okafor")
    assert "Cheered by Support" in digest
    assert "Data" not in digest


def test_what_is_private_stays_out_and_so_does_what_was_deleted(weft, party):
    from tests.weft import turn_to

    party.ana.command("/shoutout")
    party.ana.fill(
        {"Who's it for?": [party.ben], "What did they do?": LATE, "Who can see it": "Only the people I thank"}
    )
    party.ana.submit()
    party.ana.close()
    share(weft, party.cleo, party.ben)
    party.cleo.press("Delete", turn_to(party.cleo, "Wins and thanks"))
    until(weft, FRIDAY + timedelta(hours=1))

    assert digests(party.wins) == []


def test_weft_being_down_at_three_it_comes_a_little_later_and_once(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    weft.clock.move_to(FRIDAY + timedelta(hours=5))
    later(weft, days=1)

    assert len(digests(party.wins)) == 1


def test_after_a_weekend_down_it_waits_and_holds_both_weeks(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    weft.clock.move_to(FRIDAY + timedelta(days=3))
    later(weft, hours=1)
    assert digests(party.wins) == []

    later(weft, days=5)

    assert LATE in digests(party.wins)[0]


def test_an_admin_can_do_without(weft, party):
    choose(party.alma, party.wins, **{"Also post": []})
    thank(party.ana, party.ben)
    later(weft, days=7)

    assert digests(party.wins) == []


@pytest.mark.slow
def test_a_busy_week_is_cut_to_a_comfortable_read(weft, party, workspace):
    for number in range(24):
        one = workspace.add_person(f"Person {number}")
        share(weft, one, party.ben, f"{FASTER} number {number}")
    until(weft, FRIDAY)

    [digest] = digests(party.wins)
    assert "And 4 more in this channel." in digest
    assert "This week: 24 wins." in posts(party.wins)[-1].text


@settings(max_examples=50)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC)),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC"]),
)
def test_the_next_digest_is_a_friday_at_three_within_a_week(now, zone):
    at = next_digest_at(now, ZoneInfo(zone))
    local = at.astimezone(ZoneInfo(zone))

    assert (local.weekday(), local.hour, local.minute) == (4, 15, 0)
    assert now < at <= now + timedelta(days=7, hours=2)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1000))))
def test_more_teams_go_first_and_then_whoever_was_earlier(rows):
    items = [((teams, minute), teams, FRIDAY + timedelta(minutes=minute)) for teams, minute in rows]

    ordered = in_order(items)

    assert ordered == sorted(rows, key=lambda one: (-one[0], one[1]))
