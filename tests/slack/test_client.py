"""Reading from Slack waits its turn, and never longer than somebody would."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.client import reading_client


@pytest.fixture
def reads(workspace, slack_server, monkeypatch):
    """A reading client, and the seconds that it waits."""
    waited = []
    monkeypatch.setattr("slack_sdk.http_retry.builtin_handlers.time.sleep", waited.append)
    return reading_client(workspace.bot_token, slack_server.api_url), waited


def limited(workspace, retry_after):
    body = {"ok": False, "error": "ratelimited"}
    workspace.faults.answer("auth.test", body, 429, {} if retry_after is None else {"Retry-After": retry_after})


@pytest.mark.parametrize("retry_after", ["1", "30", "60"])
def test_it_waits_as_long_as_slack_says(retry_after, workspace, reads):
    client, waited = reads
    limited(workspace, retry_after)

    assert client.auth_test()["ok"]
    assert int(waited[0]) == int(retry_after)


@pytest.mark.parametrize(
    "retry_after", ["61", "600", "1000000000", "9" * 400, "soon", "-1", "1.5", "", "inf", "\u00b2"]
)
def test_what_takes_longer_or_is_no_number_is_a_failure_at_once(retry_after, workspace, reads):
    client, waited = reads
    limited(workspace, retry_after)

    with pytest.raises(SlackApiError):
        client.auth_test()
    assert waited == []
