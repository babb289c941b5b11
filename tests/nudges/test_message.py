"""What a suggestion says on a phone, where about ninety characters are read."""

import pytest

from bot.core.nudge import Suggestion
from bot.nudges.blocks import LONGEST_NOTIFICATION, Shown, message

WHY = "You and <@U1> last met in March."


def shown(step, private=""):
    return Shown(7, Suggestion("U2", "with:U1", WHY, step, None, 0.5, private=private), is_last_chance=False)


@pytest.mark.parametrize(("step", "text"), [("Say hi?", f"{WHY} Say hi?"), ("Say hi. " * 10, WHY)])
def test_the_notification_is_the_reason_and_the_step_if_both_fit(step, text):
    notification = message([shown(step), shown("Another step.")]).text

    assert notification == text
    assert len(notification) <= LONGEST_NOTIFICATION


def test_a_note_is_in_the_message_and_not_in_its_notification():
    said = message([shown("Say hi?", private="Your note: “Has a dog”")])

    assert said.blocks[0]["text"]["text"] == f":bulb: {WHY}\nYour note: “Has a dog”\n*Say hi?*"
    assert "dog" not in said.text
