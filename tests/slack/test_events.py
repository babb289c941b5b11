"""An event reaches every feature that wants to hear of it."""

import random
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.core import resync
from bot.core.clock import SystemClock
from bot.core.feature import Feature
from bot.core.work import Bot
from bot.slack import events
from bot.slack.app import build_app
from bot.slacksim import AppSettings, Direct


@pytest.fixture
def app_settings():
    """Every event there is."""
    return AppSettings()


@pytest.fixture
def heard_by(workspace, slack_server):
    """The workspace tells its events to features with these ears."""

    def connect(**heard):
        features = tuple(Feature(name, slack_events=(events,)) for name, events in heard.items())
        bot = Bot(None, SystemClock(), random.Random(1), workspace.team_id)
        client = WebClient(token=workspace.bot_token, base_url=slack_server.api_url)
        workspace.deliver_to(Direct(build_app(bot, client, features, one_thread=True)))

    return connect


def notes(into):
    return lambda bot, client, event: into.append(event["reaction"] if "reaction" in event else event["text"])


def fails(bot, client, event):
    raise RuntimeError("broken")


@pytest.mark.expects_error("an event handler failed")
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
        "an event handler failed"
    ]


@pytest.fixture
def retries(workspace, slack_server, clock):
    """The workspace tells its events to these handlers; returns the bot, whose time is the test's."""

    def connect(*tables):
        bot = Bot(None, clock, random.Random(1), workspace.team_id)
        client = WebClient(token=workspace.bot_token, base_url=slack_server.api_url)
        workspace.deliver_to(Direct(build_app(bot, client, [Feature("one", slack_events=tables)], one_thread=True)))
        return bot

    return connect


def works_from(attempt, seen):
    """A handler that fails until it is called for this many times."""

    def handler(_bot, _clients, event):
        seen.append(event["reaction"])
        if len(seen) < attempt:
            raise RuntimeError("broken")

    return handler


@pytest.mark.expects_error("an event handler failed")
def test_a_handler_that_fails_keeps_no_other_of_its_feature_from_the_event_and_is_called_again(
    workspace, retries, clock
):
    first, second = [], []
    ana = workspace.add_person("Ana Ruiz")
    channel = workspace.add_channel("general", members=[ana])
    message = ana.say(channel, "hello")
    bot = retries({"reaction_added": works_from(3, first)}, {"reaction_added": works_from(1, second)})

    ana.react(message, "tada")
    assert (first, second) == (["tada"], ["tada"])
    for _ in range(60):
        clock.advance(timedelta(minutes=1))
        events.retry_due(bot, None)

    assert (first, second) == (["tada"] * 3, ["tada"])


@pytest.mark.expects_error("an event handler failed", "an event was given up; Slack is read again instead")
def test_an_event_that_never_gets_through_has_slack_read_again_soon(workspace, retries, clock):
    seen = []
    ana = workspace.add_person("Ana Ruiz")
    message = ana.say(workspace.add_channel("general", members=[ana]), "hello")
    bot = retries({"reaction_added": works_from(99, seen)})
    assert not resync.is_due(bot, clock.now())
    ana.react(message, "tada")
    for _ in range(60):
        read_at = clock.now()
        clock.advance(timedelta(minutes=1))
        events.retry_due(bot, None)
        if len(seen) == 1 + len(events.RETRY_AFTER):
            break

    assert not resync.is_due(bot, clock.now())
    clock.advance(resync.AT_MOST_EVERY)
    assert resync.is_due(bot, read_at)


def test_who_listens_to_public_channels_hears_nothing_of_private_ones(workspace, heard_by):
    heard = []
    ana = workspace.add_person("Ana Ruiz")
    public = workspace.add_channel("general", members=[ana])
    private = workspace.add_channel("secret", members=[ana], private=True)
    heard_by(one={"message.channels": notes(heard)})

    ana.say(private, "between us")
    ana.say(public, "for all")

    assert heard == ["for all"]
