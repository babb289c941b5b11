"""Blocks about a person's data."""

from bot.core.blocks import actions, button, context, header, section
from bot.core.message import Block, Message
from bot.privacy import texts

DOWNLOAD, FORGET = "privacy_download", "privacy_forget"


def your_data() -> list[Block]:
    return [
        header(texts.MY_DATA()),
        section(texts.KEPT()),
        actions(button(texts.DOWNLOAD(), DOWNLOAD), button(texts.FORGET(), FORGET, style="danger")),
        context(texts.ASKED_TWICE()),
    ]


def export() -> Message:
    """Build the message that brings the file. Its block is shown if Slack refuses the file."""
    return Message(texts.EXPORT(), [section(texts.EXPORT_REFUSED())])
