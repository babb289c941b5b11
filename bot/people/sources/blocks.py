"""Section of the admin page for attribute sources, and the view of conflicts."""

from collections.abc import Sequence
from typing import Any

from bot.core.blocks import actions, button, context, header, plain_text, section
from bot.core.lists import listed
from bot.core.message import Block
from bot.core.mrkdwn import Mrkdwn, escape, mention
from bot.people import texts
from bot.people.sources.service import ON_A_PAGE, Chosen, ConflictsPage
from bot.slack.texts import CLOSE
from storage.kinds import Attribute
from storage.people.people import Conflict
from storage.people.user_groups import UserGroup

CHOOSE_FIELDS, CHOOSE_GROUPS = "people_choose_fields", "people_choose_groups"
CONFLICTS, EARLIER, FURTHER = "people_conflicts", "people_conflicts_earlier", "people_conflicts_further"
NAMED = 4
"""Maximum number of user groups shown by name."""


def fields_trouble(code: str) -> Mrkdwn:
    return texts.FIELDS_TROUBLES.get(code, texts.SOURCE_AWAY)()


def groups_trouble(code: str) -> Mrkdwn:
    return texts.GROUPS_TROUBLES.get(code, texts.SOURCE_AWAY)()


def name_of(attribute: Attribute) -> str:
    return texts.ATTRIBUTES[attribute]()


def admin_section(chosen: Chosen) -> list[Block]:
    drawn = [header(texts.TEAM_DATA()), section(f"{fields_line(chosen)}\n{groups_line(chosen)}")]
    drawn += [section(sentence) for sentence in troubles(chosen)]
    choices = [button(texts.CHOOSE_FIELDS(), CHOOSE_FIELDS), button(texts.CHOOSE_GROUPS(), CHOOSE_GROUPS)]
    if chosen.conflicts:
        choices.append(button(texts.SEE_CONFLICTS.plain(count=chosen.conflicts), CONFLICTS))
    return [*drawn, context(texts.PRIORITY()), actions(*choices)]


def fields_line(chosen: Chosen) -> str:
    if not chosen.fields:
        return texts.NO_FIELDS()
    fields = listed([texts.FIELD_FROM(attribute=name_of(row.attribute), field=row.label) for row in chosen.fields])
    return texts.FIELDS_UNREAD(count=chosen.unread, fields=fields) if chosen.unread else texts.FIELDS(fields=fields)


def groups_line(chosen: Chosen) -> str:
    if not chosen.groups:
        return texts.NO_GROUPS()
    there = [one for one in Attribute if one in chosen.groups]
    by = [texts.GROUPS_BY(attribute=name_of(one), groups=named(chosen.groups[one])) for one in there]
    return texts.GROUPS(groups=Mrkdwn("; ".join(by)))


def named(groups: Sequence[UserGroup]) -> str:
    names = [escape(group.name) for group in groups[:NAMED]]
    more = len(groups) - len(names)
    return listed([*names, texts.MORE_GROUPS(count=more)] if more else names)


def troubles(chosen: Chosen) -> list[Mrkdwn]:
    refused = [fields_trouble(chosen.fields_trouble)] if chosen.fields and chosen.fields_trouble else []
    refused += [groups_trouble(chosen.groups_trouble)] if chosen.groups_trouble else []
    found = [texts.TROUBLE(trouble=one) for one in refused]
    for row in chosen.fields:
        if row.is_gone:
            found.append(texts.FIELD_GONE(field=row.label, attribute=name_of(row.attribute)))
        elif row.attribute in chosen.unclear:
            expected = texts.EXPECTED.get(row.attribute, texts.EXPECTED_NAME)()
            found.append(texts.FIELD_UNCLEAR(count=chosen.unclear[row.attribute], field=row.label, expected=expected))
    groups = {group.group_id: group for groups in chosen.groups.values() for group in groups}
    return found + [texts.GROUP_GONE(group=group.name) for group in groups.values() if group.is_gone]


# Conflicts between sources


def conflicts(page: ConflictsPage) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text(texts.CONFLICTS(), 24),
        "close": plain_text(CLOSE(), 24),
        "blocks": [*lines(page), *turning(page)],
    }


def lines(page: ConflictsPage) -> list[Block]:
    if not page.shown:
        return [section(texts.NO_CONFLICTS())]
    here = texts.CONFLICTS_SHOWN(first=page.offset + 1, last=page.offset + len(page.shown), total=page.total)
    return [context(here, texts.PRIORITY()), *(section(sentence(one)) for one in page.shown)]


def sentence(conflict: Conflict) -> str:
    """Describe a conflict: `Dana: team is Sales (imported file) and Marketing (profile field). Using Sales.`"""
    values = [
        texts.VALUE_FROM(value=shown(conflict, value), source=texts.VALUE_SOURCES[source]())
        for source, value in conflict.said
    ]
    used = shown(conflict, conflict.said[0][1])
    attribute = name_of(conflict.attribute)
    return texts.CONFLICT(name=conflict.name, attribute=attribute, values=listed(values), used=used)


def shown(conflict: Conflict, value: str) -> str:
    return mention(value) if conflict.attribute is Attribute.MANAGER else value


def turning(page: ConflictsPage) -> list[Block]:
    turns = [button(texts.PREVIOUS(), EARLIER, str(page.offset - ON_A_PAGE))] if page.offset else []
    if page.offset + ON_A_PAGE < page.total:
        turns.append(button(texts.NEXT(), FURTHER, str(page.offset + ON_A_PAGE)))
    return [actions(*turns)] if turns else []
