"""`weft check` names all that is missing, a line for each."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cli.check import check, check_address
from bot.core.clock import ManualClock, SystemClock
from bot.manifest import needed_scopes
from bot.slacksim import Workspace
from tests.conftest import APP

pytestmark = pytest.mark.usefixtures("without_pauses")


def look(settings, clock=None):
    return {finding.what: finding for finding in check(settings, clock or SystemClock())}


def wrong(settings, clock=None):
    return {what: finding.words for what, finding in look(settings, clock).items() if not finding.is_well}


def test_when_all_is_well_every_line_says_ok(all_set, command):
    code, said = command("check")

    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == ["OK"] * 11 + ["All"]
    assert "Acme" in said


def test_when_something_is_wrong_its_line_says_fix_and_the_others_stay(all_set, command):
    all_set(SLACK_APP_TOKEN="")

    code, said = command("check")

    assert code == 1
    assert [line.split()[0] for line in said.splitlines()] == ["FIX", *["OK"] * 9, "FIX", "2"]
    assert "start with xapp-" in said


def test_checking_changes_nothing(settings, office):
    look(settings)

    assert look(settings).keys() == look(settings).keys()
    assert {call.method for call in office.calls} == {"auth.test", "bots.info", "apps.connections.open"}
    assert wrong(settings) == {}


def test_slack_that_can_not_be_reached(settings):
    away = replace(settings, slack_api_url="http://127.0.0.1:9/api/")

    assert wrong(away) == {"Slack": "Can't reach Slack. Check your network, your proxy, and SLACK_API_URL."}


def test_a_token_that_was_revoked(settings, office):
    office.revoke_token()

    [(what, words)] = wrong(settings).items()
    assert what == "Slack"
    assert "SLACK_BOT_TOKEN (token_revoked)" in words
    assert settings.slack_bot_token not in words


@pytest.mark.parametrize("fault", ["nonsense", "server_error", "lose_answer"])
def test_an_answer_that_is_none(fault, settings, office):
    getattr(office.faults, fault)("auth.test", times=10)

    [(what, words)] = wrong(settings).items()
    assert what == "Slack"
    assert words.endswith(".")
    assert "DOCTYPE" not in words


@pytest.mark.sampled(4)
@pytest.mark.parametrize("missing", sorted(needed_scopes()))
def test_each_missing_permission_is_named_with_what_follows(missing, slack_server, settings):
    office = Workspace(SystemClock(), settings=APP, scopes=needed_scopes() - {missing})
    slack_server.host(office)
    words = wrong(replace(settings, slack_bot_token=office.bot_token, slack_app_token=office.app_token))["permissions"]
    slack_server.release(office)

    assert f"{missing} is missing. Update the app from `weft manifest`" in words
    assert ("may come twice after a crash" in words) is missing.endswith(":history")


def test_an_app_token_that_slack_refuses(settings):
    [(what, words)] = wrong(replace(settings, slack_app_token="xapp-unknown")).items()

    assert what == "Socket Mode"
    assert "SLACK_APP_TOKEN (invalid_auth)" in words
    assert "connections:write" in words


@pytest.mark.parametrize("fault", ["nonsense", "server_error", "drop_request"])
def test_a_socket_that_slack_does_not_give(fault, settings, office):
    getattr(office.faults, fault)("apps.connections.open")

    [(what, words)] = wrong(settings).items()
    assert what == "Socket Mode"
    assert words.endswith(".")
    assert "DOCTYPE" not in words


def test_with_a_port_no_socket_is_asked_for(settings, office):
    assert "Socket Mode" not in look(replace(settings, http_port=3000, slack_app_token=""))
    assert [call.method for call in office.calls] == ["auth.test"]


@pytest.mark.parametrize(("minutes", "is_well"), [(-10, False), (-1, True), (0, True), (1, True), (90, False)])
def test_a_clock_that_is_wrong(minutes, is_well, settings):
    clock = ManualClock(SystemClock().now() + timedelta(minutes=minutes))

    findings = look(settings, clock)

    assert findings["clock"].is_well is is_well
    if not is_well:
        assert f"{abs(minutes)} minutes off" in findings["clock"].words


def test_a_database_that_is_not_up_to_date(settings, tmp_path):
    words = wrong(replace(settings, database_url=f"sqlite:///{tmp_path}/new.sqlite3"))

    assert set(words) == {"migrations"}
    assert "`weft run` upgrades it" in words["migrations"]


def test_a_database_that_can_not_be_opened_hides_nothing_of_slack(settings, tmp_path):
    findings = look(replace(settings, database_url=f"sqlite:///{tmp_path}/nowhere/weft.sqlite3"))

    assert not findings["database"].is_well
    assert findings["Slack"].is_well


def test_tokens_of_two_apps_are_named(settings, office):
    [(what, words)] = wrong(replace(settings, slack_app_token="xapp-1-A0OTHER-1-abc")).items() - not_taken()

    assert what == "app"
    assert words == f"SLACK_BOT_TOKEN is from the app {office.app_id} and SLACK_APP_TOKEN from A0OTHER. " + (
        "Copy both from the same app."
    )


def not_taken():
    """The simulated Slack knows one app only."""
    return {
        (
            "Socket Mode",
            "Slack rejected SLACK_APP_TOKEN (invalid_auth). Create one with the scope connections:write.",
        )
    }


@pytest.mark.parametrize("fault", ["nonsense", "server_error"])
def test_an_app_that_slack_does_not_tell_is_no_mistake_of_the_settings(fault, settings, office):
    getattr(office.faults, fault)("bots.info", times=10)

    assert look(settings)["app"].words == "couldn't be read, so the two tokens weren't compared"
    assert wrong(settings) == {}


def test_without_the_header_of_scopes_none_is_called_missing(settings, office):
    answer = {"ok": True, "team": "Acme", "team_id": office.team_id, "bot_id": office.bot_id}
    office.faults.answer("auth.test", answer)

    findings = look(settings)

    assert findings["permissions"].is_well
    assert findings["permissions"].words.startswith("couldn't be checked")


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://slack.com/api/", True),
        ("http://127.0.0.1:4000/api/", True),
        ("http://localhost/api/", True),
        ("http://[::1]:4000/api/", True),
        ("http://slack.com/api/", False),
        ("http://10.0.0.7/api/", False),
        ("http://127.0.0.1.evil.test/api/", False),
    ],
)
def test_an_address_that_sends_tokens_in_the_open_is_named(address, is_safe):
    findings = list(check_address(address))

    assert [finding.is_well for finding in findings] == ([] if is_safe else [False])
    assert all("Use https://" in finding.words for finding in findings)
