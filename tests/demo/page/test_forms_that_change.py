"""Forms that change while they are open, walked through in a real Chromium: each ends with the form sent."""

import ast
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

import bot
from bot.coffee.program.kinds import KINDS
from tests.demo.page.chromium import be, go_to
from tests.network.company import met
from tests.waiting import PATIENCE
from tests.weft import words

pytestmark = pytest.mark.slow

ROOT = Path(bot.__file__).parent
CHANGES_VIEW = {"redraw", "ack_then_update_view", "open_then_draw", "views_update"}
DRAWS_FORM = {"ack_then_update_view", "open_then_draw", "form"}
DRAWN_AS = {
    "plain_text_input": "input[type=text], textarea",
    "static_select": "select",
    "conversations_select": "select",
    "channels_select": "select",
    "users_select": "select",
    "checkboxes": "input[type=checkbox]",
    "radio_buttons": "input[type=radio]",
    "datepicker": "input[type=date]",
    "timepicker": "input[type=time]",
    "external_select": ".finder[data-asks]:not([data-many]) input[type=search]",
    "multi_external_select": ".finder[data-asks][data-many] input[type=search]",
    "multi_users_select": ".finder[data-many] input[type=search]",
    "multi_channels_select": ".finder[data-many] input[type=search]",
}
"""By which element of the page a field of this type can be filled."""

WALKS = {}
"""A walk for each function that changes an open view into a form, by `file:function`."""


def walks(*names):
    def kept(walk):
        WALKS.update(dict.fromkeys(names, walk))
        return walk

    return kept


class Form:
    """The form on top, as somebody fills it in the browser, held against what the bot has drawn."""

    def __init__(self, page, person):
        self.page, self.person = page, person
        self.dialog = page.get_by_role("dialog").filter(has=page.locator("#modal-title"))

    def fields(self):
        return {block["block_id"]: block for block in self.person.modal.blocks if block["type"] == "input"}

    def row(self, name):
        return self.dialog.locator(f'[data-input="{name}"]')

    def check(self):
        """Every field is there, once, and can be filled with what the bot offers for it."""
        expect(self.dialog.locator("[data-input]").first).to_be_visible()
        fields = self.fields()
        expect(self.dialog.locator("[data-input]")).to_have_count(len(fields))
        for name, block in fields.items():
            element = block["element"]
            drawn = self.row(name).locator(DRAWN_AS[element["type"]])
            offered = element.get("options", [])
            if element["type"] in {"checkboxes", "radio_buttons"}:
                expect(drawn).to_have_count(len(offered))
                continue
            expect(drawn).to_have_count(1)
            if element["type"] == "static_select":
                texts = [option["text"]["text"] for option in offered]
                assert drawn.locator("option").all_inner_texts()[1:] == texts, name
                chosen = element.get("initial_option")
                assert chosen is None or drawn.input_value() in {option["value"] for option in offered}, name

    def take_every_choice_that_changes_it(self, but=()):
        """And check the form after each. What was chosen first is chosen again in the end."""
        for name in [name for name, block in self.fields().items() if block.get("dispatch_action")]:
            if name in but:
                continue
            menu = self.row(name).locator("select")
            before = menu.input_value()
            others = [one["value"] for one in self.fields()[name]["element"]["options"] if one["value"] != before]
            for value in [*others, before]:
                self.choose(name, value)

    def choose(self, name, value):
        """They go through the menu with the keyboard, and it keeps the focus."""
        menu = self.row(name).locator("select")
        menu.focus()
        seen = self.person.modal.hash
        menu.select_option(value)
        self.wait_until(lambda: self.person.modal.hash != seen)
        self.check()
        expect(menu).to_have_value(value)
        expect(menu).to_be_focused()

    def wait_until(self, is_so):
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, "nothing happened"
            self.page.wait_for_timeout(20)  # Unlike any other way to wait, it lets the browser go on.

    def press(self, label):
        self.dialog.get_by_role("button", name=label, exact=True).first.click()


@pytest.fixture
def form(page):
    return lambda person: Form(page, person)


def functions_that_change_a_view_into_a_form():
    """By `file:function`, as they are written in the product."""
    return {
        f"{path.relative_to(ROOT)}:{function.name}"
        for path in ROOT.rglob("*.py")
        if not path.is_relative_to(ROOT / "demo") and path.parent.name != "slack"
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and changes_a_view_into_a_form(function)
    }


