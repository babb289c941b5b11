"""Refuses requests that contradict themselves. That somebody can meet nobody is a result, not an error."""

import math
from collections import Counter

import numpy as np

from bot.matching.history import Past
from bot.matching.model import InvalidRequest, Kind, Participant, Request

SIZES = {Kind.PAIRS: (2, 2), Kind.GROUPS: (3, 8), Kind.CROSS_GROUP: (2, 8), Kind.ROLES: (2, 2), Kind.HOST: (2, 2)}
MOST_WISHES = 2000


def check(request: Request) -> None:
    """Raises `InvalidRequest` naming the field."""
    check_people(request)
    check_size(request)
    check_blocks(request)
    check_history(request)
    check_wishes(request)
    check_roles(request)
    if request.passes is not None and request.passes < 1:
        raise InvalidRequest("passes", f"{request.passes} is no number of passes")
    if request.time_limit is not None and not request.time_limit > 0:
        raise InvalidRequest("time_limit", f"{request.time_limit} seconds are no time")


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
    for name in ("trios", "left_out", "seats_had"):
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
        raise InvalidRequest("history.ids", "names somebody twice")
    people = known(request)
    used = np.zeros(len(past.ids), bool)
    used[past.a] = used[past.b] = True
    for place in np.flatnonzero(used).tolist():
        if past.ids[place] not in people:
            raise InvalidRequest("history", f"{past.ids[place]} is unknown")


def check_wishes(request: Request) -> None:
    wishes = request.wishes
    points = {name: getattr(wishes, name) for name in wishes.__slots__ if name not in {"junior_to", "senior_from"}}
    for name, value in points.items():
        if not isinstance(value, int) or value < 0:
            raise InvalidRequest(f"wishes.{name}", f"{value} is no number of points")
    if sum(points.values()) > MOST_WISHES:
        raise InvalidRequest("wishes", f"add up to {sum(points.values())}, more than {MOST_WISHES}")


def check_roles(request: Request) -> None:
    if request.kind is Kind.CROSS_GROUP:
        for person in request.people:
            if person.group is None:
                raise InvalidRequest("people.group", f"{person.person_id} has chosen none")
    if request.kind not in {Kind.ROLES, Kind.HOST}:
        return
    for person in request.people:
        if person.role is None:
            raise InvalidRequest("people.role", f"{person.person_id} has none")
        if person.role.hosts and person.capacity < 1:
            raise InvalidRequest("people.capacity", f"{person.person_id} hosts and has {person.capacity} seats")
        if not person.role.hosts and person.capacity != 1:
            raise InvalidRequest("people.capacity", f"{person.person_id} is a {person.role} and offers seats")
    check_sides(request)


def check_sides(request: Request) -> None:
    roles = {person.role for person in request.people if person.role is not None}
    for hosting in (True, False):
        side = sorted(role for role in roles if role.hosts is hosting)
        if len(side) > 1:
            raise InvalidRequest("people.role", f"{side[0]} and {side[1]} contradict each other in one round")
