"""Whatever comes from Slack, nothing breaks and a person is told."""

import json
import logging
import random
from datetime import timedelta

import pytest

from bot.core.texts import INVISIBLE
from bot.demo.workspace import Direct
from bot.demo.workspace.errors import Refused
from bot.demo.workspace.events import Envelope
from bot.slack.app import OUTDATED, build_app
from tests.cli.conftest import until
from tests.coffee import last_words, set_up
from tests.weft import labels, turn_to, words

SORRY = "Sorry, something went wrong on my side"
HOSTILE = [
    "<!channel>",
    "<!everyone|hello>",
    "<https://evil.test|Coffee>",
    "<@U000000|Boss>",
    "a&lt;!channel&gt;",
    "\u202eeeffoC\u2066",
    "*bold* _it_ `code` ~gone~",
    "x" * 10_000,
    "\x00\x01",
    "0" * 5_000,
]


def emit(workspace, **event):
    """An event that Slack sends because somebody asked for it in the app's settings."""
    payload = {"type": "event_callback", "event": event, "team_id": workspace.team_id, "event_id": "Ev1"}
    return workspace.deliveries.send(Envelope("events_api", payload))


def errors(caplog):
    return [record for record in caplog.records if record.levelno >= logging.ERROR]


# What nobody listens to


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

    assert words(program.ana.press("Skip this time", message)) == OUTDATED
    assert errors(caplog) == []


def test_a_button_with_a_value_of_another_time_is_answered_with_a_sentence(weft, program, caplog):
    message = program.ana.messages()[0]
    for value in ("", "banana", "999999", "-1"):
        for block in message.blocks:
            for element in block.get("elements", []):
                element["value"] = value

        said = words(program.ana.press("Skip this time", message))

        assert "can't read this button" in said or "does not exist any more" in said
    assert errors(caplog) == []


def test_a_button_of_an_older_version_in_home_opens_a_window(weft, program):
    program.ana.open_home()
    for block in program.ana.home.blocks:
        for element in block.get("elements", []):
            element["action_id"] = "button_of_last_year"

    program.ana.press("Skip this time", program.ana.home)

    assert OUTDATED in words(program.ana.modal)


def test_a_form_of_an_older_version_says_so_in_its_place(weft, program, caplog):
    program.ana.command("/coffee", "pause")
    program.ana.modal.drawn["callback_id"] = "form_of_last_year"

    assert program.ana.submit() == {}

    assert OUTDATED in words(program.ana.modal)
    assert errors(caplog) == []


def test_a_command_that_nobody_listens_to_is_answered_with_a_sentence(weft, program, workspace):
    object.__setattr__(workspace.settings, "commands", workspace.settings.commands | {"/tea": True})
    try:
        assert OUTDATED in words(program.ana.command("/tea"))
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


# Failures


@pytest.fixture
def spilled(monkeypatch):
    """A listener that fails, with somebody's words in its failure."""

    def fail(*_arguments, **_more):
        raise RuntimeError("Ana said: my secret")

    monkeypatch.setattr("bot.programs.membership.standing.status", fail)
    monkeypatch.setattr("bot.programs.membership.forms.read_pause", fail)


def number_in(sentence):
    return sentence.rsplit(": ", 1)[1].rstrip(".")


def test_a_failure_is_answered_with_an_apology_and_a_number_that_the_log_knows(weft, program, spilled, caplog):
    said = words(program.ana.command("/coffee"))

    assert said.startswith(SORRY)
    [record] = errors(caplog)
    assert record.number == number_in(said)
    assert "secret" not in record.getMessage()
    assert "secret" not in said


def test_a_failure_behind_a_form_is_told_in_the_form_which_stays(weft, program, spilled, caplog):
    program.ana.command("/coffee", "pause")

    told = program.ana.submit()

    assert told["Until"].startswith(SORRY)
    assert errors(caplog)[0].number == number_in(told["Until"])
    assert program.ana.modal is not None


def test_a_mistake_in_a_form_is_shown_at_its_field_and_all_that_was_typed_stays(weft, program, workspace):
    tea = workspace.add_channel("tea", members=[program.ana])
    assert set_up(program.alma, tea, Name=" \u200b ") == {"Name": "Please give it a name that people will recognise."}

    program.alma.fill({"Name": "Tea"})

    assert program.alma.submit() == {}
    program.alma.press("Start")
    program.alma.open_home()
    assert "Tea in #tea, every two weeks, Tuesday at 10:00" in words(program.alma.home)


def test_a_failure_in_home_opens_a_window(weft, program, monkeypatch):
    program.ana.open_home()

    def fail(*_arguments, **_more):
        raise RuntimeError

    monkeypatch.setattr("bot.programs.membership.service.skip", fail)
    program.ana.press("Skip this time", program.ana.home)

    assert SORRY in words(program.ana.modal)


@pytest.fixture
def as_it_runs(weft, workspace):
    """Listeners run in threads of their own, as in `weft run`."""
    app = build_app(weft.bot, weft.composed.app.client, weft.composed.features)
    workspace.deliver_to(Direct(app))


def test_a_mistake_is_answered_at_once_and_not_called_a_failure_of_the_app(weft, team, as_it_runs):
    weft.tick()
    for typed in ("skip", "leave", "pause 2w", "pause banana") * 3:
        said = team.ana.command("/coffee", typed)

        assert "did not respond" not in said.text


def test_a_form_with_a_mistake_stays_open_in_threads_too(weft, program, as_it_runs):
    program.alma.press("Set up a program", program.alma.home)
    until(lambda: program.alma.modal is not None)
    program.alma.fill({"Channel": program.coffee})

    assert "already has a program" in program.alma.submit()["Channel"]


# Hostile words


