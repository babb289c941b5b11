"""What contradicts itself is refused by the name of the field."""

from typing import Any

import numpy as np
import pytest

from bot.matching import History, InvalidRequest, Kind, Participant, Past, Request, match
from tests.matching.people import some, someone


def met(*rows: Any) -> History:
    return History.of((*row, Past.MET, 3) for row in rows)


@pytest.mark.parametrize(
    ("field", "known"),
    [
        ("people", {"people": (someone(1), someone(1))}),
        ("people.person_id", {"people": (Participant(""),)}),
        ("people.trios", {"people": (someone(1, trios=-1),)}),
        ("people.left_out", {"people": (someone(1, left_out=-1),)}),
        ("people.working_hours", {"people": (someone(1, working_hours=((900, 600),)),)}),
        ("people.working_hours", {"people": (someone(1, working_hours=((1500, 1600),)),)}),
        ("absent", {"absent": {"U001": None}}),
        ("size", {"size": 3}),
        ("size", {"kind": Kind.GROUPS, "size": 2}),
        ("size", {"kind": Kind.GROUPS, "size": 9}),
        ("size", {"kind": Kind.CROSS_GROUP, "size": 1}),
        ("people.group", {"kind": Kind.CROSS_GROUP}),
        ("blocks", {"blocks": (("U001", "U777"),)}),
        ("history", {"history": met(("U001", "U777"))}),
        ("history", {"history": met(("U001", "U001"))}),
        ("history", {"history": History(("U001", "U002"), np.array([0], np.int32))}),
        ("history", {"history": History.columns(("U001", "U002"), [0], [2], [0], [1])}),
        ("history.ids", {"history": History.columns(("U001", "U002", "U001"), [0], [1], [0], [1])}),
        ("history.past", {"history": History.columns(("U001", "U002"), [0], [1], [7], [1])}),
        ("history.age_days", {"history": History.columns(("U001", "U002"), [0], [1], [0], [-1])}),
        ("history.age_days", {"history": History.columns(("U001", "U002"), [0], [1], [0], [float("nan")])}),
        ("people.seats", {"kind": Kind.ROLES, "people": (someone(1, seats=-1),)}),
    ],
)
def test_the_error_names_the_field(field: str, known: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        match(Request(**{"people": some(4), **known}))
    assert refused.value.field == field


def test_absent_people_may_be_named() -> None:
    match(Request(some(4), absent={"U777": None}, history=met(("U001", "U777")), blocks=(("U777", "U001"),)))
