"""A message: text and blocks, without a recipient."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """A Slack message. `text` must make sense alone: notifications and screen readers use it."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """A file attached to a message."""

    name: str
    """File name with extension: `coffee.ics`."""
    content: bytes | str
    title: str = ""
    alt: str = ""
    """Alt text of an image."""

    @property
    def data(self) -> bytes:
        return self.content.encode() if isinstance(self.content, str) else self.content
