"""What nobody listens to is answered all the same."""

from bot.slack.texts import OUTDATED
from bot.slacksim.events import Envelope
from tests.slack.seen import emit, errors
from tests.weft import words


def test_an_event_that_nobody_listens_to_is_acknowledged(weft, workspace, caplog):
    for kind in ("app_uninstalled", "message", "reaction_added", "something_new_of_2031"):
        assert emit(workspace, type=kind, user="U1", channel="C1", ts="1.0", text="hello") is not None
    assert errors(caplog) == []


def test_the_first_click_after_a_start_asks_slack_nothing_before_it_is_answered(weft, program, workspace):
    workspace.faults.refuse("auth.test", "fatal_error", times=9)

    assert "/coffee pause 2w" in words(program.ana.command("/coffee", "help"))


def test_a_button_of_an_older_version_is_answered_with_a_sentence(weft, program, caplog):
    message = program.ana.messages()[0]
    for block in message.blocks:
        for element in block.get("elements", []):
            element["action_id"] = "button_of_last_year"

    assert words(program.ana.press("Skip this round", message)) == OUTDATED()
    assert errors(caplog) == []


def test_a_button_with_a_value_of_another_time_is_answered_with_a_sentence(weft, program, caplog):
    message = program.ana.messages()[0]
    for value in ("", "banana", "999999", "-1"):
        for block in message.blocks:
            for element in block.get("elements", []):
                element["value"] = value

        said = words(program.ana.press("Skip this round", message))

        assert "older version" in said or "doesn't exist" in said
    assert errors(caplog) == []


def test_a_button_of_an_older_version_in_home_opens_a_window(weft, program):
    program.ana.open_home()
    for block in program.ana.home.blocks:
        for element in block.get("elements", []):
            element["action_id"] = "button_of_last_year"

    program.ana.press("Skip this round", program.ana.home)

    assert OUTDATED() in words(program.ana.modal)


def test_a_form_of_an_older_version_says_so_in_its_place(weft, program, caplog):
    program.ana.command("/coffee", "pause")
    program.ana.modal.drawn["callback_id"] = "form_of_last_year"

    assert program.ana.submit() == {}

    assert OUTDATED() in words(program.ana.modal)
    assert errors(caplog) == []


def test_a_command_that_nobody_listens_to_is_answered_with_a_sentence(weft, program, workspace):
    object.__setattr__(workspace.settings, "commands", workspace.settings.commands | {"/tea": True})
    try:
        assert OUTDATED() in words(program.ana.command("/tea"))
    finally:
        del workspace.settings.commands["/tea"]


def test_anything_else_is_acknowledged(weft, team, workspace, caplog):
    for kind in ("shortcut", "message_action", "view_closed", "block_suggestion", "nonsense"):
        payload = {
            "type": kind,
            "callback_id": "of_last_year",
            "action_id": "of_last_year",
            "user": {"id": team.ana.id},
            "team": {"id": workspace.team_id},
            "view": {"id": "V1", "type": "modal", "callback_id": "x", "blocks": []},
        }

        assert workspace.deliveries.send(Envelope("interactive", payload)) is not None
    assert errors(caplog) == []
