"""`weft demo` as it is typed: it starts, answers the browser, and stops when told to."""

import re
import signal
import socket
import subprocess
import sys
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from bot.__main__ import main
from bot.core.errors import SetupError
from bot.demo.page import serve
from tests.waiting import PATIENCE


@pytest.fixture
def demo():
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_the_page_is_there_while_the_command_runs_and_gone_after_ctrl_c(demo):
    address = next(found[0] for line in demo.stdout if (found := re.search(r"http://\S+", line)))
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with pytest.raises(HTTPError, match="403"):
        browser.open(address.partition("?")[0])
    browser.open(address)
    page = browser.open(address.partition("?")[0]).read().decode()
    assert "Who would you like to be?" in page
    assert "Alma Reyes" in page

    demo.send_signal(signal.SIGINT)
    said, _ = demo.communicate(timeout=PATIENCE)
    assert demo.returncode == 0
    assert "Demo stopped." in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_said_or_passed_over(monkeypatch):
    with socket.create_server((serve.HERE, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"Port {port} is in use"):
            serve.listen(port)
        monkeypatch.setattr(serve, "PORT", port)
        with serve.listen(None) as another:
            assert port < another.getsockname()[1] < port + serve.MOST_TRIES


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_is_none_is_said(port):
    with pytest.raises(SetupError, match="--port"):
        serve.listen(port)


def test_where_there_is_no_browser_the_address_is_enough(monkeypatch):
    opened = []
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(serve.webbrowser, "get", lambda: (_ for _ in ()).throw(serve.webbrowser.Error))
    serve.open_browser("http://127.0.0.1:1/")
    assert opened == []
    monkeypatch.setattr(serve.webbrowser, "get", lambda: None)
    serve.open_browser("http://127.0.0.1:1/")
    assert opened == ["http://127.0.0.1:1/"]


def test_without_what_only_the_demo_needs_a_sentence_says_how_to_get_it():
    without = "import sys; sys.modules['websockets'] = None; from bot.__main__ import main; sys.exit(main(['demo']))"
    said = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (
        1,
        'The demo needs websockets. Run: pip install "weft-slack[demo]"\n',
    )


NONSENSE = [
    ["--from", "soon"],
    ["--from", "2026-02-30"],
    ["--from", "1999-01-01"],
    ["--fast", "--weeks", "0"],
    ["--weeks", "many"],
]


@pytest.mark.parametrize("typed", NONSENSE)
def test_what_makes_no_sense_is_answered_with_a_sentence(typed, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["demo", *typed])

    assert ended.value.code == 2
    assert re.search(r"isn't a number of at least \d|isn't a day like", capsys.readouterr().err)
