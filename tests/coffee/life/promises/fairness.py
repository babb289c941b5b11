"""Promises of a round as a whole: nobody alone, no repeats, and everybody's turn."""

from collections.abc import Iterator

from tests.coffee.life.promises import turns
from tests.coffee.life.promises.turns import alone, pairs, threes, turns_taken


def rounds_are_fair(seen) -> Iterator[str]:
    for this_round in seen.new_rounds:
        yield from unfair(seen, this_round)


def unfair(seen, this_round) -> Iterator[str]:
    """In this order: nobody is left alone without need, no more threes than needed, those in a three whose turn it is,
    and nobody meets again while somebody new is possible."""
    past = turns.before(seen.session, this_round)
    people = sorted(turns.taking_part(seen.session, this_round))
    made = [frozenset(seat.person_id for seat in match.seats) for match in this_round.matches]
    made += [frozenset([person]) for person in people if not any(person in group for group in made)]
    best = list(turns.ways(people, seen.apart_ids()))
    for what, cost in (
        ("alone", alone),
        ("in threes", threes),
        ("in a three again", lambda way: turns_taken(way, past)),
    ):
        least = min(map(cost, best))
        if cost(made) > least:
            yield f"{cost(made)} {what} instead of {least}: {made}"
            return
        best = [way for way in best if cost(way) == least]
        if what == "alone" and least:
            return  # Whoever was left alone before comes first then, whatever that means for threes.
    if pairs(made) & past.met and any(not pairs(way) & (past.met | past.introduced) for way in best):
        yield f"{made} meet again, and need not"


def the_captain_was_it_least_often(seen) -> Iterator[str]:
    for this_round in seen.new_rounds:
        past = turns.before(seen.session, this_round)
        for match in this_round.matches:
            captain, *others = [seat.person_id for seat in match.seats]
            fewest = min((past.captain[one] + past.captain_of_nobody[one] for one in others), default=0)
            if others and past.captain[captain] > fewest:
                yield f"{captain} was captain {past.captain[captain]} times before, and somebody else {fewest} times"
