"""To begin with a copy is to have lived until there."""

import re
import shutil

import pytest

from bot.core.clock import ManualClock
from bot.slacksim import Workspace
from tests.coffee.stories import hire, introduce_a_pair
from tests.conftest import APP, MONDAY, start
from tests.databases import opened


@pytest.fixture
def really_lived(slack_server, migrated_file, tmp_path):
    """The same life in a workspace and a database of its own."""
    workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    with opened(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'own.sqlite3')}") as database:
        yield start(workspace, slack_server, workspace.clock, database)
    slack_server.release(workspace)


def read_by(team):
    """All that everybody has read so far, and when, without the workspace's own number in ids."""
    return [
        [(message.ts, re.sub(r"\b([A-Z]+)[0-9A-F]{4}(?=[0-9A-F]{6})", r"\1", message.text)) for message in one.sees()]
        for one in (team.alma, *team.everyone)
    ]


@pytest.mark.slow
def test_a_copy_reads_as_the_life_that_it_was_taken_from(lived, really_lived):
    copied = lived(introduce_a_pair).copy()

    team = introduce_a_pair(really_lived, hire(really_lived.workspace))

    assert read_by(copied.team) == read_by(team)
    assert copied.dice == really_lived.bot.rng.getstate()
    assert copied.workspace.now() == really_lived.clock.now()


@pytest.mark.slow
def test_life_goes_on_in_a_copy_as_it_would_have(weft, pair, really_lived):
    team = introduce_a_pair(really_lived, hire(really_lived.workspace))
    assert weft.bot.rng.getstate() == really_lived.bot.rng.getstate()

    for goes_on, ana in ((weft, pair.ana), (really_lived, team.ana)):
        ana.press("Time 1 works for me", ana.group_messages()[-1])
        goes_on.live(days=3)

    assert read_by(pair) == read_by(team)


def test_what_is_done_in_a_copy_stays_in_it(lived):
    before = read_by(lived(introduce_a_pair).team)
    ours = lived(introduce_a_pair).copy()

    ours.team.ana.say(ours.team.coffee, "Good morning")

    assert "Good morning" in ours.team.ben.reads()
    assert read_by(lived(introduce_a_pair).team) == before == read_by(lived(introduce_a_pair).copy().team)
