"""Logs tell what happened by ids and codes; nobody's name, words or token stands in them."""

import io
import json
import logging
import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.logs import SLACK_LIBRARIES, JsonLines, set_up_logs
from tests.coffee.stories import introductions, set_up
from tests.waiting import join
from tests.weft import words


@pytest.fixture
def log(logs_as_before):
    """Everything that any library logs, as `weft run` would write it at LOG_LEVEL=DEBUG."""
    written = io.StringIO()
    set_up_logs("DEBUG")
    [handler] = logging.getLogger().handlers
    assert isinstance(handler.formatter, JsonLines)
    handler.setStream(written)
    return written


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_is_one_json_object(log):
    logging.getLogger("weft").info("two\nlines", extra={"program": 7, "at_all": {"a": 1}})

    [line] = [line for line in lines(log) if line["place"] == "weft"]
    assert (line["level"], line["what"], line["program"]) == ("info", "two\nlines", 7)
    assert line["at"].endswith("+00:00")


def test_an_error_is_told_by_its_kind_and_place_and_not_by_its_words(log):
    try:
        raise ValueError("Ana wrote: my secret")
    except ValueError:
        logging.getLogger("weft").exception("failed")

    [line] = [line for line in lines(log) if line["place"] == "weft"]
    assert line["error"] == "ValueError"
    assert "test_logs.py" in line["where"][-1]
    assert "secret" not in log.getvalue()


@pytest.mark.expects_error("a thread failed")
def test_a_thread_that_fails_is_told_by_kind_and_place_and_not_by_its_words(log, capfd):
    def fail():
        raise ValueError("Ana wrote: my secret")

    thread = threading.Thread(target=fail, name="failing")
    thread.start()
    join(thread)

    [line] = [line for line in lines(log) if line["what"] == "a thread failed"]
    assert (line["error"], line["name_of_thread"]) == ("ValueError", "failing")
    assert "secret" not in log.getvalue() + "".join(capfd.readouterr())


def test_a_database_error_shows_no_values(weft):
    with pytest.raises(SQLAlchemyError) as failed, weft.bot.db.transaction() as session:
        session.execute(text("SELECT * FROM nowhere WHERE name = :name"), {"name": "my secret"})

    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("token", ["xoxb-123-abcDEF", "xapp-1-A0-99-abc", "xoxp-1", "xoxe.xoxb-1-abc"])
def test_a_token_is_hidden_wherever_it_stands(token, log):
    logging.getLogger("weft").info("with %s", token, extra={"of": {"token": token}})

    assert token not in log.getvalue()
    assert "(a token)" in log.getvalue()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"])
@pytest.mark.parametrize("slack_libraries_at", ["DEBUG", "NOTSET", "CRITICAL"])
def test_no_logger_of_slacks_libraries_writes_what_people_said(level, slack_libraries_at, log, weft):
    names = [name for name in logging.root.manager.loggerDict if name.startswith(SLACK_LIBRARIES)]
    assert len(names) > 10
    for name in names:
        logger = logging.getLogger(name)
        before = logger.level
        logger.setLevel(slack_libraries_at)
        logger.log(logging.getLevelName(level), "body: text=my+secret, token: %s", "xoxb-1")
        logger.setLevel(before)

    assert "secret" not in log.getvalue()
    assert "xoxb" not in log.getvalue()


@pytest.mark.slow
@pytest.mark.expects_error("a listener failed")
def test_a_month_leaves_nobodys_words_in_the_logs(log, weft, team, workspace):
    ana = team.ana
    weft.tick()
    set_up(team.alma, team.coffee, Name="Elevenses of Ana")
    weft.live(days=2)
    ana.command("/coffee", "sesquipedalian nonsense")
    ana.command("/weft", "defenestration")
    ana.change(title="Pantomime director", display_name="Ananas")
    ana.set_status(":mountain:", "Gone to Patagonia")
    ana.say(None, "a word to the bot: onomatopoeia")
    workspace.faults.refuse("views.publish", "fatal_error")
    ana.open_home()
    workspace.faults.server_error("chat.postMessage")
    workspace.faults.nonsense("views.open")
    workspace.faults.nonsense("conversations.members")
    ana.command("/coffee", "pause")
    weft.live(days=7)
    ana.press("We met", introductions(ana)[0])
    weft.live(days=23)
    assert "Elevenses" in words(ana.command("/coffee"))

    said = log.getvalue()
    assert "a listener failed" in said
    assert "people were read from Slack" in said
    private = [person.name.split()[0] for person in [team.alma, *team.everyone]]
    private += ["Reyes", "Okafor", "acme.test", "Engineer", "Pantomime", "Ananas", "Patagonia", "onomatopoeia"]
    private += ["Elevenses", "sesquipedalian", "defenestration", "DOCTYPE", "Welcome", "15 minutes"]
    private += [words_of(message) for message in everything_said(workspace)]
    private += [workspace.bot_token, workspace.app_token, workspace.signing_secret, "xoxb", "xapp"]
    without_places = "\n".join(json.dumps(line | {"where": []}) for line in lines(log))
    assert [word for word in private if word in without_places] == []


def everything_said(workspace):
    everywhere = [message for channel in workspace.channels.values() for message in channel.messages]
    assert len(everywhere) > 20
    return everywhere


def words_of(message):
    """The first words of a message: long enough to be its own."""
    return json.dumps(message.text)[1:40]
