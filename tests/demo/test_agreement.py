"""The simulation against Slack's published reference, where a copy of that lies beside the project."""

import json
from pathlib import Path

import pytest

from bot.slacksim.methods import METHODS
from bot.slacksim.methods.method import GENERAL_ERRORS, Structure
from bot.slacksim.settings import EVENTS

REFERENCE = Path(__file__).parents[2].parent / "shared" / "slack"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="Slack's reference is not beside the project")
TYPES = {str: {"string", "any"}, bool: {"boolean"}, int: {"integer", "number"}, Structure: {"string", "array", "any"}}
# Left out of the reference, but documented on Slack's page of the event.
NOT_IN_REFERENCE = {"channel_archive", "channel_unarchive", "group_archive", "group_unarchive"}


@pytest.fixture(params=METHODS, ids=str)
def method(request):
    return METHODS[request.param]


@pytest.fixture
def documented(method):
    return json.loads((REFERENCE / "web-api.json").read_text())[method.name]


def test_a_method_takes_the_documented_arguments(method, documented):
    assert method.parameters.keys() | method.without_effect == documented["args"].keys() | (
        {"team_id"} & method.without_effect
    )


def test_arguments_have_the_documented_types_and_are_required_where_documented(method, documented):
    for name, parameter in method.parameters.items():
        given = documented["args"][name]
        kinds = {given["type"]} if isinstance(given["type"], str) else set(given["type"])
        assert kinds & TYPES[parameter.annotation], (name, given)
        assert method.is_required(name) == given["required"], name


def test_a_method_asks_for_the_documented_scopes_and_has_the_documented_tier(method, documented):
    assert method.scopes == set(documented["bot_scopes"])
    assert method.tier == documented["tier"]


def test_a_method_answers_documented_errors_only(method, documented):
    assert method.errors <= set(documented["errors"]) | GENERAL_ERRORS


@pytest.mark.parametrize("kind", sorted(EVENTS.keys() - NOT_IN_REFERENCE))
def test_an_event_needs_the_documented_scopes(kind):
    documented = json.loads((REFERENCE / "events.json").read_text())
    assert EVENTS[kind] == set(documented[kind]["scopes"])
