"""A real Chromium, and the page served to it."""

import os
import re
import shutil
import socket
import threading
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import expect, sync_playwright

from bot.demo.page.app import build_page
from tests.waiting import PATIENCE, join

NEEDED = "WEFT_NEEDS_CHROMIUM"
"""Set where the checks run before a change lands: there a missing browser is a failure."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MILLISECONDS = 1000 * PATIENCE
expect.set_options(timeout=MILLISECONDS)


def found():
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None and os.environ.get(NEEDED):
        pytest.fail("there is no Chromium, and here there has to be one")
    if path is None:
        pytest.skip("there is no Chromium on this computer")
    return path


@contextmanager
def launched():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found(), args=QUIET)
        yield chromium
        chromium.close()


@contextmanager
def served(company, key):
    """The address of the page, as `weft demo` prints it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            build_page(company, key=key, port=port),
            log_level="warning",
            lifespan="off",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}/?key={key}"
        server.should_exit = True
        join(thread)


@contextmanager
def visiting(chromium, address, **how):
    """A new visitor, who has opened the address. Anything that goes wrong in the page fails the test."""
    context = chromium.new_context(viewport={"width": 1180, "height": 760}, **how)
    context.set_default_timeout(MILLISECONDS)
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(address)
    page.wait_for_url("**/")
    yield page
    context.close()
    # What the server turned down on purpose is told to the person; the browser notes it as well.
    assert [each for each in troubles if "Failed to load resource" not in each] == []


def be(page, person):
    """They choose this person, and see their Home."""
    page.goto(re.sub(r"/as.*", "/", page.url))
    ready(page).get_by_role("link", name=re.compile(person.name)).click()
    at_home(page)


def at_home(page):
    expect(page.get_by_role("heading", name="Home", exact=True)).to_be_visible()
    ready(page)


def go_to(page, name, heading=None):
    page.get_by_role("navigation").get_by_role("link", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("main").get_by_role("heading", level=1, name=heading or name)).to_be_visible()
    ready(page)


def ready(page):
    """The page listens to what is done in it."""
    page.locator("body[data-ready]").wait_for()
    return page
