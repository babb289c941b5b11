"""A message: text and blocks, not yet bound to a recipient."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """`text` reads well alone: it is the notification and what a screen reader says."""

    text: str
    blocks: list[Block] = field(default_factory=list)
