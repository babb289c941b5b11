"""Section of the admin page for attribute sources, and the view of conflicts."""

from collections.abc import Sequence
from typing import Any

from bot.core.blocks import actions, button, context, header, plain_text, section
from bot.core.message import Block
from bot.core.texts import count, escape, listed, mention
from bot.people.sources.service import ON_A_PAGE, Chosen, ConflictsPage
from storage.kinds import Attribute, Source
from storage.people.people import Conflict
from storage.people.user_groups import UserGroup

CHOOSE_FIELDS, CHOOSE_GROUPS = "people_choose_fields", "people_choose_groups"
CONFLICTS, EARLIER, FURTHER = "people_conflicts", "people_conflicts_earlier", "people_conflicts_further"
NAMED = 4
"""Maximum number of user groups shown by name."""
BY = {
    Source.CSV: "the file",
    Source.SLACK_PROFILE: "the profile field",
    Source.USER_GROUP: "the user group",
    Source.PERSON: "their own word",
}
NAMES = {Attribute.STARTED_ON: "start date"}
EXPECTED = {
    Attribute.STARTED_ON: "a date like 2024-05-31",
    Attribute.LEVEL: "a level from 0 to 20",
    Attribute.COUNTRY: "a country's code of two letters",
    Attribute.MANAGER: "somebody else here",
}
HOW_TO_ALLOW = "Whoever runs Weft adds it to the app in Slack and installs the app again."
FIELDS_TROUBLES = {
    "missing_scope": f"I may not read profile fields: the permission users.profile:read is missing. {HOW_TO_ALLOW}",
}
GROUPS_TROUBLES = {
    "missing_scope": f"I may not read user groups: the permission usergroups:read is missing. {HOW_TO_ALLOW}",
    "plan_upgrade_required": "The Slack plan of this workspace has no user groups.",
}
LATER = "Slack did not tell me just now. Please try again in a minute."
ORDER = "What a file says that you import counts first, then profile fields, then user groups, then people's own word."


def fields_trouble(code: str) -> str:
    return FIELDS_TROUBLES.get(code, LATER)


def groups_trouble(code: str) -> str:
    return GROUPS_TROUBLES.get(code, LATER)


def name_of(attribute: Attribute) -> str:
    return NAMES.get(attribute, attribute.value)


def admin_section(chosen: Chosen) -> list[Block]:
    drawn = [header("Where teams and offices come from"), section(f"{fields_line(chosen)}\n{groups_line(chosen)}")]
    drawn += [section(sentence) for sentence in troubles(chosen)]
    choices = [button("Choose profile fields", CHOOSE_FIELDS), button("Choose user groups", CHOOSE_GROUPS)]
    if chosen.conflicts:
        choices.append(button(f"Look at {count(chosen.conflicts, 'difference')}", CONFLICTS))
    return [*drawn, context(ORDER), actions(*choices)]


def fields_line(chosen: Chosen) -> str:
    if not chosen.fields:
        return "*Profile fields:* none"
    said = listed([f"{name_of(row.attribute)} from “{escape(row.label)}”" for row in chosen.fields])
    left = f". {count(chosen.unread, 'profile')} still to read" if chosen.unread else ""
    return f"*Profile fields:* {said}{left}"


def groups_line(chosen: Chosen) -> str:
    if not chosen.groups:
        return "*User groups:* none"
    said = [f"{name_of(one)} by {named(chosen.groups[one])}" for one in Attribute if one in chosen.groups]
    return f"*User groups:* {'; '.join(said)}"


def named(groups: Sequence[UserGroup]) -> str:
    names = [escape(group.name) for group in groups[:NAMED]]
    more = len(groups) - len(names)
    return listed([*names, f"{more} more"] if more else names)


def troubles(chosen: Chosen) -> list[str]:
    found = [f":warning: {fields_trouble(chosen.fields_trouble)}"] if chosen.fields and chosen.fields_trouble else []
    found += [f":warning: {groups_trouble(chosen.groups_trouble)}"] if chosen.groups_trouble else []
    for row in chosen.fields:
        if row.is_gone:
            found.append(
                f":warning: The profile field “{escape(row.label)}” does not exist any more, "
                f"so it says nobody's {name_of(row.attribute)}. Please choose another one."
            )
        elif row.attribute in chosen.unclear:
            profiles = count(chosen.unclear[row.attribute], "profile")
            found.append(
                f":warning: “{escape(row.label)}” holds something in {profiles} that I can't read as "
                f"{EXPECTED.get(row.attribute, 'a name of at most 100 characters')}, so there it says nothing."
            )
    for group in {group.group_id: group for groups in chosen.groups.values() for group in groups}.values():
        if group.is_gone:
            found.append(
                f":warning: The user group {escape(group.name)} does not exist any more, so it says nothing of anybody."
            )
    return found


# Conflicts between sources


def conflicts(page: ConflictsPage) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text("Differences", 24),
        "close": plain_text("Close", 24),
        "blocks": [*lines(page), *turning(page)],
    }


def lines(page: ConflictsPage) -> list[Block]:
    if not page.shown:
        return [section("All sources agree. There is nothing to look at.")]
    here = f"{page.offset + 1} to {page.offset + len(page.shown)} of {page.total:,}. "
    return [context(here + ORDER), *(section(sentence(one)) for one in page.shown)]


def sentence(conflict: Conflict) -> str:
    """Describe a conflict: `Dana: team is Sales by the file, Marketing by the profile field. I use Sales.`"""
    said = ", ".join(f"{shown(conflict, value)} by {BY[source]}" for source, value in conflict.said)
    source, value = conflict.said[0]
    used = f"I use {shown(conflict, value)}: {BY[source]} counts before the others."
    return f"*{escape(conflict.name)}*: {name_of(conflict.attribute)} is {said}. {used}"


def shown(conflict: Conflict, value: str) -> str:
    return mention(value) if conflict.attribute is Attribute.MANAGER else escape(value)


def turning(page: ConflictsPage) -> list[Block]:
    turns = [button("Earlier", EARLIER, str(page.offset - ON_A_PAGE))] if page.offset else []
    if page.offset + ON_A_PAGE < page.total:
        turns.append(button("Further", FURTHER, str(page.offset + ON_A_PAGE)))
    return [actions(*turns)] if turns else []
