"""Splits a message that exceeds Slack's limits into several without losing text.

Source of the limits: docs.slack.dev for 50 blocks; Slack's staff in bolt-js#2509 for 12,000 characters "with a
buffer for block containers" (rejected at 11,341 in bolt-js#2867).
"""

from collections.abc import Sequence

from bot.core.message import Block, Message

BLOCKS, LETTERS = 50, 10_500


def parts(message: Message) -> list[Message]:
    """Split a message into ones that Slack accepts; all share the same notification text."""
    return [Message(message.text, batch) for batch in batches(message.blocks)] or [message]


def batches(blocks: Sequence[Block], letters: int = LETTERS) -> list[list[Block]]:
    """Group consecutive blocks into as few batches as the limits allow. A single block is never split."""
    found: list[list[Block]] = []
    for block in blocks:
        if not found or len(found[-1]) == BLOCKS or sum(map(letters_in, [*found[-1], block])) > letters:
            found.append([])
        found[-1].append(block)
    return found


def letters_in(drawn: object) -> int:
    """Count the characters of all texts in blocks, buttons included."""
    if isinstance(drawn, list):
        return sum(map(letters_in, drawn))
    if not isinstance(drawn, dict):
        return 0
    own = drawn.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(map(letters_in, drawn.values()))
