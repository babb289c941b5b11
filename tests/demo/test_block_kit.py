import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slacksim import block_kit
from bot.slacksim.errors import Refused
from tests.demo.blocks import actions, button, field, home, modal, options, plain, section

CONFIRM = {"title": plain("Sure?"), "text": plain("It can't be undone"), "confirm": plain("Yes"), "deny": plain("No")}


def select(kind="static_select", **more):
    return {"type": kind, "action_id": "pick"} | more


def new_id(prefix):
    return prefix + "1"


def problems_of_message(*blocks):
    try:
        block_kit.accepted(list(blocks), "invalid_blocks", new_id)
    except Refused as refusal:
        return refusal.extra["response_metadata"]["messages"]
    return []


def problems_of_view(view):
    try:
        block_kit.accepted_view(view, view["type"], new_id)
    except Refused as refusal:
        assert refusal.error == "invalid_arguments"
        return refusal.extra["response_metadata"]["messages"]
    return []


GOOD_BLOCKS = [
    section("*Hello*", accessory=button("Press", value="1", style="primary", confirm=CONFIRM)),
    {"type": "section", "fields": [plain("a"), {"type": "mrkdwn", "text": "b", "verbatim": True}]},
    section("x", accessory={"type": "image", "image_url": "https://example.test/a.png", "alt_text": "A cup"}),
    section("x", accessory=select("multi_users_select", placeholder=plain("Who?"), max_selected_items=3)),
    {"type": "divider"},
    {"type": "header", "text": plain("Title")},
    {
        "type": "context",
        "elements": [plain("small"), {"type": "image", "image_url": "https://a.test", "alt_text": "x"}],
    },
    actions(
        button("A", "a"),
        select(options=options("One", "Two"), initial_option=options("Two")[0]),
        {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1_767_225_600},
        {"type": "overflow", "action_id": "more", "options": options("Leave")},
    ),
    actions(select(option_groups=[{"label": plain("Group"), "options": options("One")}])),
    {"type": "image", "image_url": "https://example.test/a.png", "alt_text": "A cup", "title": plain("Cup")},
    {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": True}}]},
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "emoji", "name": "tada"}]},
        ],
    },
    field("Name", {"type": "plain_text_input", "multiline": True, "max_length": 300}, hint=plain("Any")),
]


