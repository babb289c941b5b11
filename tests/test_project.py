"""What must agree, agrees: settings, manifest, listeners, drawings, documents, tables."""

import dataclasses
import importlib
import json
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient
from sqlalchemy import text

from bot.config import Settings
from bot.core.clock import ManualClock, SystemClock
from bot.core.page import Page
from bot.core.work import Bot
from bot.demo.workspace import Workspace
from bot.features import FEATURES, PLUGGED
from bot.home.pages import action_id
from bot.privacy.service import export_person, forget_person
from bot.programs.learned import service as learned
from bot.programs.now import service as coffee_now
from bot.slack.app import build_app
from storage import notes, now, rounds, written
from storage.connections import record_meeting
from storage.db import Database
from storage.kinds import MetThrough
from storage.tables import METADATA
from tests.coffee import begin, hire, opened
from tests.conftest import APP, MONDAY, start
from tests.weft import turn_to

ROOT = Path(__file__).parents[1]
FACTS = ROOT.parent / "shared" / "slack"
MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))

NOT_IN_THE_DIGEST = {
    f"{place}_{what}": {"scopes": [scope]}
    for place, scope in (("channel", "channels:read"), ("group", "groups:read"))
    for what in ("archive", "unarchive")
}
"""Events that Slack documents (docs.slack.dev, "Events") and our digest of its pages leaves out."""

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="Slack's published facts are not beside this checkout")


def sources(*folders):
    return {file: file.read_text("utf-8") for folder in folders for file in (ROOT / folder).rglob("*.py")}


# Features and settings


def test_each_feature_folder_is_listed():
    folders = {file.parent.name for file in (ROOT / "bot").glob("*/feature.py")} - {"core"}

    assert folders == {feature.name for feature in FEATURES}


def test_the_example_of_the_settings_names_each_of_them():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.M))

    assert named == {field.name.upper() for field in dataclasses.fields(Settings)}


def test_only_the_configuration_reads_the_environment():
    readers = [
        file.name for file, code in sources("bot", "storage").items() if "os.environ" in code or "getenv" in code
    ]

    assert readers == ["config.py"]


# The manifest and what listens


def heard():
    """What the Bolt app listens to: commands, events, actions, forms, choices."""
    app = build_app(Bot(None, SystemClock(), None, "T1"), WebClient(token="xoxb-none"), FEATURES)
    closures = [
        (matcher.func.__qualname__.split(".")[0], inner(matcher.func))
        for listener in app._listeners
        for matcher in listener.matchers
    ]
    return {(kind, name) for kind, names in closures for name in names}


def inner(function):
    """The names that one of Bolt's matchers was made with."""
    found = []
    for cell in function.__closure__ or ():
        value = cell.cell_contents
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            found += [one for one in value.values() if isinstance(one, str)]
        elif callable(value) and getattr(value, "__closure__", None):
            found += inner(value)
    return found


def names_heard(kind):
    return {name for what, name in heard() if what == kind}


def test_the_commands_of_the_manifest_are_the_ones_that_are_heard():
    assert names_heard("command") == {one["command"] for one in MANIFEST["features"]["slash_commands"]}


def test_the_events_of_the_manifest_are_the_ones_that_are_heard():
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    assert {kind for feature in FEATURES for kind in feature.events} == set(subscribed)
    assert names_heard("event") == {kind.partition(".")[0] for kind in subscribed}


def named(*kinds):
    """Every name that begins with its feature's folder, kept in modules of these kinds: ids of buttons or of forms."""
    found = set()
    for file in (ROOT / "bot").rglob("*.py"):
        folder, *_ = file.relative_to(ROOT / "bot").parts
        if file.stem in kinds and folder not in {"core", "slack", "demo"}:
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            found |= {name for value in vars(module).values() for name in texts(value) if name.startswith(f"{folder}_")}
    return found


def texts(value):
    """The strings that a constant is or holds."""
    if isinstance(value, str):
        return {str(value)}
    if isinstance(value, dict | tuple | list | set | frozenset):
        return {text for one in (value.values() if isinstance(value, dict) else value) for text in texts(one)}
    return set()


def test_every_button_that_is_drawn_is_heard():
    drawn = named("blocks", "buttons") | {action_id(page) for page in Page}

    assert names_heard("action") | names_heard("block_action") == drawn


