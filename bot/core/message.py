"""A message: text and blocks, not yet bound to a recipient."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """`text` reads well alone: it is the notification and what a screen reader says."""

    text: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class File:
    """Something to keep or to look at, carried by a message."""

    name: str
    """With its ending: `coffee.ics`."""
    content: bytes | str
    title: str = ""
    alt: str = ""
    """What a picture shows, for those who can't see it."""

    @property
    def data(self) -> bytes:
        return self.content.encode() if isinstance(self.content, str) else self.content
