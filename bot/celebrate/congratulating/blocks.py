"""Blocks of the suggestion to congratulate, and of the congratulation in the thread."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.celebrate.drawing import in_a_line, quoted
from bot.celebrate.making.blocks import headline, mention_or_forgotten
from bot.core.blocks import button, context, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Block, Message
from bot.core.texts import channel
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind

CONGRATULATE = "celebrate_congratulate"


def congratulate(row: Celebration) -> dict[str, Any]:
    return button("Congratulate", CONGRATULATE, str(row.id))


def why(other_id: str, met_on: date, today: date) -> str:
    """Name the meeting that connects them."""
    month = f"{met_on:%B}" if met_on.year == today.year else f"{met_on:%B %Y}"
    return f"You had coffee with {mention_or_forgotten(other_id)} in {month}."


def step(row: Celebration, other_id: str) -> str:
    if row.kind is CelebrationKind.WIN:
        return (
            f"{mention_or_forgotten(other_id)} shared a win: “{in_a_line(row.words)}” A line from you would be welcome."
        )
    return f"{headline(row)}: “{in_a_line(row.words)}” A line from you would be welcome."


def says(person_id: str, words: str) -> Message:
    """Build the thread message in the person's name."""
    return Message(
        f"{mention_or_forgotten(person_id)} says: {in_a_line(words)}",
        [section(f"{mention_or_forgotten(person_id)} says:"), *quoted(words)],
    )


def in_form(row: Celebration) -> list[dict[str, Any]]:
    return [section(f"*{headline(row)}*"), *quoted(row.words), context("It goes into the thread, in your name.")]


def not_posted(row: Celebration, said: Sequence[Block], code: str) -> Message:
    text = f"I couldn't post your congratulations in {channel(row.channel_id or '')}: {trouble_of(code).reason}."
    return Message(text, [section(f"{text} Here's what you wrote:"), *said])