def changes_a_view_into_a_form(function):
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    called = {getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls}
    updates = any(getattr(keyword.value, "value", None) == "update" for call in calls for keyword in call.keywords)
    changes = updates or not called.isdisjoint(CHANGES_VIEW)
    return changes and any(name in DRAWS_FORM or name.endswith("_form") for name in called)


def test_every_form_that_changes_while_it_is_open_has_a_walk():
    assert functions_that_change_a_view_into_a_form() == WALKS.keys()


@walks("coffee/setup/listeners.py:redrawn")
@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.value)
def test_every_kind_of_program_in_every_rhythm_is_set_up(page, form, weft, team, workspace, kind):
    workspace.add_user_group("design", "Design", [team.ana])
    weft.tick()
    be(page, team.alma)
    page.get_by_role("button", name="Set up program").click()
    shown = form(team.alma)
    shown.check()
    shown.row("programs_name").locator("input").fill("Tea at four")
    shown.row("programs_channel").locator("select").select_option(label="#coffee")
    shown.take_every_choice_that_changes_it()
    if kind.kind.value != shown.row("programs_kind").locator("select").input_value():
        shown.choose("programs_kind", kind.kind.value)
        shown.take_every_choice_that_changes_it(but={"programs_kind"})
    shown.choose("programs_rhythm", "month")
    shown.row("programs_weekday").locator("select").select_option(label="Thursday")
    expect(shown.row("programs_name").locator("input")).to_have_value("Tea at four")

    shown.press("Save")

    expect(shown.dialog).to_contain_text("Draft.")
    assert "Tea at four" in words(team.alma.modal)
    assert "Thursday" in words(team.alma.modal)


@walks("coffee/setup/listeners.py:set_up")
def test_a_set_up_that_slack_turns_down_comes_back_filled_and_can_be_sent(page, form, weft, team, workspace):
    weft.tick()
    workspace.add_channel("tea", members=[team.ana])
    be(page, team.alma)
    page.get_by_role("button", name="Set up program").click()
    shown = form(team.alma)
    shown.choose("programs_kind", "groups")
    shown.row("programs_channel").locator("select").select_option(label="#tea")
    workspace.faults.refuse("conversations.info", "channel_not_found")
    shown.press("Save")
    expect(shown.dialog).to_contain_text(re.compile("can't see"))
    shown.check()
    expect(shown.row("programs_kind").locator("select")).to_have_value("groups")

    shown.press("Save")

    expect(shown.dialog).to_contain_text("Draft.")


