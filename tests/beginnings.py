"""Many tests begin at the same moment of the same company's story. It is lived once, and each test goes on from a copy.

A copy is what stands in the database and in the workspace, opened by a bot that has just been started.
"""

import copy
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.clock import ManualClock
from bot.slacksim import SocketMode, Workspace
from tests.databases import lay_out, opened
from tests.numbering import numbered_from

EVERY: dict[Callable, Callable] = {}
"""Fixtures that tests begin with, and how each is lived; the later ones go on from earlier ones."""


@dataclass(frozen=True)
class Beginning:
    """A company as it is at some moment."""

    workspace: Workspace
    team: SimpleNamespace
    dice: Any
    file: Path

    def copy(self) -> "Beginning":
        """All that can change is copied; the lock, the line to the bot and what the manifest says are not values."""
        there = self.workspace
        anew = [(there.lock, threading.RLock()), (there.sockets, SocketMode())]
        same = [(one, one) for one in (there.settings, there.limits.per_minute)]
        workspace, team = copy.deepcopy((there, self.team), {id(old): new for old, new in [*anew, *same]})
        return replace(self, workspace=workspace, team=team)


@pytest.fixture(scope="session")
def lived(slack_server, migrated_file):
    """The company at the moment until which this function lives, which happens once."""
    moments: dict[Callable, Beginning] = {}

    def at(live: Callable) -> Beginning:
        if live not in moments:
            moments[live] = live_until(live, slack_server, migrated_file, f"beginning-{len(moments)}.sqlite3")
        return moments[live]

    return at


def live_until(live: Callable, slack_server, migrated_file, kept_as: str) -> Beginning:
    from tests.coffee.stories import hire
    from tests.conftest import APP, MONDAY, start

    with numbered_from(0xB000):  # A test may add a workspace of its own, which is the first.
        workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    file = lay_out(migrated_file)
    with opened(f"sqlite:///{file}") as database:
        weft = start(workspace, slack_server, workspace.clock, database)
        team = live(weft, hire(workspace))
        dice = weft.bot.rng.getstate()
        weft.composed.carrier.release()
    slack_server.release(workspace)
    assert slack_server.failures == []
    workspace.deliver_to(workspace.sockets)
    return Beginning(workspace, team, dice, shutil.copy(file, file.with_name(kept_as)))


def begins_when(live: Callable):
    """A fixture for tests that begin when this has happened to the small company. Returns its people."""

    def begun(weft, team, beginning):
        return team if beginning else live(weft, team)

    EVERY[begun] = live
    return pytest.fixture(begun)


@pytest.fixture
def beginning(request, app_settings):
    """Where this test begins; None when it begins with nobody there yet, or with an app of its own."""
    from tests.conftest import APP

    fixtures = {found[-1].func for found in request.node._fixtureinfo.name2fixturedefs.values()}
    named = [live for fixture, live in EVERY.items() if fixture in fixtures]
    return request.getfixturevalue("lived")(named[-1]).copy() if named and app_settings is APP else None
