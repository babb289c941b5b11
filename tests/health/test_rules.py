"""When somebody has to be called, and when not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.health.rules import Line, Outbox, is_overdue, troubles

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"
CONNECTED = Line(is_connected=True, last_contact_at=NOW)


def ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def test_all_is_well_when_nothing_is_due():
    assert troubles(CONNECTED, Outbox(), 0, NOW) == []


def test_a_connection_that_is_being_renewed_calls_nobody():
    assert troubles(Line(False, ago(seconds=30)), Outbox(), 0, NOW) == []


@pytest.mark.parametrize("last", [None, ago(minutes=2)])
def test_a_connection_that_stays_away_is_told(last):
    assert troubles(Line(False, last), Outbox(), 0, NOW) == ["There's no connection to Slack."]


def test_a_refusal_is_told_with_its_code():
    [sentence] = troubles(Line(False, None, "token_revoked"), Outbox(), 0, NOW)

    assert "token_revoked" in sentence


def test_a_database_that_is_silent_is_told():
    assert troubles(CONNECTED, None, 0, NOW) == ["The database isn't answering."]


def test_a_large_round_on_its_way_calls_nobody():
    assert troubles(CONNECTED, Outbox(ago(hours=1), ago(seconds=2)), 0, NOW) == []


@pytest.mark.parametrize("last_sent", [None, ago(days=3)])
def test_messages_that_do_not_go_out_are_told(last_sent):
    assert troubles(CONNECTED, Outbox(ago(minutes=11), last_sent), 0, NOW) == [
        "Messages are due, and none are being sent."
    ]


@pytest.mark.parametrize(
    ("due_at", "overdue"),
    [
        (ago(minutes=5), False),
        (ago(minutes=11), True),
        (NOW.replace(hour=3), True),  # Since 9:00 on Berlin's wall it might have started.
        (NOW + timedelta(hours=1), False),
    ],
)
def test_a_round_is_overdue_ten_minutes_after_it_might_have_started(due_at, overdue):
    assert is_overdue(due_at, ZONE, NOW) is overdue


def test_no_round_is_overdue_at_night():
    night = datetime(2026, 3, 3, 23, 0, tzinfo=UTC)

    assert not is_overdue(night - timedelta(hours=3), ZONE, night)
