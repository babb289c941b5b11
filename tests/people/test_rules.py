from datetime import UTC, datetime, timedelta

import pytest

from bot.people.rules import is_away, quiet_until, read_profile

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def member(**changes):
    return {
        "id": "U1",
        "team_id": "T1",
        "name": "ana",
        "tz": "Europe/Berlin",
        "profile": {"real_name": "Ana Ruiz", "status_emoji": ":palm_tree:", "status_expiration": 0},
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"is_bot": True},
        {"id": "USLACKBOT"},
        {"is_invited_user": True},
        {"is_stranger": True},
        {"team_id": "T2"},
        {"is_workflow_bot": True},
    ],
)
def test_whoever_is_not_a_person_of_this_workspace_is_left_out(changes):
    assert read_profile(member(**changes), workspace_id="T1") is None


def test_a_person_of_the_same_enterprise_belongs_here():
    there = member(team_id="T2", enterprise_user={"teams": ["T1", "T2"]})

    assert read_profile(there, workspace_id="T1").name == "Ana Ruiz"


def test_a_member_with_hardly_anything_known_is_still_a_person():
    profile = read_profile({"id": "U9"}, workspace_id="T1")

    assert (profile.name, profile.zone, profile.is_active) == ("U9", "UTC", True)


def test_somebody_is_away_until_their_status_runs_out():
    later = NOW + timedelta(days=2)

    assert is_away(True, None, NOW)
    assert is_away(True, later, NOW)
    assert not is_away(True, later, later)
    assert not is_away(False, None, NOW)


def test_do_not_disturb_counts_when_it_has_begun():
    begins, ends = NOW.timestamp() - 60, NOW.timestamp() + 3600
    status = {"dnd_enabled": True, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}

    assert quiet_until(status, NOW) == NOW + timedelta(hours=1)
    assert quiet_until(status, NOW - timedelta(hours=1)) is None
    assert quiet_until(status | {"dnd_enabled": False}, NOW) is None
    assert quiet_until({}, NOW) is None


def test_paused_notifications_count_until_they_end():
    ends = NOW.timestamp() + 1800

    assert quiet_until({"snooze_enabled": True, "snooze_endtime": ends}, NOW) == NOW + timedelta(minutes=30)
    assert quiet_until({"snooze_enabled": True, "snooze_endtime": NOW.timestamp() - 1}, NOW) is None
    assert quiet_until({"snooze_enabled": False, "snooze_endtime": ends}, NOW) is None
    assert quiet_until({"snooze_enabled": True}, NOW) is None
