"""What holds for every message of the bot, in every test: it works as a notification, and shows one clock."""

import re

from bot.slacksim import Workspace

DATE = re.compile(r"<!date\^[^>]*>")
AS_READ = "Tuesday, March 17 at 10:00"
QUOTED = re.compile(r"^&gt;.*|“[^”]*”", re.MULTILINE)
CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:])")
LONGEST_NOTIFICATION = 200
"""Characters that a phone shows of a notification, with some to spare for names."""
GREETING = re.compile(r"\w.*\w")


def faults(workspace: Workspace) -> list[str]:
    """Describe all messages that the bot should not have sent like this."""
    return [
        f"{fault}: {message.text!r} {message.blocks}"
        for message in said(workspace)
        for fault, is_found in FAULTS.items()
        if is_found(message)
    ]


def said(workspace):
    posted = [message for channel in workspace.channels.values() for message in channel.timeline if message.bot_id]
    return [message for message in posted if not message.files and not message.is_deleted]


def is_empty(message):
    return GREETING.search(DATE.sub("", message.text)) is None


def is_long(message):
    return bool(message.blocks) and len(DATE.sub(AS_READ, message.text)) > LONGEST_NOTIFICATION


def shows_two_clocks(message):
    """A time that Slack writes for each reader, and one beside it that is the same for all."""
    return any(DATE.search(text) and CLOCK.search(QUOTED.sub("", DATE.sub("", text))) for text in texts(message))


def texts(message):
    return [message.text, *(text for block in message.blocks for text in texts_of(block))]


def texts_of(part):
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in texts_of(value)]
    return [text for value in part for text in texts_of(value)] if isinstance(part, list) else []


FAULTS = {"no notification": is_empty, "a long notification": is_long, "two clocks": shows_two_clocks}