def is_harmless(shown):
    drawn = json.dumps(shown, ensure_ascii=False)
    return not any(mark in drawn for mark in ("<!channel", "<!everyone", "<https", "|Boss>")) and not any(
        INVISIBLE.search(char) for char in drawn if char not in "\n"
    )


@pytest.mark.parametrize("command", ["/coffee", "/coffee pause", "/coffee join", "/coffee skip", "/weft"])
def test_hostile_words_of_a_command_are_never_said_again(weft, program, command, caplog):
    name, _, word = command.partition(" ")
    for typed in HOSTILE:
        said = program.ana.command(name, f"{word} {typed}")

        assert said.text
        assert SORRY not in said.text
        assert is_harmless([said.text, said.blocks])
        assert len(said.text) < 1500
    assert errors(caplog) == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_name_of_a_program_is_only_ever_shown(weft, team, typed, caplog):
    weft.tick()
    team.alma.open_home()
    team.alma.press("Set up a program", team.alma.home)
    # As somebody would send it who does not use Slack's own form.
    team.alma.modal.values["programs_name"]["programs_name"]["value"] = typed
    team.alma.fill({"Channel": team.coffee})
    told = team.alma.submit()
    weft.settle()
    if told:
        assert set(told) == {"Name"}
        return
    team.alma.press("Start")
    weft.settle()

    team.ana.open_home()
    seen = [[message.text, message.blocks] for message in team.ana.messages()]
    seen += [team.ana.home.blocks, team.ana.command("/coffee").blocks]
    assert len(seen) == 3
    assert is_harmless(seen)
    assert errors(caplog) == []


def test_hostile_words_in_the_search_for_a_time_zone(weft, program, caplog):
    program.alma.press("Set up a program", turn_to(program.alma, "Admin"))

    for typed in HOSTILE:
        assert program.alma.options_for("Time zone", typed=typed) == []
    assert errors(caplog) == []


def test_a_hostile_profile_is_only_ever_shown(weft, program):
    for one, typed in zip(program.everyone * 2, HOSTILE[:8], strict=True):
        one.change(title=one.user.profile["title"] + typed, display_name=typed)
    weft.live(days=1, hours=2)

    for one in program.everyone:
        [introduction] = one.group_messages()
        assert is_harmless([introduction.text, introduction.blocks])


# Events


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


# Slack fails

FAULTS = ["rate_limit", "server_error", "nonsense", "drop_request", "lose_answer"]


def test_a_window_that_slack_does_not_open_is_said_and_can_be_tried_again(weft, program, workspace):
    for fault in FAULTS:
        getattr(workspace.faults, fault)("views.open")
        assert words(program.ana.command("/coffee", "pause")).startswith(SORRY)

        program.ana.command("/coffee", "pause")
        assert program.ana.modal is not None


def test_a_home_that_slack_does_not_show_takes_nothing_back(weft, program, workspace, caplog):
    program.ana.open_home()
    for fault in FAULTS:
        getattr(workspace.faults, fault)("views.publish")

        program.ana.press("Skip this time", program.ana.home)

        assert program.ana.modal is None  # What they asked for was done: no apology.
        program.ana.open_home()
        program.ana.press("Join the next one after all", program.ana.home)
    assert errors(caplog) == []


def test_a_form_is_taken_although_home_is_not_shown(weft, program, workspace, caplog):
    for fault in FAULTS:
        program.ana.command("/coffee", "pause")
        getattr(workspace.faults, fault)("views.publish")

        assert program.ana.submit() == {}

        assert "You are taking a break" in words(program.ana.modal)
        program.ana.close(everything=True)
        assert "End the break" in labels(program.ana.command("/coffee"))
    assert errors(caplog) == []


def test_a_slow_slack_is_waited_for(weft, program, workspace):
    workspace.faults.slow("views.open", 0.3)
    workspace.faults.slow("views.publish", 0.3)

    program.ana.command("/coffee", "pause")
    assert program.ana.submit() == {}


def test_a_slack_that_takes_too_long_is_not_waited_for(weft, program, workspace, monkeypatch, caplog):
    monkeypatch.setattr(weft.composed.app.client, "timeout", 0.2)
    workspace.faults.slow("views.publish", 1)

    program.ana.open_home()

    assert errors(caplog) == []
    program.ana.open_home()
    assert "Skip this time" in labels(program.ana.home)


@pytest.fixture
def deaf_addresses(monkeypatch):
    """Slack refuses whatever is said to a response_url."""

    def refuse(*_arguments):
        raise Refused("expired_url")

    monkeypatch.setattr("bot.demo.workspace.answers.use", refuse)


def test_an_answer_that_slack_does_not_take_breaks_nothing(weft, program, deaf_addresses, caplog):
    for typed in ("", "help", "skip", "dance", "pause banana"):
        assert program.ana.command("/coffee", typed).text == ""

    assert errors(caplog) == []


def test_a_button_works_although_the_answer_does_not_arrive(weft, program, deaf_addresses):
    program.ana.press("Skip this time", program.ana.messages()[0])

    program.ana.open_home()
    assert "Join the next one after all" in labels(program.ana.home)


def test_a_token_that_is_revoked_meanwhile_loses_nothing(weft, program, workspace, clock, caplog):
    workspace.revoke_token()
    program.ana.open_home()
    program.ana.press("Skip this time", program.ana.messages()[0])
    workspace.hold_events()
    weft.live(hours=3)
    assert errors(caplog) == []

    workspace.restore_token()
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    eva.join(program.coffee)
    workspace.release_events()
    clock.advance(timedelta(minutes=2))
    weft.settle()

    assert "Welcome to Coffee" in last_words(eva)
    program.ana.open_home()
    assert "Join the next one after all" in labels(program.ana.home)
