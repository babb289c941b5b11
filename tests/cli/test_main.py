"""Whatever is wrong with the set-up, the command line says it in a sentence and ends with 1."""

import sqlite3

import pytest
import yaml

from bot.core.clock import SystemClock
from storage.db import Database
from storage.migrate import revisions
from storage.people.people import Person
from storage.scope import Scope
from storage.workspaces import remember_workspace
from tests.cli.conftest import file_of
from tests.databases import free_port

COMMANDS = ["run", "check", "db upgrade", "db current", "backup copy.sqlite3", "people import people.csv"]
every_command = pytest.mark.parametrize("words", COMMANDS)

pytestmark = pytest.mark.usefixtures("without_pauses")


@pytest.fixture
def broken(all_set, tmp_path, command, sqlite_url, office):
    """Type a command with this database; returns what was said by a command that failed as it should."""
    database = Database(sqlite_url)
    with database.transaction() as session:
        remember_workspace(Scope(session, office.team_id, SystemClock().now()), name="Acme", bot_user_id="U1")
        seen_at, about = SystemClock().now(), {"name": "Ana", "email": "ana@acme.test"}
        session.add(Person(workspace_id=office.team_id, person_id="U2", seen_at=seen_at, **about))
    database.close()
    (tmp_path / "people.csv").write_text("email,team\nana@acme.test,Data\n")

    def type_it(words, url):
        all_set(DATABASE_URL=url)
        code, said = command(*words.split())
        assert code == 1, said
        assert "Traceback" not in said
        assert "SELECT" not in said
        assert "secret" not in said
        assert not (tmp_path / "copy.sqlite3").exists()
        assert not (tmp_path / "copy.sqlite3.part").exists()
        return said

    return type_it


@every_command
def test_nonsense_for_a_database(words, broken):
    assert "Can't use DATABASE_URL" in broken(words, "postgresql://weft:secret@host:port/weft")


@every_command
def test_a_postgresql_that_does_not_answer(words, broken):
    url = f"postgresql://weft:secret@127.0.0.1:{free_port()}/weft"

    assert "Can't open the database" in broken(words, url) or "PostgreSQL" in broken(words, url)


@every_command
def test_a_folder_that_does_not_exist(words, broken, tmp_path):
    assert "unable to open database file" in broken(words, f"sqlite:///{tmp_path}/nowhere/weft.sqlite3")


@every_command
def test_a_folder_in_the_files_place(words, broken, tmp_path):
    assert "unable to open database file" in broken(words, f"sqlite:///{tmp_path}")


