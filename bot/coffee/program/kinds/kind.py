"""The definition of a program type: who meets, in what group sizes, and what setup asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.core.catalog import Label, Text
from bot.core.work import Work
from storage.kinds import AbsenceReason, ProgramKind
from storage.people.people import Person
from storage.programs.programs import Membership, Program

GroupsOf = Callable[[Work, Program, Mapping[str, Person], Mapping[str, Membership]], dict[str, str | None]]
"""Returns the group of each person, or None if it is unknown. Not all of them need be members."""


@dataclass(frozen=True, slots=True)
class Kind:
    kind: ProgramKind
    label: Label
    """Label in the setup form."""
    who: Text
    """People to meet in it, such as "someone from another team"."""
    name: Label
    """Default name of such a program."""
    rule: str
    """Name of the matching's rule. A string, because the matching takes long to import."""
    sizes: range
    """Allowed numbers of people in a match."""
    size: int
    is_monthly: bool = False
    """Whether rounds are monthly by default."""
    groups_of: GroupsOf | None = None
    """Returns each person's group, if people of different groups are to meet."""
    without_group: Callable[[Program], AbsenceReason] = lambda _program: AbsenceReason.NO_CHOICE
    """Returns why a person without a group has no match."""

    @property
    def is_grouped(self) -> bool:
        return self.groups_of is not None
