"""Events come twice, late, out of order, or of somebody unknown."""

import random

import pytest

from tests.slack.seen import emit, errors
from tests.weft import labels


@pytest.mark.slow
def test_events_twice_late_and_out_of_order_end_in_the_same_state(weft, program, workspace):
    workspace.double_events()
    workspace.hold_events()
    program.ana.leave(program.coffee)
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    program.ben.change(title="Head of sales")
    workspace.release_events(random.Random(5))
    weft.live(days=1, hours=2)

    assert len([message for message in eva.messages() if "Welcome" in message.text]) == 1
    program.ana.open_home()
    assert "Join" in labels(program.ana.home)


STRANGE = [
    {"type": "user_change", "user": {"id": "U404"}},
    {"type": "team_join", "user": {"id": "U405", "team_id": "T-another"}},
    {"type": "app_home_opened", "user": "U404", "tab": "home"},
    {"type": "app_home_opened", "user": "U404"},
    {"type": "dnd_updated_user", "user": "U404", "dnd_status": None},
    {"type": "member_joined_channel", "user": "U404", "channel": "C404"},
    {"type": "member_left_channel", "user": "U404", "channel": "C404"},
]


def test_an_event_of_somebody_unknown_breaks_nothing(weft, program, workspace, caplog):
    for event in STRANGE:
        assert emit(workspace, **event) is not None
    assert errors(caplog) == []