@walks("coffee/setup/wording/listeners.py:show", "coffee/setup/wording/listeners.py:reset")
def test_messages_are_shown_with_an_example_and_set_back(page, form, program):
    be(page, program.alma)
    page.get_by_role("button", name="Admin", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Open").first.click()
    shown = form(program.alma)
    shown.press("Messages")
    expect(shown.dialog.get_by_role("button", name="Preview")).to_be_visible()
    shown.check()
    first = shown.dialog.locator("textarea").first
    wefts_words = first.input_value()
    first.fill("Hello from {program}!")
    shown.press("Preview")
    expect(shown.dialog).to_contain_text("Hello from Coffee!")
    shown.check()
    expect(first).to_have_value("Hello from {program}!")
    shown.press("Reset")
    expect(first).to_have_value(wefts_words)
    shown.check()
    first.fill("Hi from {program}!")

    shown.press("Save")

    expect(shown.dialog).to_contain_text("Preview matches")


@walks("network/asking/listeners.py:looked")
def test_asking_to_be_introduced_goes_from_whom_to_why(page, form, weft, program, company):
    with company.acting():
        met(weft, program.ana, program.ben)
        met(weft, program.ben, program.cleo)
    be(page, program.ana)
    page.get_by_role("main").get_by_role("button", name="My people").click()
    page.get_by_role("main").get_by_role("button", name="Find an introduction").click()
    shown = form(program.ana)
    shown.check()
    shown.dialog.get_by_role("combobox").first.select_option(label="Cleo Martin")
    shown.press("Next")
    expect(shown.dialog).to_contain_text("Ben Okafor could introduce you to Cleo Martin")
    shown.check()
    shown.dialog.get_by_label("What would you like to talk about?").fill("How contracts are made")

    shown.press("Ask")

    expect(shown.dialog).not_to_contain_text("What would you like to talk about?")
    assert "Ben Okafor" in words(program.ana.modal)


@walks("privacy/listeners.py:understood")
def test_being_forgotten_is_asked_twice(page, form, program):
    be(page, program.ana)
    go_to(page, "#coffee")
    page.get_by_label("Message #coffee").fill("/weft forget me")
    page.keyboard.press("Enter")
    shown = form(program.ana)
    expect(shown.dialog.get_by_role("checkbox")).to_be_visible()
    shown.check()
    shown.dialog.get_by_role("checkbox").check()
    shown.press("Next")
    expect(shown.dialog.get_by_role("textbox")).to_be_visible()
    shown.check()
    shown.dialog.get_by_role("textbox").fill("forget me")

    shown.press("Forget me")

    expect(shown.dialog.get_by_role("textbox")).to_be_hidden()


@walks("celebrate/making/saying.py:submitted")
@pytest.mark.parametrize(
    ("command", "field"), [("/shoutout", "What did they do?"), ("/win", "What worked?")], ids=["shoutout", "win"]
)
def test_thanks_and_wins_come_back_with_a_hint_and_are_sent(page, form, program, command, field):
    be(page, program.ana)
    go_to(page, "#coffee")
    page.get_by_label("Message #coffee").fill(command)
    page.keyboard.press("Enter")
    shown = form(program.ana)
    expect(shown.dialog.get_by_label(field)).to_be_visible()
    shown.check()
    if command == "/shoutout":
        shown.dialog.get_by_label("Ben Okafor").check()
    shown.dialog.get_by_label(field).fill("fine")
    shown.press("Send" if command == "/shoutout" else "Share")
    expect(shown.dialog.locator(".fields")).to_contain_text("For example:")
    shown.check()
    expect(shown.dialog.get_by_label(field)).to_have_value("fine")
    shown.dialog.get_by_label(field).fill("it halved the time that a deploy takes for all of us")

    shown.press("Send" if command == "/shoutout" else "Share")

    expect(shown.dialog).to_contain_text("Posted in #coffee.")


@walks("celebrate/setup/listeners.py:set_up")
def test_a_channel_to_celebrate_in_that_slack_turns_down_can_be_sent_again(page, form, program, workspace):
    workspace.add_channel("wins", members=[program.ana])
    be(page, program.alma)
    page.get_by_role("button", name="Admin", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Edit celebrations").click()
    shown = form(program.alma)
    shown.check()
    shown.dialog.get_by_label("Channel", exact=False).first.select_option(label="#wins")
    workspace.faults.refuse("conversations.info", "channel_not_found")
    shown.press("Save")
    expect(shown.dialog).to_contain_text(re.compile("can't see"))
    shown.check()

    shown.press("Save")

    expect(shown.dialog).to_contain_text("now go to #wins")


@walks("counting/listeners.py:chosen")
def test_a_channel_to_count_in_that_slack_turns_down_can_be_sent_again(page, form, program, workspace):
    workspace.add_channel("open", members=[program.ana])
    be(page, program.alma)
    page.get_by_role("button", name="Admin", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Choose channels").click()
    shown = form(program.alma)
    shown.check()
    shown.dialog.get_by_role("combobox").first.select_option(index=2)
    shown.dialog.get_by_label("#open").check()
    workspace.faults.refuse("conversations.info", "channel_not_found")
    shown.press("Save")
    expect(shown.dialog).to_contain_text(re.compile("can't see"))
    shown.check()

    shown.press("Save")

    expect(shown.dialog).to_contain_text("Saved.")


@walks("people/sources/listeners.py:open_fields", "people/sources/listeners.py:open_groups")
@pytest.mark.parametrize("what", ["profile fields", "user groups"])
def test_sources_are_chosen_in_a_form_that_takes_the_place_of_one_moment(page, form, program, workspace, company, what):
    with company.acting():
        workspace.add_user_group("design", "Design", [program.ana])
        workspace.add_profile_field("Department", "text")
    be(page, program.alma)
    page.get_by_role("button", name="Admin", exact=True).click()
    page.get_by_role("main").get_by_role("button", name=f"Choose {what}").click()
    shown = form(program.alma)
    expect(shown.dialog.get_by_role("button", name="Save")).to_be_visible()
    shown.check()
    if what == "profile fields":
        shown.dialog.get_by_role("combobox").first.select_option(index=1)
    else:
        shown.dialog.get_by_role("searchbox").first.fill("des")
        shown.dialog.get_by_label("Design").first.check()

    shown.press("Save")

    expect(shown.dialog).to_be_hidden()
