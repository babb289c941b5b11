"""Everything that the bot draws is drawn for its reader."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.demo.page.drawing.canvas import kinds_in
from bot.demo.page.pages import Pages
from bot.demo.page.places import Desk
from bot.slacksim import block_rules
from bot.slacksim.methods import views
from tests.demo.blocks import actions, button, field, home, modal, options, plain, section
from tests.demo.page.conftest import without_tags
from tests.test_project import sources

# Nobody uploads anything here.
NOT_DRAWN = {"file_input"}
BLOCKS = {"section", "divider", "header", "context", "actions", "input", "image", "rich_text", "markdown"}
ELEMENTS = {
    name
    for group in ("SELECTS", "MULTI_SELECTS", "PICKERS", "DATE_AND_TIME", "CHOICES", "PRESSED", "TEXT_INPUTS", "IMAGE")
    for name in getattr(block_rules, group)
}


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Madrid")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor")


def test_every_block_and_element_that_slack_takes_has_a_template(company):
    templates = set(Pages(company).templates.list_templates())

    assert {f"blocks/{name}.html" for name in BLOCKS} <= templates
    assert {f"elements/{name}.html" for name in ELEMENTS - NOT_DRAWN} <= templates


def test_a_kind_that_nobody_has_heard_of_is_named_and_breaks_nothing(company, draw, ana):
    draw(ana, section("Before"))
    ana.messages()[-1].blocks.append({"type": "hologram", "block_id": "x", "depth": 3})

    shown = without_tags(draw(ana, section("After")))

    assert "Before (Something this page can't draw: hologram)" in shown
    assert "After" in shown


def test_words_are_drawn_as_slack_writes_them(draw, ana, ben):
    shown = draw(ana, section(f"*bold* _it_ ~gone~ `x < y` <@{ben.id}> <https://acme.test|here>\n&gt; quoted :tada:"))

    assert "<strong>bold</strong> <em>it</em> <s>gone</s> <code>x &lt; y</code>" in shown
    assert "@<bdi>Ben Okafor</bdi>" in shown
    assert '<a href="https://acme.test" target="_blank" rel="noopener noreferrer">here</a>' in shown
    assert "<blockquote>quoted" in shown
    assert "🎉" in shown


def test_signs_that_are_no_marks_stay_signs(draw, ana):
    shown = without_tags(draw(ana, section("2 * 3 * 4, snake_case_name, a &lt; b &amp;&amp; c, 10:30:45")))

    assert "2 * 3 * 4, snake_case_name, a &lt; b &amp;&amp; c, 10:30:45" in shown


def test_each_reader_sees_a_moment_in_their_own_zone(draw, workspace, ana):
    dev = workspace.add_person("Dev Patel", tz="Asia/Kolkata")
    words = "It starts <!date^1772614800^{date_long_pretty} at {time}|in the morning>."

    assert "Wednesday, March 4, 2026 at 10:00" in draw(ana, section(words))
    assert "Wednesday, March 4, 2026 at 14:30" in draw(dev, section(words))


def test_a_near_day_is_called_by_its_nearness_to_the_reader(draw, workspace, ana):
    eve = workspace.add_person("Eve Ito", tz="Pacific/Auckland")
    words = (
        "It starts <!date^1772528400^{date_short_pretty} at {time}|in the morning>, not on <!date^1772528400^{date}|>."
    )

    assert "It starts tomorrow at 10:00" in drawn_plainly(draw(ana, section(words)))
    assert "not on March 3, 2026" in drawn_plainly(draw(ana, section(words)))
    assert "It starts tomorrow at 22:00" in drawn_plainly(draw(eve, section(words)))


def drawn_plainly(html):
    return re.sub(r"<[^>]+>", "", html)


def test_a_date_that_is_none_falls_back_to_its_words(draw, ana):
    assert "It starts soon." in draw(ana, section("It starts <!date^banana^{date}|soon>."))
    assert "It starts late." in draw(ana, section("It starts <!date^99999999999999999^{date}|late>."))


def test_rich_text_is_drawn_piece_by_piece(draw, ana, ben):
    pieces = [{"type": "text", "text": "*not bold*", "style": {"bold": True}}, {"type": "user", "user_id": ben.id}]
    items = {"type": "rich_text_section", "elements": [{"type": "emoji", "name": "coffee"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "elements": [items]}
    paragraph = {"type": "rich_text_section", "elements": pieces}
    shown = draw(ana, {"type": "rich_text", "elements": [paragraph, listed]})

    assert "<strong>*not bold*</strong>" in shown
    assert "@<bdi>Ben Okafor</bdi>" in shown
    assert "☕" in shown


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> <!channel> \u202etxt.exe {{ 7 * 7 }}"


def test_hostile_text_and_names_are_only_text(draw, workspace, ana):
    mallory = workspace.add_person(HOSTILE)
    blocks = [
        {"type": "section", "text": plain(HOSTILE)},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}],
        },
        {"type": "markdown", "text": HOSTILE + " [x](javascript:alert(1))"},
        section(f"<@{mallory.id}> <javascript:alert(1)|press> " + HOSTILE),
        actions(button(HOSTILE[:75], "a", value=HOSTILE)),
        actions({"type": "users_select", "action_id": "who", "placeholder": plain(HOSTILE[:150])}),
    ]
    shown = draw(ana, *blocks, text=HOSTILE)

    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:" not in shown.replace("[x](javascript:alert(1))", "")
    assert "49" not in without_tags(shown)


@pytest.mark.slow
def test_long_text_is_drawn_quickly(company, ana):
    """Quadratic reading of these would take minutes."""
    for letter in ("*", "_", "`", "<", "&", ":", "a*", "\n>", "~x~", "```", "<@", "*_~"):
        assert Desk(company, ana).canvas.said(letter * 20_000)


TAGS = {"strong", "em", "s", "code", "pre", "blockquote", "br", "span", "bdi", "a", "time"}
SIGNS = list("*_~`<>|!@#^&:1 \n\"'\u202e")
PIECES = [*SIGNS, "```", "&lt;", "&gt;", "&amp;", "tada", "date", "U1", "subteam^", "{time}", "onclick=", "<b>"]
PIECES += ["https://a.test", "javascript:x", "<!date^1^{date}^"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_is_written_only_becomes_tags_of_ours(company, ana, text):
    seen = Tags()
    seen.feed(Desk(company, ana).canvas.said(text))

    assert seen.names <= TAGS
    assert seen.attributes <= {"class", "href", "target", "rel", "datetime", "role", "aria-label"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        assert not any(name == "href" and value.startswith("javascript:") for name, value in attrs)


def test_every_kind_of_field_shows_what_stands_in_it(company, weft, workspace, do, look, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    view = modal(
        field("Name", {"type": "plain_text_input", "initial_value": "Ana"}),
        field("Story", {"type": "plain_text_input", "multiline": True, "initial_value": "Once"}),
        field("Age", {"type": "number_input", "is_decimal_allowed": False, "initial_value": "42"}),
        field("Day", {"type": "datepicker", "initial_date": "2026-05-01"}),
        field("Hour", {"type": "timepicker", "initial_time": "09:30"}),
        field("Moment", {"type": "datetimepicker", "initial_date_time": 1772528400}),
        field("Size", {"type": "static_select", "options": options("S", "L"), "initial_option": options("L")[0]}),
        field("Topics", {"type": "checkboxes", "options": options("Music"), "initial_options": options("Music")}),
        field("Pace", {"type": "radio_buttons", "options": options("Slow", "Fast")}, hint=plain("As you like")),
        field("Friends", {"type": "multi_users_select", "initial_users": [ben.id]}),
        field("Where", {"type": "conversations_select", "initial_conversation": coffee.id}),
        field("City", {"type": "external_select", "initial_option": options("Rome")[0]}),
    )
    weft.composed.app.command("/weft")(lambda ack: ack())
    open_view(workspace, ana, view)
    shown = Pages(company).parts(Desk(company, ana), "home", "")["modal"]

    assert 'value="Ana"' in shown
    assert ">Once</textarea>" in shown
    assert 'value="42"' in shown
    assert 'type="date" value="2026-05-01"' in shown
    assert 'type="time" value="09:30"' in shown
    assert 'value="2026-03-03T10:00"' in shown
    assert '<option value="l" selected>' in shown
    assert 'value="music" checked' in shown
    assert f'value="{ben.id}" checked' in shown
    assert f'<option value="{coffee.id}" selected>#coffee' in shown
    assert 'value="rome" checked' in shown
    assert "As you like" in shown


def open_view(workspace, person, view):
    with workspace.lock:
        views.push(workspace, person.id, views.accepted(workspace, view, "modal"))


def test_what_the_bot_sends_in_a_month_has_a_template(company):
    """The types are taken from the code that draws; the simulated month of the story sends no others."""
    named = {name for code in sources("bot").values() for name in ELEMENTS | BLOCKS if f'"{name}"' in code}
    templates = set(Pages(company).templates.list_templates())

    assert {"static_select", "datepicker", "section"} <= named
    for name in named - NOT_DRAWN:
        assert {f"blocks/{name}.html", f"elements/{name}.html"} & templates, name


def test_kinds_are_found_wherever_they_stand():
    drawn = home(section("x", accessory=button("Go", "a")), actions({"type": "overflow", "options": options("A")}))

    assert {"home", "section", "button", "overflow", "mrkdwn", "plain_text"} <= kinds_in(json.loads(json.dumps(drawn)))
