"""Conversion of typed text to Slack's: names become mentions, everything else is escaped."""

import re

from bot.slacksim import Workspace
from bot.slacksim.state import Channel

NAMED = re.compile(r"(?<![\w@#])([@#])([\w.\-]{1,80}\w)")


def mentioned(workspace: Workspace, text: str) -> str:
    """Replace `@ben.okafor` and `#coffee` with mentions. Unknown names stay plain text."""
    handles = {user.name: user.id for user in workspace.users.values() if not user.deleted}

    def written(match: re.Match[str]) -> str:
        sign, name = match.groups()
        channel: Channel | None = workspace.channel_named(name)
        found = handles.get(name.lower()) if sign == "@" else channel and channel.id
        return f"<{sign}{found}>" if found else match[0]

    return NAMED.sub(written, text)


def as_message(workspace: Workspace, text: str) -> str:
    """Convert text as Slack does: escape it, then replace names."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return mentioned(workspace, harmless)
