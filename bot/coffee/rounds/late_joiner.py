"""Finds a place in a running round for someone who joins late or lost their match."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.coffee.program.kinds import kind_of
from bot.coffee.rounds import matching
from bot.core.calendar import zone_or_utc
from bot.core.work import Work
from bot.matching import History, Participant, Request, add_late_joiner
from bot.matching import Kind as Rule
from bot.people import service as people_service
from storage.kinds import AbsenceReason
from storage.people import people
from storage.people.people import Person
from storage.programs import apart, programs
from storage.programs.programs import Program
from storage.rounds import places, rounds, turns
from storage.rounds.rounds import Match, Round

Id = TypeVar("Id", str, int)
MOST = 50
"""Size of the random sample of matches and of free people, so that large rounds are quick too."""


@dataclass(frozen=True)
class Place:
    others: tuple[str, ...]
    match: Match | None
    """The match that has room; None if the others are free."""
    why: str


def find_place(
    work: Work, program: Program, this_round: Round, person: Person, *, without: str | None = None
) -> Place | None:
    """Find a place with someone free, else as the third in a match without a time.

    `without`: the person just taken out of this match. They may still count as a member, as when being forgotten.
    """
    programs.lock_program(work, program_id=program.id)  # Serializes concurrent searches.
    free = free_people(work, program, this_round, but={person.person_id, without})
    matches = {match.id: match for match in open_matches(work, this_round, but=person.person_id)}
    seated = {seat.person_id: match for match in matches.values() for seat in match.seats}
    known = people.get_many(work, person_ids=seated) | free
    matches = {m.id: m for m in matches.values() if all(seat.person_id in known for seat in m.seats)}
    if not free and not matches:
        return None
    groups = [[seat.person_id for seat in match.seats] for match in matches.values()]
    sitting = [known[member] for group in groups for member in group]
    groups_of = groups_in(work, program, [*free.values(), *sitting, person])
    if groups_of and None in groups_of.values():
        return None  # With groups, each person has to have one.
    request = small_request(work, program, [*free.values(), *sitting], person, groups_of)
    group = add_late_joiner(request, groups, sorted(free), as_participant(work, person, groups_of, trios=0))
    if group is None:
        return None
    others = tuple(member for member in group.members if member != person.person_id)
    match = seated.get(others[0])
    # In the order of the introduction: a newcomer is the last of a match.
    ids = [*(seat.person_id for seat in match.seats), person.person_id] if match else [person.person_id, *others]
    return Place(others, match, matching.why(group, [{**known, person.person_id: person}[one] for one in ids]))


def free_people(work: Work, program: Program, this_round: Round, *, but: Collection[str | None]) -> dict[str, Person]:
    """Return members who wanted a match and have none."""
    today = work.now.astimezone(zone_or_utc(program.zone)).date()
    ids = places.unmatched_members(
        work, program_id=program.id, round_id=this_round.id, today=today, reasons=[AbsenceReason.NO_ONE_FREE]
    )
    chosen = sample(work, [person_id for person_id in ids if person_id not in but])
    known = people.get_many(work, person_ids=chosen)
    return {one: person for one, person in known.items() if people_service.can_be_met(person, work.now)}


def open_matches(work: Work, this_round: Round, *, but: str) -> list[Match]:
    """Return matches without any activity yet, which one more person may join."""
    ids = sample(work, places.untouched_matches(work, round_id=this_round.id, size=this_round.program.size))
    found = [rounds.match(work, match_id=match_id) for match_id in ids]
    return [match for match in found if match is not None and but not in [seat.person_id for seat in match.seats]]


def sample(work: Work, ids: Sequence[Id]) -> list[Id]:
    return list(ids) if len(ids) <= MOST else work.rng.sample(list(ids), MOST)


def groups_in(work: Work, program: Program, everyone: Sequence[Person]) -> dict[str, str | None]:
    """Return each person's group; empty if the program has none."""
    kind = kind_of(program)
    there = programs.get_memberships(work, program_id=program.id, person_ids=[person.person_id for person in everyone])
    members = {member.person_id: member for member in there}
    if kind.groups_of is None:
        return {}
    return kind.groups_of(work, program, {person.person_id: person for person in everyone}, members)


def as_participant(work: Work, person: Person, groups_of: Mapping[str, str | None], *, trios: int) -> Participant:
    """`trios`: how often they were one of three. People who had their turn get no third again."""
    return replace(matching.participant(person, work.now, trios, 0, ()), group=groups_of.get(person.person_id))


def small_request(
    work: Work, program: Program, candidates: Sequence[Person], joiner: Person, groups_of: Mapping[str, str | None]
) -> Request:
    everyone = {person.person_id for person in [*candidates, joiner]}
    wishes = apart.all_pairs(work)
    wishes += programs.pairs_apart_once(work, program_id=program.id)
    trios = turns.trios_sat_in(work, program_id=program.id, among=everyone)
    return Request(
        people=tuple(
            as_participant(work, person, groups_of, trios=trios.get(person.person_id, 0)) for person in candidates
        ),
        kind=Rule(kind_of(program).rule),
        size=program.size,
        blocks=[pair for pair in wishes if everyone.issuperset(pair)],
        history=History.of([row for row in matching.history_of(work, among=everyone) if everyone.issuperset(row[:2])]),
        is_history_whole=False,
    )