def test_every_form_that_is_drawn_is_heard():
    drawn = {name for name in named("forms") if name.endswith("_form")}

    assert names_heard("view") | names_heard("view_submission") == drawn


@needs_facts
def test_the_manifest_is_one_that_slack_takes():
    from jsonschema import Draft7Validator

    schema = json.loads((FACTS / "manifest.schema.json").read_text("utf-8"))

    assert [error.message for error in Draft7Validator(schema).iter_errors(MANIFEST)] == []


@needs_facts
def test_scopes_and_events_of_the_manifest_exist_and_fit_each_other():
    methods = json.loads((FACTS / "web-api.json").read_text("utf-8"))
    events = json.loads((FACTS / "events.json").read_text("utf-8")) | NOT_IN_THE_DIGEST
    granted = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    known = {scope for method in methods.values() for scope in method["bot_scopes"]} | {"commands"}
    known |= {scope for event in events.values() for scope in event["scopes"]}

    assert granted <= known
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        scopes = set(events[event]["scopes"])
        assert not scopes or scopes & granted, event


@needs_facts
def test_scopes_that_are_used_are_granted_and_granted_ones_are_used():
    methods = json.loads((FACTS / "web-api.json").read_text("utf-8"))
    events = json.loads((FACTS / "events.json").read_text("utf-8")) | NOT_IN_THE_DIGEST
    granted = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    code = "\n".join(code for file, code in sources("bot").items() if "demo" not in file.parts)
    used = [name for name in methods if f".{name.replace('.', '_')}(" in code]
    reasons = {"commands", "users:read.email"}
    for name in used:
        scopes = set(methods[name]["bot_scopes"])
        assert not scopes or scopes & granted, name
        reasons |= scopes
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        reasons |= set(events[event]["scopes"])

    assert granted <= reasons


def test_each_permission_is_explained():
    explained = set(re.findall(r"`([a-z.]+:[a-z.:]+|commands)`", (ROOT / "docs/permissions.md").read_text("utf-8")))

    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) <= explained
    assert explained <= set(MANIFEST["oauth_config"]["scopes"]["bot"]) | {"connections:write"}


def test_the_shortcuts_of_the_manifest_are_the_ones_that_are_heard():
    assert names_heard("shortcut") == {one["callback_id"] for one in MANIFEST["features"]["shortcuts"]}


# Privacy


PERSONAL = re.compile(r"(person_id|other_id|recipient|created_by|manager_id)$")


