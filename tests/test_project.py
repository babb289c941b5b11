"""What must agree, agrees: settings, manifest, listeners, drawings, documents, tables."""

import ast
import dataclasses
import importlib
import json
import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
import yaml

from bot.coffee import events as coffee_events
from bot.coffee.texts.absences import ABOUT_THEM, ABOUT_YOU
from bot.config import Settings
from bot.core import events
from bot.core.feature import handlers_of
from bot.core.page import Page
from bot.core.work import DomainEvent
from bot.features import FEATURES
from bot.home.pages import action_id
from bot.manifest import http_manifest_text
from storage.kinds import AbsenceReason
from storage.tables import METADATA
from tests.listening import heard

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


def below(kind):
    return {kind} | {found for child in kind.__subclasses__() for found in below(child)}


def test_codes_are_never_sentences():
    """What is stored and compared stays the same when someone finds better words for it."""
    ours = [kind for kind in below(StrEnum) if kind.__module__.startswith(("bot.", "storage."))]

    assert len(ours) > 20
    assert [code for kind in ours for code in kind if " " in code] == []


def test_every_reason_for_having_no_match_has_words():
    assert set(ABOUT_YOU) == set(ABOUT_THEM) == set(AbsenceReason)


def test_only_the_configuration_reads_the_environment():
    readers = [
        file.name for file, code in sources("bot", "storage").items() if "os.environ" in code or "getenv" in code
    ]

    assert readers == ["config.py"]


# The manifest and what listens


def names_heard(kind):
    return {name for what, name in heard() if what == kind}


def test_the_commands_of_the_manifest_are_the_ones_that_are_heard():
    assert names_heard("command") == {one["command"] for one in MANIFEST["features"]["slash_commands"]}


def test_the_events_of_the_manifest_are_the_ones_that_are_heard():
    subscribed = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    assert {kind for feature in FEATURES for table in feature.slack_events for kind in table} == set(subscribed)
    assert names_heard("event") == {kind.partition(".")[0] for kind in subscribed}


DRAWN_LONG_AGO = {"coffee": "programs"}
"""Buttons and forms keep the names that they were drawn with: people press them weeks later."""


def named(*kinds):
    """Every name that begins with its feature's folder, kept in modules of these kinds: ids of buttons or of forms."""
    found = set()
    for file in (ROOT / "bot").rglob("*.py"):
        folder, *_ = file.relative_to(ROOT / "bot").parts
        if file.stem in kinds and folder not in {"core", "slack", "demo"}:
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            prefix = f"{DRAWN_LONG_AGO.get(folder, folder)}_"
            found |= {name for value in vars(module).values() for name in texts(value) if name.startswith(prefix)}
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

    assert names_heard("action") == drawn


def test_every_form_that_is_drawn_is_heard():
    drawn = {name for name in named("forms") if name.endswith("_form")}

    assert names_heard("view") == drawn


HTTP_MANIFEST = yaml.safe_load(http_manifest_text("https://weft.example.com"))


@needs_facts
@pytest.mark.parametrize("manifest", [MANIFEST, HTTP_MANIFEST], ids=["Socket Mode", "HTTP mode"])
def test_the_manifest_is_one_that_slack_takes(manifest):
    from jsonschema import Draft7Validator

    schema = json.loads((FACTS / "manifest.schema.json").read_text("utf-8"))

    assert [error.message for error in Draft7Validator(schema).iter_errors(manifest)] == []


def leaves(value, path=""):
    """Each value of a manifest under its path."""
    if isinstance(value, dict):
        return {one: leaf for name, inner in value.items() for one, leaf in leaves(inner, f"{path}.{name}").items()}
    if isinstance(value, list):
        return {one: leaf for n, inner in enumerate(value) for one, leaf in leaves(inner, f"{path}.{n}").items()}
    return {path: value}


def test_the_manifest_for_http_names_its_address_wherever_slack_sends_something():
    url = "https://weft.example.com/slack/events"
    commands = range(len(MANIFEST["features"]["slash_commands"]))
    interactive = ("request_url", "message_menu_options_url")

    assert dict(leaves(HTTP_MANIFEST).items() - leaves(MANIFEST).items()) == (
        {".settings.socket_mode_enabled": False, ".settings.event_subscriptions.request_url": url}
        | {f".settings.interactivity.{name}": url for name in interactive}
        | {f".features.slash_commands.{number}.url": url for number in commands}
    )
    assert leaves(MANIFEST).keys() <= leaves(HTTP_MANIFEST).keys()


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


