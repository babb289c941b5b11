"""What has to hold after every step. One function each: it yields a sentence for each time that it was broken."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations

from sqlalchemy import select

from storage.connections.connections import Meeting
from storage.kinds import AbsenceReason, DeliveryState
from storage.rounds.rounds import Absence, Seat
from tests.coffee.life.people import BERLIN
from tests.coffee.life.promises import agreeing, asking, coffee_now, lost, nudging, silence, writing
from tests.coffee.life.promises.fairness import rounds_are_fair, the_captain_was_it_least_often
from tests.coffee.life.promises.turns import taking_part
from tests.coffee.life.seen import Seen

ON_TIME, CATCHES_UP = timedelta(minutes=15), timedelta(hours=24)
WORKING_HOURS = range(9, 17)


Promise = Callable[[Seen], Iterator[str]]


# Rounds


def rounds_begin_on_time(seen: Seen) -> Iterator[str]:
    for one in seen.new_rounds:
        if (hour := f"{one.starts_at.astimezone(BERLIN):%a %H:%M}") != "Tue 10:00":
            yield f"a round is of {hour}"
        if not timedelta() <= seen.began - one.starts_at <= CATCHES_UP:
            yield f"the round of {one.starts_at} began at {seen.began}"


def rounds_are_caught_up_in_working_hours(seen: Seen) -> Iterator[str]:
    local = seen.began.astimezone(BERLIN)
    for one in seen.new_rounds:
        if seen.began - one.starts_at > ON_TIME and local.hour not in WORKING_HOURS:
            yield f"a round was caught up at {local:%a %H:%M}"


def only_who_takes_part_is_matched(seen: Seen) -> Iterator[str]:
    for one, names in seen.new_matches():
        for name in names:
            if why := seen.life.known[name].why_not(one.starts_at, seen.began):
                yield f"{name} {why} and was matched"


def who_takes_part_is_in_the_round(seen: Seen) -> Iterator[str]:
    """With a match, or told that there is none for them."""
    for one in seen.new_rounds:
        on_holiday = select(Absence.person_id).where(
            Absence.round_id == one.id, Absence.reason == AbsenceReason.ON_HOLIDAY
        )
        there = {*taking_part(seen.session, one), *seen.session.scalars(on_holiday)}
        for name, known in seen.life.known.items():
            if seen.life.people[name].id not in there and known.surely_takes_part(one.starts_at, seen.began):
                yield f"{name} takes part, and was left out"


def nothing_is_decided_for_who_is_gone(seen: Seen) -> Iterator[str]:
    """Who was gone before, so that everybody knew."""
    gone = {seen.life.people[name].id: name for name, known in seen.life.known.items() if known.was_gone}
    for row in seen.new_rows():
        for person_id in gone.keys() & set(row.people):
            if seen.life.known[gone[person_id]].is_gone:
                yield f"{gone[person_id]} is gone, and it was decided to write {row.key}"


def who_would_rather_not_meet_does_not(seen: Seen) -> Iterator[str]:
    for _, names in seen.new_matches():
        for pair in combinations(names, 2):
            if set(pair) in seen.life.apart:
                yield f"{pair} are to be kept apart and were matched"


def matches_are_of_two_or_three(seen: Seen) -> Iterator[str]:
    yield from (f"{names} were matched" for _, names in seen.new_matches() if len(names) not in {2, 3})


def everybody_sits_once_in_a_round(seen: Seen) -> Iterator[str]:
    times = Counter((seat.round_id, seat.person_id) for seat in seen.session.scalars(select(Seat)))
    yield from (f"{person_id} has {n} seats in round {one}" for (one, person_id), n in times.items() if n > 1)


# Meetings


def meetings_are_kept_once(seen: Seen) -> Iterator[str]:
    met = {f"match:{match_id}" for match_id in seen.met} | {f"now:{number}" for number in seen.life.met_now}
    kept = Counter(meeting.origin for meeting in seen.session.scalars(select(Meeting)))
    yield from (f"{origin} is kept {kept[origin]} times" for origin in met if kept[origin] != 1)
    yield from (f"{origin} did not meet and is kept" for origin in kept.keys() - met)


# Messages


def each_message_comes_once(seen: Seen) -> Iterator[str]:
    times = Counter(key for key, _ in seen.posted if key is not None)
    yield from (f"{key} came {n} times" for key, n in times.items() if n > 1)


def everybody_is_welcomed_once(seen: Seen) -> Iterator[str]:
    """However often they come and go."""
    welcomes = [row for key, row in seen.keys.items() if ":welcome:" in key and row.state is DeliveryState.SENT]
    times = Counter(row.recipient for row in welcomes)
    yield from (f"{seen.life.name_of(person_id)} was welcomed {n} times" for person_id, n in times.items() if n > 1)


def nobody_waits_for_who_is_gone(seen: Seen) -> Iterator[str]:
    gone = seen.gone()
    for match in seen.running_matches:
        if any(seat.person_id in gone for seat in match.seats):
            yield f"match {match.id} waits for somebody who is gone"


def nothing_waits_for_who_is_gone(seen: Seen) -> Iterator[str]:
    gone = seen.gone()
    for message in seen.keys.values():
        if message.state is DeliveryState.WAITING and gone & set(message.people):
            yield f"{message.key} waits for somebody who is gone"


def who_wants_peace_has_it(seen: Seen) -> Iterator[str]:
    """But for the answer to what they have asked for themselves."""
    life = seen.life
    for name, person in life.people.items():
        new = [one for one in person.messages()[life.private_seen[name] :] if not seen.is_an_answer(one)]
        if new and (why := life.known[name].wants_peace(life.clock.now())):
            yield f"{name} {why} and was written to: {new[0].text}"


PROMISES: tuple[Promise, ...] = (
    rounds_begin_on_time,
    rounds_are_caught_up_in_working_hours,
    only_who_takes_part_is_matched,
    who_takes_part_is_in_the_round,
    nothing_is_decided_for_who_is_gone,
    who_would_rather_not_meet_does_not,
    matches_are_of_two_or_three,
    everybody_sits_once_in_a_round,
    lost.no_round_is_lost,
    rounds_are_fair,
    the_captain_was_it_least_often,
    lost.every_match_is_introduced,
    lost.each_match_is_introduced_as_it_sits_now,
    lost.who_has_nobody_to_meet_any_more_is_told,
    lost.everybody_is_asked_whether_they_met,
    agreeing.times_suit_everybody,
    agreeing.nobody_agrees_on_a_time_that_has_passed,
    agreeing.who_all_chose_the_same_time_has_agreed,
    agreeing.each_agreement_is_told_once_to_all_of_the_match,
    agreeing.an_agreement_brings_links_to_the_time_itself,
    writing.what_people_write_is_read_by_nobody_else,
    writing.what_people_write_is_shown_when_all_of_them_have_written,
    writing.what_people_write_is_shown_once,
    writing.who_all_have_written_see_it,
    asking.who_says_nothing_is_asked_midway_and_at_the_end,
    asking.whoever_can_be_asked_today_is,
    asking.who_has_answered_is_not_asked_any_more,
    asking.people_are_asked_about_those_who_sit_with_them,
    silence.nobody_is_put_on_a_break_unasked,
    silence.nobody_is_put_on_a_break_unheard,
    silence.nobody_is_asked_to_stay_who_said_something,
    coffee_now.who_is_asked_for_a_coffee_now_has_time_for_it,
    coffee_now.nobody_is_asked_twice_a_day_for_a_coffee_now,
    coffee_now.one_at_most_finds_whoever_looks,
    coffee_now.who_looks_for_a_coffee_now_hears_of_it,
    meetings_are_kept_once,
    each_message_comes_once,
    everybody_is_welcomed_once,
    lost.what_is_sent_has_arrived,
    nobody_waits_for_who_is_gone,
    nothing_waits_for_who_is_gone,
    nudging.nobody_is_written_to_twice_on_a_day,
    nudging.nobody_gets_a_fourth_nudge_in_a_week,
    nudging.what_comes_unasked_comes_in_working_hours,
    nudging.what_comes_unasked_has_a_way_out,
    nudging.who_turned_suggestions_off_gets_none,
    nudging.what_goes_unanswered_three_times_says_so_and_stops,
    who_wants_peace_has_it,
)


def broken(seen: Seen) -> list[str]:
    return [f"{promise.__name__}: {words}" for promise in PROMISES for words in promise(seen)]
