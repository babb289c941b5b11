"""Promise 2 as a sweep: whatever an admin or a colleague opens, nothing of somebody's own is in it.

One person has a network, notes, answers, pins, wishes and people she avoids, all with marks. Then an admin and a
colleague open and try all that the bot has, and all it said to anybody is searched.
"""

import io
import logging
import shutil
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from bot.__main__ import main, parser
from bot.cli.logs import set_up_logs
from bot.coffee.preview import blocks as preview
from bot.core.clock import ManualClock
from bot.health.metrics import PrometheusMetrics
from bot.health.rules import Line
from bot.health.state import Observer
from bot.health.web import pages
from bot.slacksim import Workspace
from storage.db import Database
from tests.cli.conftest import umask_as_before  # noqa: F401 - it acts by itself
from tests.conftest import APP, MONDAY, start
from tests.numbering import numbered_from
from tests.privacy import marked
from tests.privacy.listening import Everything
from tests.privacy.looking import Curious, names
from tests.weft import turn_to

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def swept(slack_server, migrated_file, tmp_path_factory):
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("swept") / "weft.sqlite3")
    with numbered_from(1):
        workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    database = Database(f"sqlite:///{file}")
    weft = start(workspace, slack_server, workspace.clock, database)
    everything = Everything(workspace)
    with pytest.MonkeyPatch.context() as patch, logs_in_memory() as log:
        everything.listen(weft.composed.app, patch)
        there = marked.live(weft, marked.hired(workspace))
        her_own(weft, there, everything)
        viewers = [Curious(one, everything) for one in (there.ben, there.alma)]
        for viewer in viewers:
            viewer.look_everywhere()
        for viewer in viewers:
            viewer.try_everything(hers(there))
        everything.after, everything.typed = "life goes on", ""
        weft.live(days=1)
        her_own(weft, there, everything)
        everything.note_files()
    yield SimpleNamespace(weft=weft, there=there, everything=everything, viewers=viewers, log=log, file=file)
    database.close()
    slack_server.release(workspace)
    assert slack_server.failures == []


@contextmanager
def logs_in_memory():
    """Everything that any library logs, as `weft run` would write it at LOG_LEVEL=DEBUG."""
    root, written = logging.getLogger(), io.StringIO()
    before = root.level, list(root.handlers)
    set_up_logs("DEBUG")
    root.handlers[0].setStream(written)
    yield written
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def her_own(weft, there, everything):
    """She looks at all of it herself, and downloads it."""
    everything.after = "Ana looks at what is hers"
    for page in ("Today", "My people", "Settings"):
        turn_to(there.ana, page)
    there.ana.command("/network")
    there.ana.press("Edit", turn_to(there.ana, "My people"))
    there.ana.close(everything=True)
    there.ana.command("/weft", "export")
    weft.carry()


def hers(there):
    """What belongs to Ana, as a button might carry it."""
    return ["1", there.mia.id, f"1:{there.pia.id}", f"person:{there.tess.id}"]


def read_by(swept, *, but):
    """All that was said to anybody but these."""
    allowed = {person.id for person in but}
    return [spoken for spoken in swept.everything.spoken if not spoken.to <= allowed]


NOBODY = SimpleNamespace(**{name: SimpleNamespace(id=name, name=name) for name in marked.NAMES})
WHAT = [mark.what for mark in marked.marks(NOBODY)]


@pytest.mark.parametrize("what", WHAT)
def test_nobody_else_reads(swept, what):
    [mark] = [one for one in marked.marks(swept.there) if one.what == what]
    may = [swept.there.ana, *(getattr(swept.there, name) for name in mark.may)]

    leaks = {
        f"{spoken.through} after {spoken.after}: {line}"
        for spoken in read_by(swept, but=may)
        if not is_made_without_lists(what, spoken)
        for line in spoken.lines()
        if mark.is_in(line)
    }
    assert leaks == set()


def is_made_without_lists(what, spoken):
    """A preview knows no private list, so two people in one match of it say nothing; see test_private_lists."""
    made = ("programs_preview", preview.RESHUFFLE, preview.LET_MEET, preview.KEEP_APART_ONCE)
    return what == "whom she would rather not meet" and any(one in str(spoken.after) for one in made)


@pytest.mark.parametrize("what", WHAT)
def test_she_herself_does(swept, what):
    """Before and after all that: otherwise the search would prove nothing."""
    [mark] = [one for one in marked.marks(swept.there) if one.what == what]
    own = "\n".join(
        "\n".join(spoken.lines()) for spoken in swept.everything.spoken if spoken.to == {swept.there.ana.id}
    )

    assert any(word in own for word in mark.words)


def test_nothing_of_it_is_logged(swept):
    written = swept.log.getvalue()

    assert len(written.splitlines()) > 100
    assert found_in(written, swept) == []


def test_nothing_of_it_is_told_to_whoever_watches_over_the_bot(swept):
    line = Line(is_connected=True, last_contact_at=swept.weft.clock.now())
    observer = Observer(swept.weft.bot, swept.weft.composed.carrier.lease.holder, lambda: line, lambda: None)
    told = [route.endpoint(None).body.decode() for route in pages(observer, PrometheusMetrics()).routes]

    assert len(told) >= 2
    assert found_in("\n".join(told), swept) == []


TYPED = {"check": [], "db": ["current"], "round": ["preview", "Coffee"], "people": ["import", "people.csv"]}
SAYS_NOTHING = {
    "run": "what it says is Slack's, the logs' and the pages' above",
    "demo": "it shows an invented company of its own",
    "manifest": "it prints a file that is the same for everyone",
    "backup": "it writes the database itself, for whoever has that anyway",
}


def commands():
    [choices] = [action.choices for action in parser()._actions if isinstance(action.choices, dict)]
    return set(choices)


def test_nothing_of_it_is_told_at_the_command_line(swept, slack_server, monkeypatch, tmp_path, capsys):
    assert commands() == TYPED.keys() | SAYS_NOTHING.keys(), "a new command: say here how it is looked at"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(f"person_id,team\n{swept.there.mia.id},Mia's team\nU0NOBODY,Data\n")
    workspace = swept.weft.workspace
    for name, value in {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": slack_server.api_url,
        "DATABASE_URL": f"sqlite:///{swept.file}",
    }.items():
        monkeypatch.setenv(name, value)
    for command, more in TYPED.items():
        main([command, *more])

    shown = capsys.readouterr()
    assert "Next round" in shown.out
    assert found_in(shown.out + shown.err, swept) == []


def found_in(text, swept):
    return [line for line in text.splitlines() for mark in marked.marks(swept.there) if mark.is_in(line)]


def test_much_of_what_there_is_was_really_open_to_them(swept):
    """The rest was tried: what is for others, for another moment, or gone by then."""
    pressed = {name for viewer in swept.viewers for name, _ in viewer.pressed}

    assert len(pressed) > 45
    assert pressed <= set(names("action"))
    assert {"programs_preview", "network_reach", "celebrate_set_up", "people_edit_hours"} <= pressed
