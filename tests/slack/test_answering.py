"""What is said at once to the person who just pressed or typed arrives, or they are told in another way."""

import socket
import threading
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.slack.response_url import is_slacks, post
from tests.coffee.stories import opened
from tests.slack.seen import SORRY, errors
from tests.weft import labels, turn_to, words


@pytest.fixture
def used_up(monkeypatch):
    """Every response_url has been posted to five times already."""
    monkeypatch.setattr("bot.slacksim.answers.MOST_USES", 0)


@pytest.fixture
def expired(monkeypatch):
    """Half an hour passes before anything is said."""
    monkeypatch.setattr("bot.slacksim.answers.LIFETIME", timedelta(seconds=-1))


def refused(workspace):
    """What the response_urls refused: asked for here. Anywhere else it fails the test."""
    codes, workspace.refused_responses = workspace.refused_responses, []
    return codes


def test_a_command_is_answered_although_its_address_is_used_up(weft, program, workspace, used_up, caplog):
    assert "/coffee pause 2w" in words(program.ana.command("/coffee", "help"))

    assert refused(workspace) == ["used_url"]
    assert [(line.getMessage(), line.code) for line in caplog.records] == [("an answer was refused", "used_url")]


@pytest.mark.slow
def test_a_question_is_replaced_by_its_answer_although_its_address_is_expired(weft, midway, workspace, expired):
    asked = next(each for each in midway.ana.messages() if "We met" in labels(each))
    before = len(midway.ana.messages())

    midway.ana.press("We met", asked)

    assert refused(workspace) == ["expired_url"]
    assert "We met" not in labels(asked)
    assert len(midway.ana.messages()) == before


def test_when_slack_takes_no_message_there_is_a_window(weft, program, workspace, expired):
    workspace.faults.refuse("chat.postEphemeral", "user_not_in_channel")

    program.ana.command("/coffee", "skip")

    assert refused(workspace) == ["expired_url"]
    assert "skip" in words(program.ana.modal) or "sit out" in words(program.ana.modal)


def test_when_slack_takes_nothing_at_all_it_is_in_the_log_by_its_codes(weft, program, workspace, expired, caplog):
    workspace.faults.refuse("chat.postEphemeral", "user_not_in_channel")
    workspace.faults.refuse("views.open", "expired_trigger_id")

    assert program.ana.command("/coffee", "skip").text == ""

    assert refused(workspace) == ["expired_url"]
    assert [line.code for line in caplog.records] == ["expired_url", "user_not_in_channel", "expired_trigger_id"]
    assert errors(caplog) == []


@pytest.mark.expects_error("an answer was refused")
def test_blocks_that_slack_refuses_are_our_mistake_and_the_text_arrives(weft, program, workspace, monkeypatch, caplog):
    monkeypatch.setattr("bot.coffee.membership.commands.help_blocks", lambda _lead: [{"type": "nonsense"}])

    assert words(program.ana.command("/coffee", "help")) == "What /coffee can do"

    assert refused(workspace) == ["invalid_blocks"]
    [line] = errors(caplog)
    assert line.code == "invalid_blocks"
    caplog.clear()


# Where it is said


@pytest.fixture
def inner():
    """A service inside the company's network that sends callers on with the status they ask for, and what was asked."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        moved = f" Moved\r\nLocation: {address}further\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

        def serve():
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection:
                        heard.append(connection.recv(65536).decode().split()[1])
                        connection.sendall(f"HTTP/1.1 {heard[-1].strip('/')}{moved}".encode())

        threading.Thread(target=serve, daemon=True).start()
        yield address, heard


@pytest.mark.parametrize("status", ["301", "302", "303", "307", "308"])
def test_a_redirect_is_not_followed(status, inner):
    address, heard = inner

    assert post(address + status, {"text": "hello"}, proxy=None) == (int(status), f"http_{status}")
    assert heard == [f"/{status}"]


def test_an_answer_goes_to_no_address_but_slacks(weft, program, workspace, inner, monkeypatch, caplog):
    address, heard = inner
    monkeypatch.setattr("bot.slacksim.payloads.new_response_url", elsewhere(address))

    program.ana.command("/coffee", "help")

    assert heard == []
    assert "/coffee pause 2w" in program.ana.reads()
    assert [line.code for line in caplog.records] == ["another_address"]


def elsewhere(address):
    from bot.slacksim.payloads import new_response_url

    return lambda *given: (address, new_response_url(*given)[1])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com.evil.test/",
        "https://hooks.slack.com@evil.test/",
        "https://hooks.slack.com:443@evil.test/",
        "https://hooks.slack.com\\@evil.test/",
        "https://evil.test/https://hooks.slack.com/",
        "https://hooks.slack.com",
        "HTTPS://evil.test/",
        "file:///etc/passwd",
        "http://127.0.0.1/admin",
        "https://slack.com.evil.test/api/",
        " https://hooks.slack.com/",
        "https://hooks.sl\nack.com/",
    ],
)
def test_what_only_looks_like_slacks_address_is_none(url):
    assert not is_slacks(url, "https://slack.com/api/")


def test_slacks_own_address_and_the_one_of_the_settings_are_taken():
    assert is_slacks("https://hooks.slack.com/actions/T1/2/abc", "https://slack.com/api/")
    assert is_slacks("http://127.0.0.1:4000/actions/T1/2", "http://127.0.0.1:4000/api/")
    assert not is_slacks("http://127.0.0.1:4001/actions/T1/2", "http://127.0.0.1:4000/api/")


# Bad news in a form


def test_bad_news_lies_on_top_of_the_form_in_which_they_pressed(weft, program, workspace):
    otto = workspace.add_person("Otto Admin", is_admin=True)
    window = opened(otto)
    otto.change(is_admin=False)

    otto.press("Edit")

    assert otto.modal is not window
    assert "admin" in words(otto.modal)
    otto.close()
    assert otto.modal is window


def test_bad_news_while_they_choose_keeps_what_was_typed(weft, program):
    program.alma.press("Set up program", turn_to(program.alma, "Admin"))
    program.alma.fill({"Name": "Elevenses"})
    program.alma.change(is_admin=False)

    program.alma.fill({"How often": "Every week"})

    assert "admin" in words(program.alma.modal)
    program.alma.close()
    assert "Elevenses" in str(program.alma.modal.values)


def test_bad_news_in_the_third_window_stands_in_it_with_all_that_was_typed(weft, program, workspace):
    program.alma.press("Set up program", turn_to(program.alma, "Admin"))
    program.alma.fill({"Name": "Elevenses"})
    form = program.alma.modal
    program.alma.change(is_admin=False)
    workspace.faults.refuse("views.push", "push_limit_reached")

    program.alma.fill({"How often": "Every week"})

    assert program.alma.modal is form
    assert "admin" in words(form)
    assert "Elevenses" in str(form.values)
    assert SORRY not in words(form)