@pytest.mark.parametrize("block", GOOD_BLOCKS)
def test_what_slack_takes_is_taken(block):
    assert problems_of_message(block) == []


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (section("x" * 3001), "/blocks/0/text/text"),
        (section(""), "/blocks/0/text/text"),
        ({"type": "section"}, "/blocks/0"),
        ({"type": "section", "fields": [plain("x")] * 11}, "/blocks/0/fields"),
        ({"type": "section", "fields": [plain("x" * 2001)]}, "/blocks/0/fields/0/text"),
        ({"type": "header", "text": plain("x" * 151)}, "/blocks/0/text/text"),
        ({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/blocks/0/text/type"),
        ({"type": "context", "elements": []}, "/blocks/0/elements"),
        ({"type": "context", "elements": [plain("x")] * 11}, "/blocks/0/elements"),
        (actions(*(button("x", str(number)) for number in range(26))), "/blocks/0/elements"),
        (actions(button("x" * 76)), "/blocks/0/elements/0/text/text"),
        (actions(button("x", value="x" * 2001)), "/blocks/0/elements/0/value"),
        (actions(button("x", "x" * 256)), "/blocks/0/elements/0/action_id"),
        (actions(button("x", url="x" * 3001)), "/blocks/0/elements/0/url"),
        (actions(button("x", colour="red")), "/blocks/0/elements/0"),
        (actions(button("x", style="huge")), "/blocks/0/elements/0/style"),
        (
            actions(button("x", confirm=CONFIRM | {"title": plain("x" * 101)})),
            "/blocks/0/elements/0/confirm/title/text",
        ),
        (actions(button("x"), button("y")), "/blocks/0"),
        (actions(select(options=options(*map(str, range(101))))), "/blocks/0/elements/0/options"),
        (actions(select(options=options("x" * 76))), "/blocks/0/elements/0/options/0/text/text"),
        (actions(select(options=options("a"), initial_option=options("b")[0])), "/blocks/0/elements/0"),
        (actions(select()), "/blocks/0/elements/0"),
        (actions(select(options=options("a"), placeholder=plain("x" * 151))), "/blocks/0/elements/0/placeholder/text"),
        (actions(select("checkboxes", options=options(*"abcdefghijk"))), "/blocks/0/elements/0/options"),
        (actions(select("radio_buttons", options=options(*"abcdefghijk"))), "/blocks/0/elements/0/options"),
        (actions(select("overflow", options=options(*"abcdef"))), "/blocks/0/elements/0/options"),
        (actions(select("carousel")), "/blocks/0/elements/0/type"),
        (actions({"type": "plain_text_input", "action_id": "a"}), "/blocks/0/elements/0/type"),
        (field("Mail", {"type": "email_text_input"}), "/blocks/0/element/type"),
        (field("x" * 2001), "/blocks/0/label/text"),
        ({"type": "section", "text": plain("x") | {"verbatim": True}}, "/blocks/0/text"),
        (section("x") | {"text": {"type": "mrkdwn", "text": "x", "emoji": True}}, "/blocks/0/text"),
        ({"type": "mystery"}, "/blocks/0/type"),
        ({"type": "divider", "block_id": "x" * 256}, "/blocks/0/block_id"),
        ({"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}, "/blocks/0/elements/0/type"),
        ("a section", "/blocks/0/type"),
    ],
)
def test_what_slack_refuses_is_refused_with_its_place(block, place):
    assert any(problem.endswith(f"[json-pointer:{place}]") for problem in problems_of_message(block))


@pytest.mark.parametrize(
    ("view", "place"),
    [
        ({key: value for key, value in modal(section("x")).items() if key != "title"}, "/view"),
        ({key: value for key, value in modal(field("Name")).items() if key != "submit"}, "/view"),
        (modal(section("x"), title=plain("x" * 25)), "/view/title/text"),
        (modal(section("x"), submit=plain("x" * 25)), "/view/submit/text"),
        (modal(section("x"), private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(section("x"), callback_id="x" * 256), "/view/callback_id"),
        (modal(*[section("x")] * 101), "/view/blocks"),
        (modal(field("Name"), field("Name")), "/view/blocks"),
        (modal(section("x"), colour="red"), "/view"),
        (home(section("x"), title=plain("Home")), "/view"),
        (home(actions({"type": "datetimepicker", "action_id": "a"})), "/view/blocks/0/elements/0/type"),
        (home(field("Photo", {"type": "file_input"})), "/view/blocks/0/element/type"),
    ],
)
def test_a_view_has_rules_of_its_own(view, place):
    assert any(problem.endswith(f"[json-pointer:{place}]") for problem in problems_of_view(view))


@pytest.mark.parametrize("kind", ["email_text_input", "url_text_input", "file_input"])
def test_some_fields_exist_in_modals_only(kind):
    assert problems_of_view(modal(field("Field", {"type": kind}))) == []
    assert problems_of_view(home(field("Field", {"type": kind})))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: (
        st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(["type", "text", "elements"]), inside)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.lists(ANYTHING | st.sampled_from(GOOD_BLOCKS), min_size=1, max_size=4))
def test_whatever_is_sent_the_answer_is_a_list_of_places(blocks):
    assert all("[json-pointer:/blocks" in problem for problem in problems_of_message(*blocks))


@given(st.integers(1, 3500), st.sampled_from([("section", 3000), ("header", 150), ("markdown", 12_000)]))
def test_a_text_is_refused_exactly_above_its_limit(length, rule):
    kind, limit = rule
    text = "x" * length
    assert bool(problems_of_message({"type": kind, "text": text if kind == "markdown" else plain(text)})) is (
        length > limit
    )
