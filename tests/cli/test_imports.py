"""A command imports what it needs and nothing else, so that it answers at once."""

import subprocess
import sys

import pytest

from tests.privacy.test_nothing_of_others import commands

FOR_ROUNDS_AND_PICTURES = {"numpy", "scipy", "rustworkx", "matplotlib", "holidays"}
FOR_PORTS = {"uvicorn", "starlette", "prometheus_client"}
FOR_UPGRADES = {"alembic", "mako"}
FOR_THE_TERMINAL = {"rich", "yaml"}
FOR_A_START = {"sqlalchemy", "slack_bolt", "slack_sdk", "apscheduler"}
UNNEEDED_AT_START = FOR_ROUNDS_AND_PICTURES | FOR_PORTS | FOR_UPGRADES | FOR_THE_TERMINAL


def loaded_by(code):
    """Libraries in memory after this code."""
    report = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
    done = subprocess.run([sys.executable, "-c", f"{report}; {code}"], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "sys" in loaded
    return loaded


@pytest.mark.parametrize("words", [[], *([command] for command in sorted(commands()))])
def test_help_loads_no_library(words):
    loaded = loaded_by(f"from bot.__main__ import main; main({[*words, '--help']})")

    assert loaded & (UNNEEDED_AT_START | FOR_A_START) == set()


@pytest.mark.slow
def test_a_start_loads_nothing_that_only_rounds_ports_and_upgrades_need(tmp_path):
    url = f"sqlite:///{tmp_path}/weft.sqlite3"
    subprocess.run([sys.executable, "-c", starting(url)], check=True)

    loaded = loaded_by(starting(url))

    assert loaded & UNNEEDED_AT_START == set()
    assert loaded >= FOR_A_START


def starting(url):
    return f"from bot.cli.run import open_database, upgraded; upgraded(open_database({url!r}))"