def test_every_table_stands_in_the_document_about_privacy():
    document = (ROOT / "docs/privacy.md").read_text("utf-8")
    explained = {name for row in re.findall(r"^\| (`.+?) \|", document, re.M) for name in re.findall(r"`(\w+)`", row)}

    missing = {table.name for table in METADATA.sorted_tables} - explained
    assert missing == set(), "docs/privacy.md: say what they keep, why and until when"


# Domain events


EVENTS = [
    event
    for module in (events, coffee_events)
    for event in vars(module).values()
    if isinstance(event, type) and issubclass(event, DomainEvent) and event is not DomainEvent
]


@pytest.mark.sampled(6)
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_every_domain_event_is_raised_somewhere_and_has_a_handler(event):
    made = [text for text in sources("bot").values() if re.search(rf"(?<!class )\b{event.__name__}\(", text)]

    assert event in handlers_of(FEATURES)
    assert made, f"nothing raises {event.__name__}"


def keys_made_by_hand(text):
    """Keys of messages that are written where they are sent."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    sent = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in {"send", "take_back"}]
    given = [
        value for call in sent for value in [*call.args, *(one.value for one in call.keywords if one.arg == "key")]
    ]
    return [value for value in given if isinstance(value, ast.JoinedStr | ast.Constant)]


@pytest.mark.slow
def test_keys_of_messages_are_made_in_one_module():
    assert keys_made_by_hand('work.send(message, to="U1", key=f"welcome:{person_id}")')
    for path, text in sources("bot").items():
        if not {"slacksim", "demo"} & set(path.relative_to(ROOT).parts):
            assert not keys_made_by_hand(text), path


def test_the_sender_is_put_together_in_one_place():
    """Or a benchmark measures another bot: one once forgot that messages yield to what features are about to send."""
    builds = re.compile(r"(?<!class )\bCarrier\(")
    found = [path for path, text in sources("bot", "tests/benchmarks").items() if builds.search(text)]
    assert found == [ROOT / "bot" / "app.py"]


# Rules and documents


def test_a_query_takes_the_current_time_from_its_scope():
    modules = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "storage").rglob("*.py")]
    functions = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    assert [one.name for one in functions if "now" in {each.arg for each in one.args.args + one.args.kwonlyargs}] == []


@pytest.mark.slow
def test_the_import_contracts_hold():
    done = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def modules():
    """Each module of bot and storage by its name, with the modules that it imports."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sources("bot", "storage")}
    paths = {name.removesuffix(".__init__"): path for name, path in paths.items()}
    return {name: imported(path) & paths.keys() - {name} for name, path in paths.items()}


def imported(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def where_they_part(one, other):
    """Two names down to the first part in which they differ: folders side by side, or files."""
    mine, theirs = one.split("."), other.split(".")
    same = next((n for n, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), None)
    return (".".join(mine[: same + 1]), ".".join(theirs[: same + 1])) if same is not None else None


@pytest.mark.slow
def test_no_two_folders_or_files_import_each_other():
    pairs = {where_they_part(one, other) for one, others in modules().items() for other in others} - {None}

    assert sorted(pair for pair in pairs if pair[::-1] in pairs and pair < pair[::-1]) == []


def test_every_test_waits_without_sleeping():
    sleepers = [file.name for file, code in sources("tests", "bot").items() if re.search(r"\bsleep\(", code)]

    assert [name for name in sleepers if name != "test_project.py"] == []


DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / ".github/CONTRIBUTING.md"]


def anchors_in(document):
    """Anchors of a document's headings, spelled as GitHub does."""
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_in_the_documents_lead_somewhere(document):
    text = document.read_text("utf-8")
    for picture in re.findall(r'src(?:set)?="([^"]+)"', text):
        assert (document.parent / picture).exists(), picture
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
        file = document.parent / target if target else document
        assert file.exists(), target
        assert not anchor or anchor in anchors_in(file), f"{target}#{anchor}"


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
