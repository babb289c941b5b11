"""Cross-group: only people of different groups meet: by team, department, office, user group or their own choice."""

from collections.abc import Mapping

from bot.coffee.program.kinds.kind import Kind
from bot.core.catalog import Label, Text
from bot.core.work import Work
from storage.kinds import AbsenceReason, GroupedBy, ProgramKind
from storage.people import user_groups
from storage.people.people import Person
from storage.programs.programs import Membership, Program

# In the setup form: across which groups people are matched.
LABELS = {
    GroupedBy.TEAM: Label("Team"),
    GroupedBy.DEPARTMENT: Label("Department"),
    GroupedBy.OFFICE: Label("Office"),
    GroupedBy.USER_GROUP: Label("User group"),
    GroupedBy.CHOICE: Label("Groups people choose"),
}


def groups_of(
    work: Work, program: Program, known: Mapping[str, Person], members: Mapping[str, Membership]
) -> dict[str, str | None]:
    if program.grouped_by is GroupedBy.USER_GROUP:
        return user_groups_of(work, program, list(known))
    return {one: group_of(program, person, members[one]) if one in members else None for one, person in known.items()}


def user_groups_of(work: Work, program: Program, person_ids: list[str]) -> dict[str, str | None]:
    """Return the name of each person's first group, in the program's order."""
    there = user_groups.get_many(work, group_ids=program.user_groups)
    mine = user_groups.groups_of(work, person_ids=person_ids)
    in_order = [there[one] for one in program.user_groups if one in there and not there[one].is_gone]
    return {
        person_id: next((group.name for group in in_order if group.group_id in mine.get(person_id, ())), None)
        for person_id in person_ids
    }


def group_of(program: Program, person: Person, member: Membership) -> str | None:
    """Return the person's group; None if unknown, or if chosen from a list that has changed."""
    match program.grouped_by:
        case GroupedBy.CHOICE:
            return member.chosen_group if member.chosen_group in program.choices else None
        case GroupedBy.DEPARTMENT:
            return person.department
        case GroupedBy.OFFICE:
            return person.office
        case _:
            return person.team


WITHOUT = {
    GroupedBy.TEAM: AbsenceReason.NO_TEAM,
    GroupedBy.DEPARTMENT: AbsenceReason.NO_DEPARTMENT,
    GroupedBy.OFFICE: AbsenceReason.NO_OFFICE,
    GroupedBy.USER_GROUP: AbsenceReason.NO_USER_GROUP,
    GroupedBy.CHOICE: AbsenceReason.NO_CHOICE,
}


def without_group(program: Program) -> AbsenceReason:
    return WITHOUT[program.grouped_by or GroupedBy.TEAM]


# In the setup form, and in the welcome: "I'll pair you with …".
CROSS_GROUP = Kind(
    ProgramKind.CROSS_GROUP,
    label=Label("Across groups"),
    who=Text("someone from another group"),
    name=Label("Across groups"),
    rule="cross-group",
    sizes=range(2, 9),
    size=2,
    groups_of=groups_of,
    without_group=without_group,
)
