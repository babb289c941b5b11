"""What a person types: names become mentions, and nothing else becomes anything."""

import re

from bot.slacksim import Workspace
from bot.slacksim.state import Channel

NAMED = re.compile(r"(?<![\w@#])([@#])([\w.\-]{1,80}\w)")


def mentioned(workspace: Workspace, text: str) -> str:
    """`@ben.okafor` and `#coffee` as Slack writes them; names that nobody has stay as they are."""
    handles = {user.name: user.id for user in workspace.users.values() if not user.deleted}

    def written(match: re.Match[str]) -> str:
        sign, name = match.groups()
        channel: Channel | None = workspace.channel_named(name)
        found = handles.get(name.lower()) if sign == "@" else channel and channel.id
        return f"<{sign}{found}>" if found else match[0]

    return NAMED.sub(written, text)


def as_message(workspace: Workspace, text: str) -> str:
    """Slack escapes what people write before it looks for names."""
    harmless = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return mentioned(workspace, harmless)
