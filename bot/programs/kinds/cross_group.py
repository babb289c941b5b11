"""Cross-group: only people of different groups meet, by their team, department or office, or by what they choose."""

from bot.programs.kinds.kind import Kind
from storage.kinds import GroupedBy, ProgramKind
from storage.people import Person
from storage.programs import Membership, Program

LABELS = {
    GroupedBy.TEAM: "Team",
    GroupedBy.DEPARTMENT: "Department",
    GroupedBy.OFFICE: "Office",
    GroupedBy.CHOICE: "What each person chooses",
}


def group_of(program: Program, person: Person, member: Membership) -> str | None:
    """None while it is not known. What was chosen out of a list that has changed since does not count."""
    match program.grouped_by:
        case GroupedBy.CHOICE:
            return member.chosen_group if member.chosen_group in program.choices else None
        case GroupedBy.DEPARTMENT:
            return person.department
        case GroupedBy.OFFICE:
            return person.office
        case _:
            return person.team


def without_group(program: Program) -> str:
    if program.grouped_by is GroupedBy.CHOICE:
        return "you have not chosen your group yet"
    return f"people of different {program.grouped_by or GroupedBy.TEAM}s meet here, and I don't know yours yet"


CROSS_GROUP = Kind(
    ProgramKind.CROSS_GROUP,
    label="Cross-group: people of different groups",
    who="a colleague from another group",
    name="Across groups",
    rule="cross-group",
    sizes=range(2, 9),
    size=2,
    group_of=group_of,
    without_group=without_group,
)
