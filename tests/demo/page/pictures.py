"""Pictures of the page's main places, light and dark: `python -m tests.demo.page.pictures FOLDER`.

Without a folder those that the documents show are made anew.
"""

import re
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from PIL import Image

from bot.demo.page import serve
from bot.demo.page.company import Company, Pace
from bot.demo.stage import stage
from tests.demo.page.chromium import launched, served, visiting

SIZE = {"width": 1120, "height": 700}
PHONE = {"width": 390, "height": 780}
SOMEBODY = "Sofia Greco"
"""She answers late, so all times are still to choose from."""


def main(folder: Path, places: Sequence[str]) -> None:
    """Each colour in a company of its own: what was done for one picture is not seen in the next."""
    folder.mkdir(parents=True, exist_ok=True)
    with launched() as chromium:
        for scheme in ("light", "dark"):
            with stage(7) as play:
                serve.set_up(play)
                company = Company(play)
                pass_time(play, timedelta(days=1, hours=3))
                company.set_pace(Pace.PAUSED)
                with served(company, "key") as address, visiting(chromium, address, color_scheme=scheme) as page:
                    page.set_viewport_size(SIZE)
                    for name in places:
                        PLACES[name](page)
                        keep(page, folder / f"page-{name}-{scheme}.png")


def pass_time(play, length):
    until = play.clock.now() + length
    while play.clock.now() < until:
        play.step(until)


def keep(page, file):
    """A palette is enough for a page, and a quarter of the size."""
    page.locator("body[data-ready]").wait_for()
    page.mouse.move(0, 0)
    page.screenshot(path=file, animations="disabled")
    Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


def be(page, name):
    page.goto(re.sub(r"/as.*", "/", page.url))
    page.locator("body[data-ready]").wait_for()
    page.get_by_role("link", name=re.compile(name)).click()
    page.get_by_role("heading", name="Home", exact=True).wait_for()
    page.locator("body[data-ready]").wait_for()


def introduction(page):
    be(page, SOMEBODY)
    page.locator("nav h2:has-text('Group') + ul a").first.click()
    page.locator(".message").first.wait_for()
    page.locator("body[data-ready]").wait_for()
    page.locator(".scroll").first.evaluate("each => { each.scrollTop = 0 }")


def home(page):
    be(page, SOMEBODY)


def command(page):
    page.get_by_role("navigation").get_by_role("link", name="#coffee").click()
    page.locator("body[data-ready]").wait_for()
    words = page.get_by_label("Message #coffee")
    words.fill("/coffee")
    words.press("Enter")
    page.locator(".message.private").first.wait_for()
    words.press_sequentially("/")


def admin(page):
    be(page, "Alma Reyes")
    page.get_by_role("button", name="Admin", exact=True).click()
    page.get_by_role("button", name="Set up program").click()
    page.get_by_role("dialog").wait_for()


def phone(page):
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    introduction(page)
    page.set_viewport_size(PHONE)


def phone_list(page):
    page.locator("#drawer > summary").click()


def choose(page):
    page.set_viewport_size(SIZE)
    page.goto(re.sub(r"/as.*", "/", page.url))


PLACES = {
    "introduction": introduction,
    "home": home,
    "command": command,
    "admin": admin,
    "phone": phone,
    "phone-list": phone_list,
    "choose": choose,
}

IN_DOCUMENTS = ["introduction", "command"]

if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), list(PLACES))
    else:
        main(Path("docs/pictures"), IN_DOCUMENTS)
