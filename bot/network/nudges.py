"""Nudges about a person's network: people to say hello to, and teams to get to know.

Each type is asked for hundreds of people at a time and takes a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from zlib import crc32

from bot.connections.service import Connection, known_by
from bot.core.blocks import button
from bot.core.mrkdwn import mention
from bot.core.nudge import NudgeKind, Suggestion
from bot.core.work import Work
from bot.network import blocks, rules, texts
from bot.network.remembered import last_notes
from storage.connections import network
from storage.connections.network import Pin
from storage.people import people
from storage.programs import apart, programs

Candidates = Mapping[str, Sequence[Connection]]
"""Connections by person, best first."""
MOST_LOOKED_AT = 3
"""Candidates to check for each person, as the first may have left."""
PIN_VALUE, RECONNECT_VALUE, TEAM_VALUE = 0.8, 0.6, 0.3


def known_to(work: Work, person_ids: Sequence[str]) -> Mapping[str, Sequence[Connection]]:
    """Return `known_by`, cached for the session, as several types ask about the same people."""
    known: dict[str, Sequence[Connection]] = work.session.info.setdefault("whom_they_know", {})
    missing = [person_id for person_id in person_ids if person_id not in known]
    if missing:
        found = known_by(work, missing)
        known.update((person_id, found.get(person_id, ())) for person_id in missing)
    return {person_id: known[person_id] for person_id in person_ids}


def reconnect(work: Work, person_ids: Sequence[str]) -> Iterator[Suggestion]:
    """Suggest one fading connection for each person. Pinned people are left to `stay_in_touch`."""
    today = work.now.date()
    pins = network.pins_of(work, person_ids=person_ids)
    pinned = {(pin.person_id, pin.other_id) for pin in pins}
    fading: dict[str, list[Connection]] = {}
    for person_id, known in known_to(work, person_ids).items():
        quiet = [one for one in known if one.is_fading(today) and (person_id, one.other_id) not in pinned]
        fading[person_id] = sorted(quiet, key=lambda one: (-one.times_met, -one.days_in_touch, one.other_id))
    noted = last_notes(work, sorted(fading))
    for person_id, one in still_here(work, fading):
        note = noted.get((person_id, one.other_id), "")
        yield Suggestion(
            person_id,
            about=f"with:{one.other_id}",
            why=last_time(one, today),
            step=hello_step(one, note),
            action=button(texts.SAY_HELLO(), blocks.HELLO, one.other_id),
            value=RECONNECT_VALUE + min(one.times_met, 4) * 0.05,
            private=note,
        )


def last_time(one: Connection, today: date) -> str:
    person = mention(one.other_id)
    if one.last_met_on is None:
        return texts.IN_TOUCH_BEFORE(person=person, month=blocks.month_of(one.last_on, today))
    return texts.MET_BEFORE(person=person, count=one.times_met, month=blocks.month_of(one.last_met_on, today))


def hello_step(one: Connection, note: str) -> str:
    if note:
        return texts.ASK_HOW_THINGS_ARE()
    return texts.ANOTHER_COFFEE() if one.times_met > 1 else texts.A_QUICK_HELLO()


def still_here(work: Work, candidates: Candidates) -> Iterator[tuple[str, Connection]]:
    """Yield for each person the first candidate who is still here and not kept apart from them."""
    looked_at = {one.other_id for known in candidates.values() for one in known[:MOST_LOOKED_AT]}
    cards = people.cards(work, person_ids=sorted(looked_at))
    not_together = kept_apart(work)
    for person_id, known in candidates.items():
        for one in known[:MOST_LOOKED_AT]:
            card = cards.get(one.other_id)
            if card is not None and card.is_here and one.other_id not in not_together[person_id]:
                yield person_id, one
                break


def kept_apart(work: Work) -> Mapping[str, set[str]]:
    pairs: dict[str, set[str]] = defaultdict(set)
    for one, other in apart.all_pairs(work):
        pairs[one].add(other)
        pairs[other].add(one)
    return pairs


def stay_in_touch(work: Work, person_ids: Sequence[str]) -> Iterator[Suggestion]:
    """Suggest all pinned people who are due, once in each period."""
    pins = network.pins_of(work, person_ids=person_ids)
    pinning = sorted({pin.person_id for pin in pins})
    known = known_to(work, pinning)
    last = {(person_id, one.other_id): one.last_on for person_id in pinning for one in known.get(person_id, ())}
    due = [pin for pin in pins if is_due(pin, last.get((pin.person_id, pin.other_id)), work.now.date())]
    cards = people.cards(work, person_ids=[pin.other_id for pin in due])
    noted = last_notes(work, sorted({pin.person_id for pin in due}))
    for pin in due:
        card, pair = cards.get(pin.other_id), (pin.person_id, pin.other_id)
        if card is not None and card.is_here:
            yield reminder(pin, last.get(pair), work.now.date(), noted.get(pair, ""))


def is_due(pin: Pin, last_on: date | None, today: date) -> bool:
    return rules.is_due(pin.every_weeks, last_on, pin.pinned_on, today)


def reminder(pin: Pin, last_on: date | None, today: date, note: str) -> Suggestion:
    person = mention(pin.other_id)
    return Suggestion(
        pin.person_id,
        about=f"pin:{pin.other_id}:{rules.period(last_on, pin.pinned_on)}",
        why=texts.LAST_TALKED(person=person, month=blocks.month_of(last_on, today))
        if last_on
        else texts.WANTED_TO_TALK(person=person),
        step=texts.ASK_HOW_THINGS_ARE() if note else texts.A_SHORT_MESSAGE(),
        action=button(texts.SAY_HELLO(), blocks.HELLO, pin.other_id),
        value=PIN_VALUE,
        private=note,
    )


def new_team(work: Work, person_ids: Sequence[str]) -> Iterator[Suggestion]:
    """Suggest a team in which they know no one, to members of any program."""
    in_coffee = programs.members_of_any(work, person_ids=person_ids)
    if not in_coffee:
        return
    team_of = people.teams_by_person(work)
    sizes = people.sizes(work).teams
    wished = {(wish.person_id, wish.team) for wish in network.wishes(work)}
    known = known_to(work, sorted(in_coffee))
    for person_id in sorted(in_coffee):
        own = team_of.get(person_id)
        reached = {team_of[one.other_id] for one in known.get(person_id, ()) if one.other_id in team_of}
        left = rules.unreached(sizes, reached, own)
        if own is not None and left and not any((person_id, team) in wished for team in left):
            yield get_to_know(person_id, one_of(left, person_id), len(reached - {own}), len(sizes.keys() - {own}))


def one_of(teams: Sequence[str], person_id: str) -> str:
    """Return a fixed team for each person, spread over all teams so that one does not get all the wishes."""
    return teams[crc32(person_id.encode()) % len(teams)]


def get_to_know(person_id: str, team: str, reached: int, others: int) -> Suggestion:
    """`reached`: number of other teams in which they know someone."""
    why = (
        texts.KNOW_SOME_TEAMS(reached=reached, others=others, team=team) if reached else texts.NO_ONE_IN_TEAM(team=team)
    )
    return Suggestion(
        person_id,
        about=f"team:{team}",
        why=why,
        step=texts.MEET_SOMEONE(team=team) if reached else texts.NEXT_COFFEE_THERE(),
        action=button(texts.MATCH_ME(), blocks.WISH, team),
        value=TEAM_VALUE,
    )


KINDS: Iterable[NudgeKind] = (
    NudgeKind("stay_in_touch", texts.PINS_TYPE(), stay_in_touch, rest=timedelta(days=3)),
    NudgeKind("reconnect", texts.LOSING_TOUCH_TYPE(), reconnect),
    NudgeKind("new_team", texts.NEW_TEAM_TYPE(), new_team, rest=timedelta(days=21)),
)
