"""Schemas of Block Kit. Source: docs.slack.dev, Block Kit reference."""

from bot.slacksim.block_checks import (
    MESSAGE,
    MODAL,
    Check,
    Report,
    Shape,
    anything,
    boolean,
    one_of,
    pattern,
    several,
    string,
    text,
    typed,
    whole,
)
from bot.slacksim.state import Json

Checks = dict[str, Check]

ONLY_MODAL, ONLY_MESSAGE = frozenset({MODAL}), frozenset({MESSAGE})
NOT_HOME = frozenset({MODAL, MESSAGE})
ID, URL, SOME_ID = string(255), string(3000), string(255)


def plain(longest: int) -> Check:
    return text(longest, "plain_text")


CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
MARKED_OPTION = Shape({"text": text(75), "value": string(150)}, {"description": text(75)})
OVERFLOW_OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
OPTIONS = several(OPTION, 100)
GROUPS = several(Shape({"label": plain(75), "options": OPTIONS}), 100)

# Elements

COMMON: Checks = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
PROMPTED: Checks = COMMON | {"placeholder": plain(150)}
TYPED: Checks = {
    "action_id": ID,
    "placeholder": plain(150),
    "focus_on_load": boolean,
    "dispatch_action_config": Shape(
        {"trigger_actions_on": several(one_of("on_enter_pressed", "on_character_entered"), 2)}
    ),
}


def offers_options(report: Report, element: Json, at: str) -> None:
    if ("options" in element) is ("option_groups" in element):
        report.note("must provide either options or option_groups", at)
    presets_offered(report, element, at)


def presets_offered(report: Report, element: Json, at: str) -> None:
    """Check that initial options are among the options."""
    groups = element.get("option_groups") or []
    offered = [*(element.get("options") or []), *(each for group in groups for each in group.get("options", []))]
    chosen = element.get("initial_options") or [element.get("initial_option")]
    if any(each is not None and each not in offered for each in chosen):
        report.note("initial option must be one of the options", at)


def _select(preset: str, more: Checks | None = None, *, many: bool = False) -> Shape:
    one: Checks = {f"initial_{preset}": SOME_ID}
    several_of: Checks = {f"initial_{preset}s": several(SOME_ID, 1000), "max_selected_items": whole(1, 1000)}
    return Shape(optional=PROMPTED | (several_of if many else one) | (more or {}))


def _static(*, many: bool = False) -> Shape:
    preset: Checks = {"initial_options": OPTIONS} if many else {"initial_option": OPTION}
    most: Checks = {"max_selected_items": whole(1, 100)} if many else {}
    return Shape(optional=PROMPTED | {"options": OPTIONS, "option_groups": GROUPS} | preset | most, also=offers_options)


def _external(*, many: bool = False) -> Shape:
    preset: Checks = {"initial_options": OPTIONS} if many else {"initial_option": OPTION}
    most: Checks = {"max_selected_items": whole(1, 100)} if many else {}
    return Shape(optional=PROMPTED | {"min_query_length": whole(0, 1000)} | preset | most)


OF_CONVERSATIONS: Checks = {"default_to_current_conversation": boolean, "filter": anything}
FOR_MODALS: Checks = {"response_url_enabled": boolean}

