"""The message of a nudge: its reason, the step, one action, and three ways to get fewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.blocks import actions, button, context, divider, section
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn
from bot.core.nudge import BLOCK, KEEP_BLOCK, Suggestion, suggestion_of
from bot.core.page import Page
from bot.nudges import texts
from storage.kinds import NudgeOutcome

NOT_NOW, LESS, NEVER, KEEP = (f"nudges_{what}" for what in ("not_now", "less", "never", "keep"))
OPEN_SETTINGS, ALL_OFF, ALL_ON, BRING_BACK = (
    f"nudges_{what}" for what in ("open_settings", "all_off", "all_on", "bring_back")
)
WRITE = "nudges_write"

SETTINGS_PAGE = Page.SETTINGS

AFTERWARDS = {
    NudgeOutcome.USED: texts.DONE,
    NudgeOutcome.NOT_NOW: texts.OK_NOT_NOW,
    NudgeOutcome.LESS: texts.OK_FEWER,
    NudgeOutcome.NEVER: texts.OK_STOPPED,
}
LONGEST_NOTIFICATION = 90
"""In characters. A phone shows about this many."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion with the id of its nudge, which its buttons carry."""

    nudge_id: int
    suggestion: Suggestion
    is_last_chance: bool


def message(shown: Sequence[Shown]) -> Message:
    """Return one message with all suggestions. The first, the best, is its notification text."""
    drawn = [block for one in shown for block in [divider(), *suggestion(one)]][1:]
    return Message(notification(shown[0].suggestion), [*drawn, context(texts.MANAGE())])


def notification(best: Suggestion) -> str:
    text = texts.NOTIFICATION(why=Mrkdwn(best.why), step=Mrkdwn(best.step))
    return text if len(text) <= LONGEST_NOTIFICATION else best.why


def suggestion(shown: Shown) -> list[Block]:
    why, step, note = (Mrkdwn(each) for each in (shown.suggestion.why, shown.suggestion.step, shown.suggestion.private))
    words = texts.SUGGESTION_WITH_NOTE(why=why, note=note, step=step) if note else texts.SUGGESTION(why=why, step=step)
    return [section(words), buttons(shown), *([last_chance(shown.nudge_id)] if shown.is_last_chance else [])]


def buttons(shown: Shown) -> Block:
    number = str(shown.nudge_id)
    action = [shown.suggestion.action] if shown.suggestion.action else []
    ways_out = [button(texts.NOT_NOW(), NOT_NOW, number), button(texts.FEWER(), LESS, number)]
    return actions(*action, *ways_out, button(texts.STOP(), NEVER, number)) | {"block_id": f"{BLOCK}{number}"}


def last_chance(nudge_id: int) -> Block:
    keep = button(texts.KEEP(), KEEP, str(nudge_id))
    return section(texts.LAST_CHANCE(), accessory=keep) | {"block_id": f"{KEEP_BLOCK}{nudge_id}"}


# After a press


def numbers_in(blocks: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the ids of the nudges in a message."""
    found = [suggestion_of(block) for block in blocks]
    return [number for number in dict.fromkeys(found) if number is not None]


def redrawn(
    blocks: Sequence[Block], outcomes: Mapping[int, NudgeOutcome], *, brought_back: int | None = None
) -> list[Block]:
    """Return the message with pressed buttons replaced by their outcome."""
    return [drawn for block in blocks for drawn in redraw(block, outcomes, brought_back)]


def redraw(block: Block, outcomes: Mapping[int, NudgeOutcome], brought_back: int | None) -> list[Block]:
    number = suggestion_of(block)
    outcome = outcomes.get(number) if number is not None else None
    is_keep = str(block.get("block_id", "")).startswith(KEEP_BLOCK)
    if number is not None and number == brought_back and (is_keep or outcome is NudgeOutcome.NEVER):
        return [context(texts.KEPT())]
    if outcome not in AFTERWARDS:
        return [block]
    if outcome is NudgeOutcome.NEVER and not is_keep:
        undo = button(texts.UNDO(), KEEP, str(number))
        return [section(AFTERWARDS[outcome](), accessory=undo) | {"block_id": f"{BLOCK}{number}"}]
    return [] if is_keep else [context(AFTERWARDS[outcome]()) | {"block_id": f"{BLOCK}{number}"}]
