"""An event reaches every feature that wants to hear of it."""

import random

import pytest
from slack_sdk import WebClient

from bot.core.clock import SystemClock
from bot.core.feature import Feature
from bot.core.work import Bot
from bot.demo.workspace import AppSettings, Direct
from bot.slack.app import build_app


@pytest.fixture
def app_settings():
    """Every event there is."""
    return AppSettings()


@pytest.fixture
def heard_by(workspace, slack_server):
    """The workspace tells its events to features with these ears."""

    def connect(**heard):
        features = tuple(Feature(name, events=events) for name, events in heard.items())
        bot = Bot(None, SystemClock(), random.Random(1), workspace.team_id)
        client = WebClient(token=workspace.bot_token, base_url=slack_server.api_url)
        workspace.deliver_to(Direct(build_app(bot, client, features, one_thread=True)))

    return connect


def notes(into):
    return lambda bot, client, event: into.append(event["reaction"] if "reaction" in event else event["text"])


def fails(bot, client, event):
    raise RuntimeError("broken")


@pytest.mark.expects_error("an event was not understood")
def test_two_features_hear_of_one_reaction_and_a_third_that_fails_keeps_it_from_nobody(workspace, heard_by, caplog):
    first, second = [], []
    ana = workspace.add_person("Ana Ruiz")
    channel = workspace.add_channel("general", members=[ana])
    message = ana.say(channel, "hello")
    heard_by(
        one={"reaction_added": notes(first)},
        broken={"reaction_added": fails},
        other={"reaction_added": notes(second), "reaction_removed": notes(second)},
    )

    ana.react(message, "tada")

    assert (first, second) == (["tada"], ["tada"])
    assert [record.message for record in caplog.records if record.name.startswith("bot.")] == [
        "an event was not understood"
    ]


def test_who_listens_to_public_channels_hears_nothing_of_private_ones(workspace, heard_by):
    heard = []
    ana = workspace.add_person("Ana Ruiz")
    public = workspace.add_channel("general", members=[ana])
    private = workspace.add_channel("secret", members=[ana], private=True)
    heard_by(one={"message.channels": notes(heard)})

    ana.say(private, "between us")
    ana.say(public, "for all")

    assert heard == ["for all"]
