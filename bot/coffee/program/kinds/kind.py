"""What a kind of program decides: who meets whom, in how large groups, and what it asks of its set-up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.core.work import Work
from storage.kinds import AbsenceReason, ProgramKind
from storage.people.people import Person
from storage.programs.programs import Membership, Program

GroupsOf = Callable[[Work, Program, Mapping[str, Person], Mapping[str, Membership]], dict[str, str | None]]
"""The group of each of these people, some of whom are members; None while it is not known."""


@dataclass(frozen=True, slots=True)
class Kind:
    kind: ProgramKind
    label: str
    """As the set-up form offers it."""
    who: str
    """Whom people meet in it: "a colleague from another team"."""
    name: str
    """What a program of this kind is called unless the admin says otherwise."""
    rule: str
    """How the matching brings people together, by its name there: the matching itself takes long to load."""
    sizes: range
    """How many people a match may have."""
    size: int
    is_monthly: bool = False
    """Unless the admin says otherwise."""
    groups_of: GroupsOf | None = None
    """Which of the chosen groups somebody belongs to, where people of different ones are to meet."""
    without_group: Callable[[Program], AbsenceReason] = lambda _program: AbsenceReason.NO_CHOICE
    """Why someone without a group has no match."""

    @property
    def is_grouped(self) -> bool:
        return self.groups_of is not None
