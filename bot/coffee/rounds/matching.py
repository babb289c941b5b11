"""Matching of a round: builds the input from people and history, and turns the result into the bot's terms.

Import only where a round is decided: the dependencies take a second and 50 MB to load.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.coffee.matches.preferences import wanted_teams, wishes_apart
from bot.coffee.program.kinds import kind_of
from bot.coffee.rounds.matches_made import Group, Matching, Quality
from bot.coffee.rounds.rules import captain_first
from bot.coffee.texts import rounds as texts
from bot.core.calendar import WorkingHours
from bot.core.work import Work
from bot.matching import (
    TOLD,
    WEIGHTS_VERSION,
    History,
    Participant,
    Past,
    Request,
    Result,
    Term,
    TermKind,
    match,
    words,
)
from bot.matching import Group as MatchedGroup
from bot.matching import Kind as Rule
from bot.people.hours import hours_of
from storage.connections import connections, contacts
from storage.kinds import AbsenceReason
from storage.people import people
from storage.people.people import Person
from storage.programs import programs
from storage.programs.programs import Membership, Program
from storage.rounds import turns

REASONS_TOLD, PAIR = 3, 2
TELLS_OF_MEETINGS = {TermKind.FIRST_COFFEE, TermKind.NOT_MET, TermKind.MET_BEFORE}
THIS_WEEK = timedelta(days=7)
IN_TOUCH_WITHIN, IN_TOUCH_ON = timedelta(days=90), 3
"""People with contact on this many days within the period are in touch."""
EACH_HAS: Mapping[TermKind, Callable[[Person], str | None]] = {
    TermKind.FIRST_COFFEE: lambda person: person.team,
    TermKind.TEAMS: lambda person: person.team,
    TermKind.DEPARTMENTS: lambda person: person.department,
    TermKind.OFFICES: lambda person: person.office,
}
DAY = 1440
"""In minutes."""


def match_up(
    work: Work,
    program: Program,
    present: Mapping[str, Person],
    seed: int,
    *,
    past_among: Collection[str] | None = None,
    private_lists: bool = True,
) -> Matching:
    """Return the best matching of all participants by the program's type, the captain first.

    `past_among`: read the history among these few people only. `private_lists`: whether private block lists apply, or
    only pairs that admins keep apart.
    """
    kind = kind_of(program)
    there = programs.get_memberships(work, program_id=program.id, person_ids=present)
    members = {member.person_id: member for member in there}
    taking_part = {one: present[one] for one in members}
    groups = kind.groups_of(work, program, taking_part, members) if kind.groups_of else {}
    without = {one: kind.without_group(program) for one, group in groups.items() if group is None}
    past = list(history_of(work, among=past_among))
    apart = wishes_apart(work, program) if private_lists else programs.pairs_apart_once(work, program_id=program.id)
    result = best_of_the_week(
        work,
        program,
        partial(request_for, work, program, present, members, groups, past, past_among is None, seed),
        apart,
    )
    alone = dict.fromkeys(result.alone, AbsenceReason.NO_ONE_FREE)
    captains = turns.times_captain(work, program_id=program.id)
    return Matching(
        tuple(captain_turns(group, captains, present) for group in result.groups),
        seed,
        {**without, **alone},
        quality_of(result),
    )


def quality_of(result: Result) -> Quality:
    return Quality(
        value=result.value,
        bound=result.bound,
        wishes_met=result.wishes_met,
        gap_ppm=result.gap_ppm,
        seconds=result.seconds,
        weights_version=WEIGHTS_VERSION,
        connected=result.connected,
    )


def best_of_the_week(
    work: Work,
    program: Program,
    request: Callable[[Sequence[tuple[str, str]]], Request],
    apart: Sequence[tuple[str, str]],
) -> Result:
    """Match without pairs that another program matched this week, unless repeats leave fewer people alone."""
    since = work.now - THIS_WEEK
    recent = turns.pairs_matched_since(work, since=since, but=program.id)
    result = match(request([*apart, *recent]))
    if not recent or not result.alone:
        return result
    with_repeats = match(request(apart))
    return with_repeats if len(with_repeats.alone) < len(result.alone) else result


def request_for(
    work: Work,
    program: Program,
    present: Mapping[str, Person],
    members: Mapping[str, Membership],
    groups: Mapping[str, str | None],
    past: Collection[tuple[str, str, Past, float]],
    is_whole: bool,
    seed: int,
    apart: Sequence[tuple[str, str]],
) -> Request:
    trios = turns.trios_sat_in(work, program_id=program.id)
    wished = wanted_teams(work)
    everyone = tuple(
        replace(
            participant(
                present[person_id], work.now, trios.get(person_id, 0), member.left_alone, wished.get(person_id, ())
            ),
            group=groups.get(person_id),
        )
        for person_id, member in members.items()
        if not groups or groups[person_id] is not None
    )
    known_from_before = {person_id for row in past for person_id in row[:2]}
    taking_part = {person.person_id for person in everyone}
    absent = (known_from_before | {person_id for pair in apart for person_id in pair}) - taking_part
    teams = people.teams_by_person(work) if absent else {}
    return Request(
        people=everyone,
        kind=Rule(kind_of(program).rule),
        size=program.size,
        blocks=apart,
        history=History.of(past),
        is_history_whole=is_whole,
        absent={person_id: teams.get(person_id) for person_id in absent},
        seed=seed,
    )


def participant(person: Person, now: datetime, trios: int, left_alone: int, wished: Sequence[str]) -> Participant:
    return Participant(
        person.person_id,
        team=person.team,
        department=person.department,
        office=person.office,
        level=person.level,
        working_hours=working_minutes(hours_of(person), now.date()),
        topics=[topic.casefold() for topic in person.topics],
        wanted_teams=tuple(wished),
        trios=trios,
        left_out=left_alone,
    )


def working_minutes(hours: WorkingHours, day: date) -> tuple[tuple[int, int], ...] | None:
    """Return the working day around this date as minutes of the UTC day; None if empty."""
    starts, ends = hours.on(day)
    first, length = starts.hour * 60 + starts.minute, int((ends - starts).total_seconds()) // 60
    return ((first, first + min(length, DAY)),) if length > 0 else None


def history_of(work: Work, *, among: Collection[str] | None = None) -> Iterator[tuple[str, str, Past, float]]:
    """Yield (person, person, type, days ago) of meetings, introductions that led to none, and contact.

    Of all people, or among these; contact is always of all.
    """
    today = work.now.date()
    for a, b, met_on in connections.met_pairs(work, among=among):
        yield a, b, Past.MET, max((today - met_on).days, 0)
    for a, b, at in turns.pairs_introduced(work, among=among):
        yield a, b, Past.INTRODUCED, max((work.now - at).total_seconds() / 86400, 0)
    for a, b, on in contacts.pairs_in_touch(work, since=today - IN_TOUCH_WITHIN, at_least=IN_TOUCH_ON):
        yield a, b, Past.IN_TOUCH, max((today - on).days, 0)


def captain_turns(group: MatchedGroup, times_captain: Mapping[str, int], present: Mapping[str, Person]) -> Group:
    ordered = captain_first(group.members, times_captain)
    as_they_stand = [present[person_id] for person_id in ordered]
    for_admins = why_for_admins(group, [present[person_id] for person_id in sorted(ordered)])
    is_first = any(term.kind is TermKind.FIRST_COFFEE for term in group.terms)
    return Group(ordered, why(group, as_they_stand), unmet(group), for_admins, is_first)


def why(group: MatchedGroup, as_they_stand: Sequence[Person]) -> str:
    """Return the reasons for this match, strongest first: "You haven't met yet · Sales and Data".

    Teams and the like are in the order of the people, so that each is read as their own.
    """
    return " · ".join([*with_fresh_seed(group), *reasons(group, as_they_stand)]) or texts.YOUR_TURN.plain()


def why_for_admins(group: MatchedGroup, as_they_stand: Sequence[Person]) -> str:
    """Return reasons like `why`, without any that reveal who has met: only the two may know that."""
    return " · ".join(reasons(group, as_they_stand, TELLS_OF_MEETINGS))


def reasons(group: MatchedGroup, as_they_stand: Sequence[Person], untold: Collection[TermKind] = ()) -> list[str]:
    kinds = TOLD.keys() - untold
    told = [term for term in group.terms if term.points > 0 and term.kind in kinds][:REASONS_TOLD]
    return list(dict.fromkeys(words(in_captain_order(term, as_they_stand)) for term in told))


def with_fresh_seed(group: MatchedGroup) -> list[str]:
    """Return a note for a pair that met before. It is no reason, but they will wonder."""
    return [words(term) for term in group.terms if term.kind is TermKind.MET_BEFORE and term.people == PAIR]


def in_captain_order(term: Term, as_they_stand: Sequence[Person]) -> Term:
    named = EACH_HAS.get(term.kind)
    if named is None:
        return term
    return replace(term, names=tuple(dict.fromkeys(value for value in map(named, as_they_stand) if value is not None)))


def unmet(group: MatchedGroup) -> tuple[str, ...]:
    return tuple(term.kind.value for term in group.terms if term.points < 0)
