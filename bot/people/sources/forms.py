"""Forms in which admins map profile fields and user groups to attributes."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form, option, plain_text, select
from bot.core.errors import FormError
from bot.core.message import Block
from bot.people import texts
from bot.people.sources import service
from bot.people.sources.blocks import name_of
from bot.people.sources.service import Chosen
from storage.kinds import Attribute
from storage.people.user_groups import UserGroup

FIELDS_FORM, GROUPS_FORM = "people_fields_form", "people_groups_form"
FIELD = {attribute: f"people_field_{attribute.value}" for attribute in Attribute}
GROUPS = {attribute: f"people_groups_{attribute.value}" for attribute in service.BY_GROUP}
NO_FIELD = "none"
MOST_FIELDS, MOST_GROUPS, MOST_OPTIONS = 99, 50, 100


def fields_form(chosen: Chosen, labels: Mapping[str, str]) -> dict[str, Any]:
    """`labels`: labels of the existing fields by id. A mapped field that is gone isn't offered."""
    current = {row.attribute: row.field_id for row in chosen.fields}
    offered = [
        option(texts.NOT_USED(), NO_FIELD),
        *(option(label, one) for one, label in list(labels.items())[:MOST_FIELDS]),
    ]
    return form(
        FIELDS_FORM,
        texts.FIELDS_TITLE(),
        texts.SAVE(),
        [field_choice(attribute, offered, current.get(attribute)) for attribute in Attribute],
        about=str(chosen.version),
    )


def field_choice(attribute: Attribute, offered: Sequence[dict[str, Any]], current: str | None) -> Block:
    known = {one["value"] for one in offered}
    menu = select(offered, chosen=current if current in known else NO_FIELD)
    label = name_of(attribute).capitalize()
    hint = texts.FIELD_HINTS.get(attribute)
    return field(FIELD[attribute], label, menu, hint=hint() if hint else "")


def labels_offered(drawn: Sequence[Block]) -> dict[str, str]:
    """Return the labels by id that this form offered."""
    menus = [block["element"] for block in drawn if block["type"] == "input"]
    return {one["value"]: one["text"]["text"] for menu in menus for one in menu["options"]}


def read_fields(answers: Mapping[str, Any], labels: Mapping[str, str]) -> dict[Attribute, tuple[str, str]]:
    found: dict[Attribute, tuple[str, str]] = {}
    for attribute, name in FIELD.items():
        field_id = answers.get(name) or NO_FIELD
        if field_id == NO_FIELD:
            continue
        if field_id not in labels:
            raise FormError(name, texts.FIELD_DELETED())
        found[attribute] = (field_id, labels[field_id])
    return found


def groups_form(chosen: Chosen) -> dict[str, Any]:
    fields = [group_choice(attribute, chosen.groups.get(attribute, ())) for attribute in service.BY_GROUP]
    return form(GROUPS_FORM, texts.GROUPS_TITLE(), texts.SAVE(), fields, about=str(chosen.version))


def group_choice(attribute: Attribute, groups: Sequence[UserGroup]) -> Block:
    element: dict[str, Any] = {
        "type": "multi_external_select",
        "max_selected_items": MOST_GROUPS,
        "min_query_length": 0,
        "placeholder": plain_text(texts.CHOOSE_SOME_GROUPS(), 150),
    }
    there = [option(group.name, group.group_id) for group in groups if not group.is_gone][:MOST_GROUPS]
    is_level = attribute is Attribute.LEVEL
    hint = texts.LEVEL_GROUP_HINT() if is_level else texts.GROUP_HINT(attribute=name_of(attribute))
    shown = element | {"initial_options": there} if there else element
    return field(GROUPS[attribute], name_of(attribute).capitalize(), shown, hint=hint, optional=True)


def read_groups(answers: Mapping[str, Any], names: Mapping[str, str]) -> dict[Attribute, Collection[str]]:
    """Parse the mapping. `names`: names of the existing groups by id. Raises FormError at the invalid field."""
    found: dict[Attribute, Collection[str]] = {}
    for attribute, name in GROUPS.items():
        group_ids = list(dict.fromkeys(answers.get(name) or ()))
        if len(group_ids) > MOST_GROUPS:
            raise FormError(name, texts.TOO_MANY_GROUPS(most=MOST_GROUPS))
        for group_id in group_ids:
            check_group(name, attribute, names.get(group_id))
        found[attribute] = group_ids
    return found


def check_group(name: str, attribute: Attribute, group: str | None) -> None:
    if group is None:
        raise FormError(name, texts.GROUP_DELETED())
    if attribute is Attribute.LEVEL and not service.understood(attribute, group, {}):
        raise FormError(name, texts.NO_NUMBER(group=group[:40]))


def groups_like(typed: str, groups: Sequence[UserGroup]) -> list[dict[str, Any]]:
    wanted = typed.strip().casefold()
    found = [group for group in groups if not group.is_gone and wanted in group.name.casefold()]
    found.sort(key=lambda group: (not group.name.casefold().startswith(wanted), group.name.casefold()))
    return [option(group.name, group.group_id) for group in found[:MOST_OPTIONS]]
