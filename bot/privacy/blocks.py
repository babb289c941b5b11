"""Texts and blocks about a person's data."""

from bot.core.blocks import actions, button, context, header, section
from bot.core.message import Block, Message

DOWNLOAD, FORGET = "privacy_download", "privacy_forget"

KEPT = (
    "I keep what Slack tells of you (name, title, email, time zone, whether you are away, and the profile fields and "
    "user groups that your admins chose), what you set here, the programs you are in, whom you were matched with and "
    "met, your answers, which suggestions you got, and for 90 days the words I wrote to you. Never what you write to "
    "others."
)
GOES = (
    "*What goes:* your profile and settings, your programs, your answers, notes and lists, your name in all matches "
    "and meetings, and every message of mine to you or about you that I still hold."
)
STAYS = (
    "*What stays:* those you met keep that they met somebody, without a name. What Slack itself shows, such as "
    "messages in your chats, is Slack's. And once a day I read from Slack who works here: your name, title, email and "
    "time zone come back that way, and nothing else."
)
AFTERWARDS = "You are in no program any more, also where you are still in its channel. You can join again any time."
ON_ITS_WAY = "Here it comes: look into your messages from Weft in a moment."
NOTHING = "I keep nothing about you."
FORGOTTEN = f"It is done: I have forgotten you. {AFTERWARDS}"


def your_data() -> list[Block]:
    return [
        header("My data"),
        section(KEPT),
        actions(button("Download my data", DOWNLOAD), button("Forget me", FORGET, style="danger")),
        context("Only you get the file. Before I forget anything I ask twice."),
    ]


def export() -> Message:
    """Build the message that brings the file. Its block is shown if Slack refuses the file."""
    text = "Here is all that I keep about you, as a file. It is readable text (JSON)."
    sorry = "I could not bring you the file: Slack did not take it. Whoever runs Weft can allow it (`files:write`)."
    return Message(text, [section(sorry)])