def tables_with_people():
    return {
        (table.name, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if PERSONAL.search(column.name)
    }


def rows_with(bot, person_id):
    """Every table and column in which this id stands anywhere."""
    found = set()
    with bot.db.snapshot() as session:
        for table in METADATA.sorted_tables:
            for row in session.execute(text(f"SELECT * FROM {table.name}")).mappings():
                found |= {(table.name, name) for name, value in row.items() if person_id in str(value)}
    return found


def test_every_table_stands_in_the_document_about_privacy():
    document = (ROOT / "docs/privacy.md").read_text("utf-8")
    explained = {name for row in re.findall(r"^\| (`.+?) \|", document, re.M) for name in re.findall(r"`(\w+)`", row)}

    missing = {table.name for table in METADATA.sorted_tables} - explained
    assert missing == set(), "docs/privacy.md: say what they keep, why and until when"


@pytest.fixture(scope="module")
def weeks(slack_server, migrated_file, tmp_path_factory):
    """Three weeks of the small company, lived once, and the file in which they stand."""
    file = tmp_path_factory.mktemp("weeks") / "weft.sqlite3"
    shutil.copy(migrated_file, file)
    workspace = Workspace(ManualClock(MONDAY), name="Acme", settings=APP)
    slack_server.host(workspace)
    database = Database(f"sqlite:///{file}")
    weft = start(workspace, slack_server, workspace.clock, database)
    program = live_through(weft, begin(weft, hire(workspace)))
    database.close()  # The last connection that closes writes the log into the file.
    assert slack_server.failures == []
    yield workspace, program, file
    slack_server.release(workspace)


@pytest.fixture
def lived(weeks, slack_server, tmp_path):
    """The bot after these weeks, on a database of its own, and the people in it."""
    workspace, program, file = weeks
    database = Database(f"sqlite:///{shutil.copy(file, tmp_path / 'lived.sqlite3')}")
    yield start(workspace, slack_server, workspace.clock, database), program
    database.close()


def live_through(weft, program):
    """Ana has chosen a time, met somebody, is asked, heard of a newcomer, has a manager's attribute, set up nothing."""
    with weft.bot.begin() as work:
        from bot.people.service import import_attributes

        rows = [f"{program.ana.id},Data,{program.ben.id},", f"{program.dev.id},Sales,,2026-02-20"]
        import_attributes(work, "\n".join(["person_id,team,manager,started_on", *rows]))
    weft.workspace.add_user_group("data", "Data", program.everyone)
    program.alma.press("Choose user groups", turn_to(program.alma, "Admin"))
    program.alma.fill({"Department": ["Data"]})
    assert program.alma.submit() == {}
    weft.live(days=1)
    weft.settle()
    program.ana.press("1 works for me", program.ana.group_messages()[-1])
    with weft.bot.begin() as work:
        [match] = rounds.matches_of(work.session, workspace_id=work.workspace_id, person_id=program.ana.id)
        about = {"workspace_id": work.workspace_id, "person_id": program.ana.id}
        written.answer(work.session, **about, match_id=match.id, answers=["Hello"], at=work.now)
    weft.live(days=8)
    program.ana.press("We met", program.ana.messages()[-1])
    with weft.bot.begin() as work:
        about = {"workspace_id": work.workspace_id, "person_id": program.ana.id}
        notes.keep(work.session, **about, other_id=program.ben.id, origin="match:1", words="Tea", at=work.now)
        learned.propose(work, match.id, by=program.ana.id, words="A line")
        coffee_now.start(work, rounds.last_round(work.session, program_id=1).program, program.ana.id, "")
        request = now.looking_for(work.session, **about)
        request.other_id = request.asks[0].person_id
    program.ana.command("/coffee", "pause 2w")
    program.ana.press("Edit", turn_to(program.ana, "My people"))
    program.ana.fill({"People": [program.dev]})
    assert program.ana.submit() == {}
    use_network(weft, program)
    program.ana.press("Don't count me", is_counted_in(weft, program, program.coffee))
    weft.live(days=10)
    celebrate(weft, program)
    opened(program.alma)
    program.alma.press("Preview next round")
    program.alma.press("Keep two apart")
    program.alma.fill({"Two people": [program.ben, program.ana]})
    assert program.alma.submit() == {}
    return program


def note_contact(weft, a, b):
    from bot.connections.service import note
    from storage.kinds import ContactKind

    with weft.bot.begin() as work:
        for days in range(3):
            note(work, a.id, b.id, ContactKind.SHOUTOUT, on=work.now.date() - timedelta(days=days))


def use_network(weft, program):
    """Ana wishes for a team, stays in touch with Ben, and asks him to introduce her to Alma."""
    from storage import network
    from tests.network.company import pin
    from tests.network.test_asking import ask

    for other in (program.ana, program.alma):
        note_contact(weft, program.ben, other)
    pin(program.ana, [program.ben])
    ask(weft, program.ana, to=program.alma)
    program.ben.press("Don't name me", turn_to(program.ben, "Settings"))
    with weft.bot.begin() as work:
        network.wish(work.session, workspace_id=work.workspace_id, person_id=program.ana.id, team="Legal", at=work.now)


def is_counted_in(weft, program, channel):
    """Alma switches counting on. Returns what the channel is told."""
    program.alma.press("Choose channels", turn_to(program.alma, "Admin"))
    program.alma.fill({"Where is contact counted?": "In the channels below", "Channels": [channel]})
    program.alma.submit()
    weft.settle()
    return channel.messages[-1]


def celebrate(weft, program):
    """Alma has chosen the channel; Ben thanks Ana, Ana shares a win, others second; they chose something."""
    program.alma.press("Change how we celebrate", turn_to(program.alma, "Admin"))
    program.alma.fill({"Channel": program.coffee, "Time zone": "Europe/Berlin"})
    assert program.alma.submit() == {}
    program.ben.command("/shoutout", f"{program.ana.mention} for the night in which {program.ana.mention} fixed it")
    program.ana.command("/win", f"Builds take 5 minutes instead of 20, thanks to {program.ben.mention}")
    weft.carry()
    for post in program.coffee.messages[-2:]:
        program.dev.react(post, "raised_hands")
    program.ana.react(program.coffee.messages[-2], "raised_hands")
    program.cleo.react(program.coffee.messages[-2], "raised_hands")
    with weft.bot.begin() as work:  # Dev knows Ana, so that he may be asked to congratulate her.
        record_meeting(
            work.session,
            workspace_id=work.workspace_id,
            people=[program.ana.id, program.dev.id],
            met_on=work.now.date(),
            through=MetThrough.PROGRAM,
            origin="match:0",
        )
    for person in (program.ana, program.ben):
        person.press("My days", turn_to(person, "Settings"))
        person.fill({"My birthday": "14 March"})
        assert person.submit() == {}
    weft.live(hours=4)


def test_all_that_is_kept_of_a_person_is_exported(lived):
    weft, program = lived
    with weft.bot.look() as work:
        kept = export_person(work, program.ana.id, PLUGGED)

    assert set(kept) == {"people", "connections", "programs", "celebrate", "counting", "network", "delivery", "nudges"}
    assert len(kept["celebrate"]["wins"]) == len(kept["celebrate"]["thanks_received"]) == 1
    assert kept["people"]["profile"]["name"] == "Ana Ruiz"
    assert len(kept["connections"]["meetings"]) == 2
    assert len(kept["programs"]["times_you_chose"]) == 1
    assert {match["your_answer"] for match in kept["programs"]["matches"]} == {"met"}
    assert json.loads(json.dumps(kept)) == kept


def test_every_table_with_a_person_in_it_was_part_of_this_test(lived):
    weft, program = lived
    seen = (
        rows_with(weft.bot, program.ana.id) | rows_with(weft.bot, program.ben.id) | rows_with(weft.bot, program.alma.id)
    )
    seen |= rows_with(weft.bot, program.dev.id) | rows_with(weft.bot, program.cleo.id)

    assert tables_with_people() <= seen | {("absences", "person_id")} | rows_with(weft.bot, program.ana.id)


def test_forgetting_a_person_leaves_their_id_in_no_table(lived):
    weft, program = lived
    for person in (program.ana, program.ben, program.alma):
        assert rows_with(weft.bot, person.id) != set()
        with weft.bot.begin() as work:
            forget_person(work, person.id, PLUGGED)
        weft.carry()
        with weft.bot.begin() as work:
            forget_person(work, person.id, PLUGGED)

        assert rows_with(weft.bot, person.id) == set()


def test_the_others_keep_that_they_met_somebody(lived):
    weft, program = lived
    [partner, *_] = [one for one in program.everyone if one.id != program.ana.id and has_met(weft, one)]
    with weft.bot.begin() as work:
        forget_person(work, program.ana.id, PLUGGED)

    assert has_met(weft, partner)


def has_met(weft, person):
    with weft.bot.look() as work:
        return export_person(work, person.id, PLUGGED)["connections"]["meetings"] != []


# Rules and documents


def test_the_import_contracts_hold():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_every_test_waits_without_sleeping():
    sleepers = [file.name for file, code in sources("tests", "bot").items() if re.search(r"\bsleep\(", code)]

    assert [name for name in sleepers if name != "test_project.py"] == []


def test_links_in_the_documents_lead_somewhere():
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / ".github/CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_readme_begins_with_two_commands_that_exist():
    readme = (ROOT / "README.md").read_text("utf-8")
    [first] = re.findall(r"```\n(.*?)```", readme, re.S)[:1]
    commands = first.strip().splitlines()

    assert len(commands) == 2
    assert commands[0].endswith("weft demo")
    assert ".venv/bin/pytest" in commands[1]
    for extra in re.findall(r"\.\[(\w+)\]", first):
        assert f"{extra} = [" in (ROOT / "pyproject.toml").read_text("utf-8")


def test_commands_named_in_the_readme_are_understood():
    from bot.__main__ import parser

    readme = (ROOT / "README.md").read_text("utf-8")
    for words in set(re.findall(r"weft ((?:run|demo|check|db|backup|people)\b[^`\n|;&]*)", readme)):
        parser().parse_args(words.split())
