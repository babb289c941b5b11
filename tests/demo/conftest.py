from datetime import UTC, datetime

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.slacksim import AppSettings, Direct

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def app_settings():
    """Every scope and event there is: here it is the workspace that is tested, not the bot."""
    return AppSettings()


@pytest.fixture
def client(slack_server, workspace):
    return WebClient(token=workspace.bot_token, base_url=slack_server.api_url, retry_handlers=[])


@pytest.fixture
def app(client, workspace):
    """A bot that listens to nothing yet; it does its work before it acknowledges, so that tests see it."""
    app = App(client=client, signing_secret=workspace.signing_secret, process_before_response=True)
    workspace.deliver_to(Direct(app))
    return app


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Madrid", title="Designer")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okoro")


@pytest.fixture
def cleo(workspace):
    return workspace.add_person("Cleo Martin")
