"""The page in a real Chromium, as somebody uses it who does not know how it is made."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot.slacksim import Person
from tests.coffee.stories import introductions
from tests.demo.page.chromium import at_home, be, go_to, ready, visiting
from tests.weft import turn_to

PAGES_OF_HOME = {
    "My people": "met once",
    "Wins and thanks": "for the new report",
    "Settings": "Download my data",
    "Today": "Next round",
}
ADMINS_PAGE = {"Admin": "Set up"}
"""The buttons that lead to them, and words that stand there."""
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


def celebrate_in(admin, channel):
    admin.press("Edit celebrations", turn_to(admin, "Admin"))
    admin.fill({"Channel": channel})
    assert admin.submit() == {}


def named(workspace, name):
    return Person(workspace, next(user for user in workspace.users.values() if user.real_name == name))


@pytest.mark.slow
def test_a_newcomer_joins_is_introduced_agrees_meets_and_says_thanks(page, program, workspace, company):
    celebrate_in(program.alma, program.coffee)
    ready(page).get_by_role("textbox", name="Name").fill("Noa Levi")
    page.get_by_role("button", name="Join as newcomer").click()
    at_home(page)
    go_to(page, "#coffee")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("button", name="Leave")).to_be_visible()
    go_to(page, "Messages", heading="Weft")
    expect(page.get_by_role("main")).to_contain_text("Welcome to Coffee")

    page.get_by_role("button", name="Next for me").click()
    noa = named(workspace, "Noa Levi")
    expect(page.get_by_role("heading", name="Group messages")).to_be_visible()
    [introduction] = introductions(noa)
    partners = [each for each in program.everyone if each.id in workspace.channels[introduction.channel_id].members]
    go_to(page, partners[0].name)
    page.get_by_role("button", name="Time 1 works for me").click()
    expect(page.get_by_role("main")).to_contain_text("Got it! I'll let you know")
    for partner in partners:
        partner.press("Time 1 works for me", introduction)
    page.get_by_role("button", name="+1 day").click()
    expect(page.get_by_role("main")).to_contain_text("You're on!")

    page.get_by_role("button", name="We met").first.click()
    expect(page.get_by_role("main")).to_contain_text("Hope you had a good chat")

    go_to(page, "#coffee")
    page.get_by_label("Message #coffee").fill("/shoutout")
    page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    form.get_by_label(partners[0].name).check()
    form.get_by_label("What did they do?").fill("for showing me around on my very first day")
    form.get_by_role("button", name="Send").click()
    expect(form).to_contain_text("Posted in #coffee.")
    page.keyboard.press("Escape")
    expect(form).to_be_hidden()
    expect(page.get_by_role("article").last).to_contain_text("Noa Levi thanks @" + partners[0].name)


@pytest.mark.slow
def test_hostile_names_and_words_are_shown_and_do_nothing(page, program, workspace):
    name = "Mallory <script>alert(1)</script> \u202egnp.exe <!channel>"
    ready(page).get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Join as newcomer").click()
    at_home(page)
    go_to(page, "#coffee")
    page.get_by_role("button", name="Join").click()
    page.get_by_label("Message #coffee").fill("<img src=x onerror=alert(1)> <!channel> \u202e" + "x" * 5000)
    page.get_by_label("Message #coffee").press("Enter")
    be(page, program.ben)
    go_to(page, "#coffee")

    said = page.get_by_role("main").get_by_role("article").last
    expect(said).to_contain_text("Mallory <script>alert(1)</script>")
    expect(said).to_contain_text("<img src=x onerror=alert(1)> <!channel>")
    assert page.locator("main script, main img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
def test_an_admin_sets_up_a_program_in_a_form_with_every_kind_of_choice(page, weft, team, workspace):
    weft.tick()
    be(page, team.alma)
    page.get_by_role("button", name="Set up program").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Please complete this required field.")

    form.get_by_label("Name").fill("Tea")
    form.get_by_label("Channel").select_option("#coffee")
    form.get_by_label("How often").select_option("Every week")
    form.get_by_label(re.compile("^Time$")).fill("11:30")
    form.get_by_role("searchbox", name=re.compile("Time zone")).fill("kolk")
    form.get_by_label("Asia/Kolkata").check()
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Draft.")
    form.get_by_role("button", name="Start").click()
    expect(form).to_contain_text("Preview matches")
    form.get_by_role("button", name="Close").first.click()
    expect(form).to_be_hidden()
    expect(page.get_by_role("main")).to_contain_text("Tea")
    assert "11:30" in team.ana.reads() or "Tea" in team.ana.reads()


@pytest.mark.slow
def test_everything_can_be_done_with_the_keyboard_alone(program, page):
    ready(page).get_by_label("Search").focus()
    page.keyboard.type("ben okafor")
    expect(page.get_by_role("link", name=re.compile("Ana Ruiz"))).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    at_home(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the conversation")).to_be_focused()
    page.keyboard.press("Enter")

    tab_to(page, "Pause", within="main")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Take a break")).to_be_visible()
    expect(page.get_by_label("Until")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("button", name="Pause")).to_be_focused()

    tab_to(page, "Leave", within="main")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Leave this program?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert "Next round" in page.get_by_role("main").inner_text()


@pytest.mark.slow
def test_commands_are_completed_and_answered(page, program):
    be(page, program.ana)
    go_to(page, "#coffee")
    words = page.get_by_label("Message #coffee")
    words.press_sequentially("/cof")
    page.keyboard.press("Tab")
    expect(words).to_have_value("/coffee ")
    words.press_sequentially("sk")
    page.keyboard.press("Tab")
    expect(words).to_have_value("/coffee skip ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").last).to_contain_text("Only visible to you")
    expect(words).to_have_value("")

    words.fill("/dance")
    words.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no command /dance.")
    expect(words).to_have_value("/dance")


@pytest.mark.slow
def test_news_arrive_without_disturbing_what_is_being_written(page, company, program):
    be(page, program.ana)
    go_to(page, "#coffee")
    words = page.get_by_label("Message #coffee")
    words.fill("I was just going to say")
    with company.acting():
        program.ben.say(program.coffee, "Good morning everybody")
    expect(page.get_by_role("article").last).to_contain_text("Good morning everybody")
    expect(page.get_by_role("status")).to_contain_text("#coffee: Good morning")
    expect(words).to_be_focused()
    expect(words).to_have_value("I was just going to say")

    page.get_by_role("article").last.hover()
    page.get_by_label("Add a reaction").last.click()
    page.get_by_role("button", name="tada").click()
    expect(page.get_by_role("button", name="tada 1")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="tada 1").click()
    expect(page.get_by_role("button", name="tada 1")).to_be_hidden()


def tab_to(page, name, within):
    """Press Tab until the button with these words has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name and page.evaluate(
            "([within]) => document.querySelector(within).contains(document.activeElement)", [within]
        ):
            return
    raise AssertionError(f"{name} can't be reached with Tab")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_hinders_people_who_see_or_move_less_well(chromium, address, scheme, program, weft):
    weft.live(days=1, hours=2)
    with visiting(chromium, address, color_scheme=scheme) as page:
        assert_accessible(page)
        be(page, program.ana)
        assert_accessible(page)
        page.get_by_role("main").get_by_role("button", name="Pause").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")
        page.locator("nav h2:has-text('Group') + ul a").first.click()
        expect(page.get_by_role("button", name="Time 1 works for me")).to_be_visible()
        assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 780})
        page.get_by_label(re.compile("Reply in a thread")).first.click()
        expect(page.get_by_role("region", name="Thread", exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert_accessible(page)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_home_can_be_read_and_used_by_everybody(chromium, address, scheme, program, weft):
    celebrate_in(program.alma, program.coffee)
    weft.live(days=1, hours=2)
    program.ana.press("We met", introductions(program.ana)[0])
    program.ben.command("/shoutout", f"<@{program.ana.id}> for the new report, which saved all of us an afternoon")
    with visiting(chromium, address, color_scheme=scheme) as page:
        for person, words_of in ((program.ana, PAGES_OF_HOME), (program.alma, ADMINS_PAGE)):
            be(page, person)
            for name, words in words_of.items():
                page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
                expect(page.get_by_role("main")).to_contain_text(words)
                assert_accessible(page)


@pytest.mark.slow
def test_channels_people_and_ones_own_profile_are_managed_with_the_keyboard(chromium, address, program):
    with visiting(chromium, address, color_scheme="dark") as page:
        be(page, program.alma)
        page.get_by_role("button", name="You are Alma Reyes").press("Enter")
        window = page.get_by_role("dialog", name="Alma Reyes")
        window.get_by_label("Vacationing").press("Space")
        window.get_by_role("button", name="Save").first.press("Enter")
        expect(window.get_by_role("button", name="Clear status")).to_be_visible()
        window.get_by_role("button", name="Pause").press("Enter")
        expect(window).to_contain_text("Paused until")
        assert_accessible(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="You are Alma Reyes")).to_be_focused()

        page.get_by_role("button", name="Manage members").press("Enter")
        page.get_by_label("Find a member").fill("ben")
        window = page.get_by_role("dialog", name="Manage members")
        window.get_by_role("button", name="Deactivate the account of Ben").press("Enter")
        page.get_by_role("button", name="Deactivate", exact=True).press("Enter")
        expect(window).to_contain_text("deactivated")
        expect(window.get_by_text("Ana Ruiz")).to_be_hidden()
        assert_accessible(page)
        page.keyboard.press("Escape")

        go_to(page, "#coffee")
        page.get_by_role("button", name="Join").press("Enter")
        page.set_viewport_size({"width": 390, "height": 780})
        page.get_by_role("button", name="#coffee").press("Enter")
        window = page.get_by_role("dialog", name="#coffee", exact=True)
        window.get_by_label("Rename this channel").fill("!!!")
        window.get_by_label("Rename this channel").press("Enter")
        expect(window.get_by_role("alert").filter(has_text="letters, digits")).to_be_visible()
        assert_accessible(page)
        window.get_by_role("button", name="Archive channel").press("Enter")
        page.get_by_role("button", name="Archive channel", exact=True).press("Enter")
        expect(window).to_contain_text("archived")
        page.keyboard.press("Escape")
        expect(page.get_by_label("Message #coffee")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def assert_accessible(page):
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []
