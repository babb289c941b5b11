"""The guard over everything the bot says finds what it is there for."""

import pytest
from slack_sdk import WebClient

from bot.core.blocks import section
from bot.core.mrkdwn import Mrkdwn
from tests import saying

TIME = "<!date^1772532000^{time}|10:00>"


@pytest.mark.parametrize(
    ("text", "lead", "faults"),
    [
        ("Your coffee is set.", f"It starts at {TIME}.", []),
        ("Your coffee is set.", "> at 10:00, as they wrote", []),
        (TIME, "It starts soon.", ["no notification"]),
        ("word " * 60, "It starts soon.", ["a long notification"]),
        ("Your coffee is set.", f"It starts at {TIME}, and ends at 10:15.", ["two clocks"]),
    ],
)
def test_each_fault_is_found_and_nothing_else(workspace, slack_server, text, lead, faults):
    client = WebClient(token=workspace.bot_token, base_url=slack_server.api_url)
    person = workspace.add_person("Ana Ruiz")

    client.chat_postMessage(channel=person.id, text=text, blocks=[section(Mrkdwn(lead))])

    assert [fault.partition(":")[0] for fault in saying.faults(workspace)] == faults
