import random
import re
from functools import partial

import pytest
from slack_sdk import WebClient
from starlette.testclient import TestClient

from bot.demo.life import Life
from bot.demo.machine import Machine
from bot.demo.page.app import build_page
from bot.demo.page.company import Company, Pace
from bot.demo.page.pages import Pages
from bot.demo.page.places import Desk
from bot.demo.stage import Play, open_bot
from tests.conftest import APP
from tests.demo.page.chromium import launched, served, visiting

KEY, PORT = "the-key", 4400
OURS = {"Origin": f"http://127.0.0.1:{PORT}", "Content-Type": "application/json"}


@pytest.fixture
def app_settings():
    """What the manifest asks for: on the page it is the bot as it is."""
    return APP


@pytest.fixture
def company(weft, workspace, clock, sqlite_url, slack_server):
    """Nobody but those whom a test adds; time only passes when somebody acts."""
    begun = partial(open_bot, sqlite_url, workspace, clock, random.Random(7), slack_server.api_url)
    machine = Machine(workspace, begun)
    machine.running = weft.composed
    yield Company(Play(workspace, machine, clock, Life(workspace, random.Random(7), company=[])))
    machine.stop()


@pytest.fixture
def stranger(company):
    """A browser that has not been given the key."""
    with TestClient(build_page(company, key=KEY, port=PORT), base_url=f"http://127.0.0.1:{PORT}") as client:
        yield client


@pytest.fixture
def browser(stranger):
    assert stranger.get(f"/?key={KEY}").status_code == 200
    return stranger


@pytest.fixture
def client(slack_server, workspace):
    workspace.limits.enabled = False
    return WebClient(token=workspace.bot_token, base_url=slack_server.api_url, retry_handlers=[])


@pytest.fixture
def look(browser):
    """What somebody sees at a place of theirs, as HTML."""

    def look(person, place="home", status=200, **more):
        answer = browser.get(f"/as/{person.id}/{place}", params=more)
        assert answer.status_code == status, answer.text
        return answer.text

    return look


@pytest.fixture
def do(browser):
    """Do something as somebody; returns what the page is told."""

    def do(person, deed, status=200, /, **words):
        answer = browser.post(f"/as/{person.id}/do/{deed}", json={"place_shown": "home"} | words, headers=OURS)
        assert answer.status_code == status, answer.text
        return answer.json()

    return do


@pytest.fixture
def draw(company, client):
    """Let the bot write these blocks to somebody; returns them as they are drawn for that person."""

    def draw(person, *blocks, text="look"):
        client.chat_postMessage(channel=person.id, text=text, blocks=list(blocks))
        return drawn(company, person)

    return draw


def drawn(company, person):
    desk = Desk(company, person)
    return Pages(company).parts(desk, desk.direct().id, "")["main"]


def without_tags(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(scope="module")
def chromium():
    with launched() as chromium:
        yield chromium


@pytest.fixture
def address(company):
    company.set_pace(Pace.PAUSED)
    company.start()
    with served(company, KEY) as address:
        yield address
    company.stop()


@pytest.fixture
def page(chromium, address):
    with visiting(chromium, address) as page:
        yield page