SELECTS = {
    "static_select": _static(),
    "external_select": _external(),
    "users_select": _select("user"),
    "conversations_select": _select("conversation", OF_CONVERSATIONS | FOR_MODALS),
    "channels_select": _select("channel", FOR_MODALS),
}
MULTI_SELECTS = {
    "multi_static_select": _static(many=True),
    "multi_external_select": _external(many=True),
    "multi_users_select": _select("user", many=True),
    "multi_conversations_select": _select("conversation", OF_CONVERSATIONS, many=True),
    "multi_channels_select": _select("channel", many=True),
}
PICKERS = {
    "datepicker": Shape(optional=PROMPTED | {"initial_date": pattern(r"\d{4}-\d{2}-\d{2}")}),
    "timepicker": Shape(optional=PROMPTED | {"initial_time": pattern(r"[0-2]\d:[0-5]\d"), "timezone": string(100)}),
}
DATE_AND_TIME = {
    "datetimepicker": Shape(
        optional=COMMON | {"initial_date_time": whole(1_000_000_000, 9_999_999_999)}, surfaces=NOT_HOME
    )
}
CHOICES = {
    "checkboxes": Shape(
        {"options": several(MARKED_OPTION, 10)},
        COMMON | {"initial_options": several(MARKED_OPTION, 10)},
        also=presets_offered,
    ),
    "radio_buttons": Shape(
        {"options": several(MARKED_OPTION, 10)}, COMMON | {"initial_option": MARKED_OPTION}, also=presets_offered
    ),
}
PRESSED = {
    "button": Shape(
        {"text": plain(75)},
        {
            "action_id": ID,
            "url": URL,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "overflow": Shape({"options": several(OVERFLOW_OPTION, 5)}, {"action_id": ID, "confirm": CONFIRM}),
}
TEXT_INPUTS = {
    "plain_text_input": Shape(
        optional=TYPED
        | {
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        }
    ),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        TYPED | {"initial_value": string(100), "min_value": string(100), "max_value": string(100)},
        surfaces=ONLY_MODAL,
    ),
    "email_text_input": Shape(optional=TYPED | {"initial_value": string(3000, 0)}, surfaces=ONLY_MODAL),
    "url_text_input": Shape(optional=TYPED | {"initial_value": string(3000, 0)}, surfaces=ONLY_MODAL),
    "file_input": Shape(
        optional={"action_id": ID, "filetypes": several(string(20), 100), "max_files": whole(1, 10)},
        surfaces=ONLY_MODAL,
    ),
}
PICTURE: Checks = {"image_url": URL, "slack_file": anything}
IMAGE = {"image": Shape({"alt_text": string(2000)}, PICTURE)}

# Rich text

STYLED: Checks = {"style": anything}
PIECES = typed(
    {
        "text": Shape({"text": string(40_000)}, STYLED),
        "user": Shape({"user_id": SOME_ID}, STYLED),
        "usergroup": Shape({"usergroup_id": SOME_ID}, STYLED),
        "channel": Shape({"channel_id": SOME_ID}, STYLED),
        "emoji": Shape({"name": SOME_ID}, STYLED | {"unicode": string(100), "skin_tone": whole(1, 6)}),
        "link": Shape({"url": URL}, STYLED | {"text": string(3000, 0), "unsafe": boolean}),
        "date": Shape({"timestamp": whole(0, 9_999_999_999), "format": SOME_ID}, {"url": URL, "fallback": SOME_ID}),
        "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, STYLED),
    }
)
PARAGRAPH = Shape({"elements": several(PIECES, 10_000, 0)})
BORDERED = Shape({"elements": several(PIECES, 10_000, 0)}, {"border": whole(0, 1)})
RICH_TEXT = typed(
    {
        "rich_text_section": PARAGRAPH,
        "rich_text_quote": BORDERED,
        "rich_text_preformatted": BORDERED,
        "rich_text_list": Shape(
            {
                "style": one_of("bullet", "ordered"),
                "elements": several(typed({"rich_text_section": PARAGRAPH}), 10_000),
            },
            {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
        ),
    }
)

# Blocks


def says_something(report: Report, block: Json, at: str) -> None:
    if "text" not in block and "fields" not in block:
        report.note("must provide text or fields", at)


def one_picture(report: Report, block: Json, at: str) -> None:
    if ("image_url" in block) is ("slack_file" in block):
        report.note("must provide either image_url or slack_file", at)


NAMED: Checks = {"block_id": ID}
IN_CONTEXT = typed(
    {
        "plain_text": Shape({"text": string(2000)}, {"emoji": boolean}),
        "mrkdwn": Shape({"text": string(2000)}, {"verbatim": boolean}),
    }
    | IMAGE
)
BLOCKS = typed(
    {
        "section": Shape(
            optional=NAMED
            | {
                "text": text(3000),
                "fields": several(text(2000), 10),
                "accessory": typed(PRESSED | SELECTS | MULTI_SELECTS | PICKERS | CHOICES | IMAGE),
                "expand": boolean,
            },
            also=says_something,
        ),
        "divider": Shape(optional=NAMED),
        "header": Shape({"text": plain(150)}, NAMED),
        "context": Shape({"elements": several(IN_CONTEXT, 10)}, NAMED),
        "actions": Shape(
            {"elements": several(typed(PRESSED | SELECTS | PICKERS | DATE_AND_TIME | CHOICES), 25)}, NAMED
        ),
        "input": Shape(
            {
                "label": plain(2000),
                "element": typed(TEXT_INPUTS | SELECTS | MULTI_SELECTS | PICKERS | DATE_AND_TIME | CHOICES),
            },
            NAMED | {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        "image": Shape({"alt_text": string(2000)}, NAMED | PICTURE | {"title": plain(2000)}, also=one_picture),
        "rich_text": Shape({"elements": several(RICH_TEXT, 1000)}, NAMED),
        "markdown": Shape({"text": string(12_000)}, NAMED, surfaces=ONLY_MESSAGE),
    }
)

# Views

EITHER_VIEW: Checks = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS = {
    "modal": Shape(
        {"title": plain(24), "blocks": several(BLOCKS, 100, 0)},
        EITHER_VIEW
        | {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": Shape({"blocks": several(BLOCKS, 100, 0)}, EITHER_VIEW),
}
MESSAGE_BLOCKS = several(BLOCKS, 50, 0)
