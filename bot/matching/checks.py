"""Refuses requests that contradict themselves. A person who can meet no one is a result, not an error."""

import math
from collections import Counter

import numpy as np

from bot.matching.history import Past
from bot.matching.model import InvalidRequest, Kind, Participant, Request

SIZES = {Kind.PAIRS: (2, 2), Kind.GROUPS: (3, 8), Kind.CROSS_GROUP: (2, 8), Kind.ROLES: (2, 2)}


def check(request: Request) -> None:
    """Raises `InvalidRequest` naming the field."""
    check_people(request)
    check_size(request)
    check_blocks(request)
    check_history(request)


def check_people(request: Request) -> None:
    twice = [person_id for person_id, n in Counter(p.person_id for p in request.people).items() if n > 1]
    if twice:
        raise InvalidRequest("people", f"{min(twice)} is there twice")
    both = {p.person_id for p in request.people}.intersection(request.absent)
    if both:
        raise InvalidRequest("absent", f"{min(both)} takes part")
    for person in request.people:
        check_person(person)


def check_person(person: Participant) -> None:
    if not person.person_id:
        raise InvalidRequest("people.person_id", "is empty")
    for name in ("trios", "left_out", "seats"):
        if getattr(person, name) < 0:
            raise InvalidRequest(f"people.{name}", f"{person.person_id} has {getattr(person, name)}")
    for start, end in person.working_hours or ():
        if not (0 <= start < 1440 and start < end <= start + 1440):
            raise InvalidRequest("people.working_hours", f"{person.person_id} works from minute {start} to {end}")


def check_size(request: Request) -> None:
    low, high = SIZES[request.kind]
    if not low <= request.size <= high:
        span = f"{low}" if low == high else f"{low} to {high}"
        raise InvalidRequest("size", f"{request.kind} has a size of {span}, not {request.size}")
    without = [person.person_id for person in request.people if person.group is None]
    if request.kind is Kind.CROSS_GROUP and without:
        raise InvalidRequest("people.group", f"{without[0]} has chosen none")


def known(request: Request) -> set[str]:
    return {p.person_id for p in request.people}.union(request.absent)


def check_blocks(request: Request) -> None:
    people = known(request)
    for pair in request.blocks:
        for person_id in pair:
            if person_id not in people:
                raise InvalidRequest("blocks", f"{person_id} is unknown")


def check_history(request: Request) -> None:
    past = request.history
    columns = (past.a, past.b, past.past, past.age_days)
    if len({len(column) for column in columns}) > 1:
        raise InvalidRequest("history", f"columns of lengths {[len(column) for column in columns]}")
    if not len(past):
        return
    if min(past.a.min(), past.b.min()) < 0 or max(past.a.max(), past.b.max()) >= len(past.ids):
        raise InvalidRequest("history", "names a place outside of its ids")
    if past.past.min() < 0 or past.past.max() > max(Past):
        raise InvalidRequest("history.past", "holds something that is no Past")
    if not math.isfinite(float(past.age_days.sum())) or past.age_days.min() < 0:
        raise InvalidRequest("history.age_days", "holds an age that is none")
    if (past.a == past.b).any():
        raise InvalidRequest("history", f"{past.ids[int(past.a[past.a == past.b][0])]} met themselves")
    check_history_people(request)


def check_history_people(request: Request) -> None:
    past = request.history
    if len(set(past.ids)) < len(past.ids):
        raise InvalidRequest("history.ids", "names someone twice")
    people = known(request)
    used = np.zeros(len(past.ids), bool)
    used[past.a] = used[past.b] = True
    for place in np.flatnonzero(used).tolist():
        if past.ids[place] not in people:
            raise InvalidRequest("history", f"{past.ids[place]} is unknown")
