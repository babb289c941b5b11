"""What holds tokens or people's words is readable for the user that runs Weft alone."""

import os
import stat
import threading
from pathlib import Path

import pytest

from bot.cli.run import run
from tests.cli.conftest import file_of, ticks_at_work
from tests.waiting import join, until

pytestmark = pytest.mark.skipif(os.name != "posix", reason="file permissions as POSIX has them")


@pytest.fixture(autouse=True)
def umask_of_most_shells():
    os.umask(0o022)  # Put back by the fixture of all commands.


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


def test_every_file_that_a_command_writes_is_for_its_user_alone(all_set, command, tmp_path, monkeypatch):
    all_set(DATABASE_URL="sqlite:///new.sqlite3")
    assert command("db", "upgrade")[0] == 0
    assert command("backup", "copy.sqlite3")[0] == 0

    assert {file.name: oct(mode(file)) for file in tmp_path.glob("*.sqlite3*")} == {
        "new.sqlite3": "0o600",
        "copy.sqlite3": "0o600",
    }


@pytest.mark.slow
def test_while_weft_runs_the_log_beside_the_database_is_for_its_user_alone(settings, office, without_pauses):
    file = Path(file_of(settings.database_url))
    file.chmod(0o644)
    stopped = threading.Event()
    thread = threading.Thread(target=run, args=(settings, stopped))
    thread.start()
    try:
        until(lambda: len(files_beside(file)) >= 3 and {mode(one) for one in files_beside(file)} == {0o600})
    finally:
        stopped.set()
        join(thread)
        join(*ticks_at_work())


def files_beside(file):
    return list(file.parent.glob(f"{file.name}*"))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("bits", [0o640, 0o604, 0o602, 0o660])
@pytest.mark.parametrize("name", [".env", "weft.sqlite3", "copy.sqlite3", "weft.sqlite3.bak"])
def test_check_names_a_file_that_others_can_read_and_how_to_close_it(all_set, command, tmp_path, name, bits):
    all_set(DATABASE_URL="sqlite:///weft.sqlite3")
    assert command("db", "upgrade")[0] == 0
    file = tmp_path / name
    if not file.exists():
        file.write_bytes((tmp_path / "weft.sqlite3").read_bytes() if "sqlite3" in name else b"")
    file.chmod(0o600)
    assert "OK   file permissions" in command("check")[1]
    file.chmod(bits)

    code, said = command("check")

    assert code == 1
    [line] = [line for line in said.splitlines() if "file permissions" in line]
    assert str(tmp_path / name) in line
    assert "Run: chmod go= " in line
    assert mode(file) == bits  # Checking changes nothing.


def test_another_file_in_the_folder_is_no_concern_of_check(all_set, command, tmp_path):
    all_set(DATABASE_URL="sqlite:///weft.sqlite3")
    assert command("db", "upgrade")[0] == 0
    (tmp_path / "notes.sqlite3.txt").write_text("not a database")
    (tmp_path / "notes.sqlite3.txt").chmod(0o644)

    assert "OK   file permissions" in command("check")[1]
