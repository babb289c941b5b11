"""Values of fields in views and messages, in the format of Slack's `state.values`."""

from collections.abc import Mapping

from bot.slacksim.state import Content, Json, elements_in

# Element type -> key of its value in the state, and property that presets it.
FIELDS: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "file_input": ("files", "initial_files"),
}

Values = dict[str, dict[str, Json]]


def initial_values(blocks: list[Json]) -> Values:
    values: Values = {}
    for block, element in elements_in(blocks):
        if element["type"] in FIELDS:
            _, preset = FIELDS[element["type"]]
            nothing: Content = [] if is_list(element) else None
            values.setdefault(block["block_id"], {})[element["action_id"]] = value_of(
                element, element.get(preset, nothing)
            )
    return values


def is_list(element: Json) -> bool:
    field, _ = FIELDS[element["type"]]
    return field.endswith("s")


def value_of(element: Json, content: Content) -> Json:
    field, _ = FIELDS[element["type"]]
    return {"type": element["type"], field: content}


def content_of(value: Json) -> Content:
    field, _ = FIELDS[value["type"]]
    return value.get(field)


def kept(before: Values, fresh: Values) -> Values:
    """Return `fresh`, with values already entered in fields of the same ids and type."""
    for block_id, fields in fresh.items():
        for action_id, value in fields.items():
            entered = before.get(block_id, {}).get(action_id)
            if entered is not None and entered["type"] == value["type"]:
                fields[action_id] = entered
    return fresh


# Validation by Slack's client

REQUIRED = "Please complete this required field."


def problems(blocks: list[Json], values: Values) -> dict[str, str]:
    """Return errors by block id. A form with errors isn't sent to the bot."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            problem = _problem(block, content_of(values[block["block_id"]][block["element"]["action_id"]]))
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem(block: Json, content: Content) -> str | None:
    if content in (None, "", []):
        return None if block.get("optional") else REQUIRED
    element = block["element"]
    if element["type"] == "number_input":
        return _number_problem(element, content)
    if isinstance(content, str) and not (
        element.get("min_length", 0) <= len(content) <= element.get("max_length", 3000)
    ):
        return "This text is too short or too long."
    return None


def _number_problem(element: Json, content: str) -> str | None:
    try:
        number = float(content) if element["is_decimal_allowed"] else int(content)
    except ValueError:
        return "Please enter a number."
    lowest, highest = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    return None if lowest <= number <= highest else "This number is too low or too high."
