"""The message of a nudge: its reason, the step, one action, and three ways to get fewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.blocks import actions, button, context, divider, section
from bot.core.message import Block, Message
from bot.core.nudge import Suggestion
from bot.core.page import Page
from storage.kinds import NudgeOutcome

NOT_NOW, LESS, NEVER, KEEP = (f"nudges_{what}" for what in ("not_now", "less", "never", "keep"))
OPEN_SETTINGS, ALL_OFF, ALL_ON, BRING_BACK = (
    f"nudges_{what}" for what in ("open_settings", "all_off", "all_on", "bring_back")
)
WRITE = "nudges_write"

SETTINGS_PAGE = Page.SETTINGS

BLOCK, KEEP_BLOCK = "nudge:", "nudge_keep:"
"""Prefixes of block ids, followed by the nudge's id."""

FOOT = "At most one of these a day and three a week. Kinds, days and hours: Weft's Home tab, *Settings*."
LAST_CHANCE = "You left the last two of this kind unanswered. If this one is not for you either, I stop them by myself."
BROUGHT_BACK = "Good, these keep coming."
AFTERWARDS = {
    NudgeOutcome.USED: "Done.",
    NudgeOutcome.NOT_NOW: "All right, not now.",
    NudgeOutcome.LESS: "You will hear less of this kind.",
    NudgeOutcome.NEVER: "I won't suggest this kind any more.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion with the id of its nudge, which its buttons carry."""

    nudge_id: int
    suggestion: Suggestion
    is_last_chance: bool


def message(shown: Sequence[Shown]) -> Message:
    """Return one message with all suggestions. The first, the best, is its notification text."""
    text = f"{shown[0].suggestion.why} {shown[0].suggestion.step}"
    drawn = [block for one in shown for block in [divider(), *suggestion(one)]][1:]
    return Message(text, [*drawn, context(FOOT)])


def suggestion(shown: Shown) -> list[Block]:
    said = shown.suggestion
    private = f"\n{said.private}" if said.private else ""
    words = section(f"{said.why}{private}\n*{said.step}*")
    return [words, buttons(shown), *([last_chance(shown.nudge_id)] if shown.is_last_chance else [])]


def buttons(shown: Shown) -> Block:
    number = str(shown.nudge_id)
    action = [shown.suggestion.action] if shown.suggestion.action else []
    ways_out = [button("Not now", NOT_NOW, number), button("Less of this", LESS, number)]
    never = button("Never this kind", NEVER, number)
    return actions(*action, *ways_out, never) | {"block_id": f"{BLOCK}{number}"}


def last_chance(nudge_id: int) -> Block:
    keep = button("Keep these coming", KEEP, str(nudge_id))
    return section(LAST_CHANCE, accessory=keep) | {"block_id": f"{KEEP_BLOCK}{nudge_id}"}


# After a press


def numbers_in(blocks: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the ids of the nudges in a message."""
    found = [number_of(block) for block in blocks]
    return [number for number in dict.fromkeys(found) if number is not None]


def number_of(block: Mapping[str, Any]) -> int | None:
    """Return the id of the nudge that a block, or a press in it, belongs to."""
    start, _, number = str(block.get("block_id", "")).rpartition(":")
    return int(number) if f"{start}:" in {BLOCK, KEEP_BLOCK} and number.isdecimal() and len(number) < 19 else None


def redrawn(
    blocks: Sequence[Block], outcomes: Mapping[int, NudgeOutcome], *, brought_back: int | None = None
) -> list[Block]:
    """Return the message with pressed buttons replaced by their outcome."""
    return [drawn for block in blocks for drawn in redraw(block, outcomes, brought_back)]


def redraw(block: Block, outcomes: Mapping[int, NudgeOutcome], brought_back: int | None) -> list[Block]:
    number = number_of(block)
    outcome = outcomes.get(number) if number is not None else None
    is_keep = str(block.get("block_id", "")).startswith(KEEP_BLOCK)
    if number is not None and number == brought_back and (is_keep or outcome is NudgeOutcome.NEVER):
        return [context(BROUGHT_BACK)]
    if outcome not in AFTERWARDS:
        return [block]
    if outcome is NudgeOutcome.NEVER and not is_keep:
        back = button("Bring it back", KEEP, str(number))
        return [section(AFTERWARDS[outcome], accessory=back) | {"block_id": f"{BLOCK}{number}"}]
    return [] if is_keep else [context(AFTERWARDS[outcome]) | {"block_id": f"{BLOCK}{number}"}]