@every_command
def test_a_file_that_is_no_database(words, broken, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Weft, this is a letter. " * 100)

    assert "not a database" in broken(words, f"sqlite:///{tmp_path}/letter.txt")


@pytest.mark.parametrize("words", ["run", "check", "people import people.csv"])
def test_a_file_that_can_only_be_read(words, broken, sqlite_url):
    assert "readonly database" in broken(words, f"sqlite:///file:{file_of(sqlite_url)}?mode=ro&uri=true")


def test_a_new_database_that_can_only_be_read_is_not_upgraded(broken, tmp_path):
    sqlite3.connect(tmp_path / "empty.sqlite3").execute("PRAGMA journal_mode = WAL").connection.close()

    said = broken("db upgrade", f"sqlite:///file:{tmp_path}/empty.sqlite3?mode=ro&uri=true")

    assert "readonly database" in said


@pytest.mark.parametrize("words", ["run", "check", "people import people.csv"])
def test_a_database_that_another_one_keeps_locked(words, broken, locked):
    assert "locked" in broken(words, locked)


def test_a_locked_database_is_not_upgraded(broken, tmp_path, impatient):
    other = sqlite3.connect(tmp_path / "new.sqlite3", isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")

    for words in ("db upgrade", "db current"):
        assert "locked" in broken(words, f"sqlite:///{tmp_path}/new.sqlite3")
    other.close()


@pytest.mark.parametrize("words", ["run", "check", "db upgrade"])
def test_a_disk_that_is_full(words, broken, tmp_path, full_disk):
    assert "full" in broken(words, f"sqlite:///{tmp_path}/new.sqlite3")


@pytest.mark.parametrize("words", ["run", "check", "db upgrade", "people import people.csv"])
def test_a_database_of_a_newer_weft(words, broken, sqlite_url):
    with sqlite3.connect(file_of(sqlite_url)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()

    assert "newer" in broken(words, sqlite_url)
    assert "9999" in broken(words, sqlite_url)


@pytest.mark.parametrize("words", ["run", "check", "db upgrade"])
def test_a_postgresql_in_which_weft_may_make_no_tables(words, broken, postgres_server):
    from sqlalchemy import create_engine, text

    url, admin = postgres_server
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS strict WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE strict"))
        connection.execute(text("DROP ROLE IF EXISTS nobody_special"))
        connection.execute(text("CREATE ROLE nobody_special LOGIN"))
    owner = create_engine(f"{url}/strict", isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    owner.dispose()

    assert "permission denied" in broken(words, f"{url}/strict".replace("weft@", "nobody_special@"))


def test_a_new_database_is_made_and_brought_up_to_date(all_set, command, tmp_path):
    all_set(DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")

    newest = revisions()[-1]
    needed = f"Database is at nothing yet, this version of Weft needs {newest}. Run: weft db upgrade\n"

    assert command("db", "current") == (0, needed)
    assert command("db", "upgrade") == (0, f"Database is up to date ({newest}).\n")
    assert command("db", "upgrade") == (0, f"Database is up to date ({newest}).\n")


# The settings and Slack, for `weft run`


refused_socket = pytest.mark.expects_error(
    "Slack rejected SLACK_APP_TOKEN, so no one can use Weft", "trouble, and on it goes"
)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN isn't set"),
        ({"SLACK_APP_TOKEN": "xoxb-nope"}, "SLACK_APP_TOKEN should start with xapp-"),
        ({"HTTP_PORT": "banana"}, "HTTP_PORT is 'banana'"),
        ({"HTTP_PORT": "3000"}, "SLACK_SIGNING_SECRET is needed"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is LOUD"),
        ({"SLACK_BOT_TOKEN": "xoxb-unknown"}, "Slack rejected SLACK_BOT_TOKEN (invalid_auth)"),
        pytest.param(
            {"SLACK_APP_TOKEN": "xapp-unknown"},
            "Slack rejected SLACK_APP_TOKEN (invalid_auth)",
            marks=refused_socket,
        ),
        ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Can't reach Slack"),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL should start with https://"),
    ],
)
def test_run_ends_with_a_sentence(changed, sentence, all_set, command):
    all_set(**changed)

    code, said = command("run")

    assert code == 1
    assert sentence in said
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("fault", [pytest.param("nonsense", marks=refused_socket), "drop_request"])
def test_run_ends_with_a_sentence_when_slack_gives_no_socket(fault, all_set, command, office):
    getattr(office.faults, fault)("apps.connections.open", times=10)

    code, said = command("run")

    assert code == 1
    assert "Slack" in said
    assert "DOCTYPE" not in said


def test_run_ends_with_a_sentence_when_its_port_is_taken(all_set, command, settings):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        all_set(HTTP_PORT=str(taken.getsockname()[1]), SLACK_SIGNING_SECRET=settings.slack_signing_secret)
        code, said = command("run")

    assert code == 1
    assert "HTTP_PORT" in said


def test_a_word_that_is_no_command_is_answered_with_those_there_are(command, capsys):
    with pytest.raises(SystemExit) as ended:
        command("dance")

    assert ended.value.code == 2
    assert "run" in capsys.readouterr().err


def test_the_manifest_for_http_is_printed_for_an_address(command):
    code, said = command("manifest", "--http", "https://weft.example.com/")

    assert code == 0
    assert yaml.safe_load(said)["settings"]["interactivity"]["request_url"] == "https://weft.example.com/slack/events"


@pytest.mark.parametrize("address", ["", "weft.example.com", "http://weft.example.com", "https://", "https://x/path"])
def test_an_address_to_which_slack_would_not_send_is_refused(address, command, capsys):
    with pytest.raises(SystemExit):
        command("manifest", "--http", address)

    assert "isn't an address like https://weft.example.com" in capsys.readouterr().err
