"""Builders for the Block Kit elements of messages, Home and forms. Slack's length limits are enforced only here.

Labels are truncated with an ellipsis. Long texts are split over several blocks instead (`sections`).

Source of the limits: docs.slack.dev, Block Kit reference.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from bot.core import texts
from bot.core.message import Block
from bot.core.mrkdwn import cut, cut_mrkdwn, split_mrkdwn
from bot.core.page import Page

logger = logging.getLogger(__name__)

SECTION, HEADER, CONTEXT, BUTTON, OPTION, HINT = 3000, 150, 2000, 75, 75, 2000
BLOCKS_IN_VIEW, ABOUT = 100, 3000


def plain_text(words: str, longest: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": cut(words, longest) or " ", "emoji": True}


def mrkdwn(words: str, longest: int) -> dict[str, Any]:
    if len(words) > longest:  # Logged as an error: tests fail on it, so nothing is truncated unnoticed.
        logger.error("a text was cut", extra={"characters": len(words), "limit": longest})
    # verbatim: otherwise Slack would turn what people typed into links, channels and mentions.
    return {"type": "mrkdwn", "text": cut_mrkdwn(words, longest), "verbatim": True}


def section(words: str, *, accessory: dict[str, Any] | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(words, SECTION)}
    return block | {"accessory": accessory} if accessory else block


def sections(lines: Iterable[str], *, before: str = "") -> list[Block]:
    """Pack lines into as few sections as possible; a line that is too long continues in the next section.

    `before` is a prefix for each line, such as `> ` for a quote.
    """
    drawn = list[str]()
    for line in lines:
        for piece in split_mrkdwn(line, SECTION - len(before)):
            longer = f"{drawn[-1]}\n{before}{piece}" if drawn else ""
            if longer and len(longer) <= SECTION:
                drawn[-1] = longer
            else:
                drawn.append(before + piece)
    return [section(words) for words in drawn]


def header(words: str) -> Block:
    return {"type": "header", "text": plain_text(words, HEADER)}


def context(*words: str) -> Block:
    """Build a context block. Slack allows at most ten elements."""
    return {"type": "context", "elements": [mrkdwn(each, CONTEXT) for each in words]}


def divider() -> Block:
    return {"type": "divider"}


def button(label: str, action_id: str, value: str = "", *, style: str | None = None) -> dict[str, Any]:
    element: dict[str, Any] = {"type": "button", "text": plain_text(label, BUTTON), "action_id": action_id}
    if value:
        element["value"] = value
    return element | {"style": style} if style else element


def confirmed(element: dict[str, Any], title: str, words: str, yes: str, no: str = "") -> dict[str, Any]:
    """Add a confirmation dialog to an element."""
    return element | {
        "confirm": {
            "title": plain_text(title, 100),
            "text": plain_text(words, 300),
            "confirm": plain_text(yes, 30),
            "deny": plain_text(no or texts.NOT_NOW(), 30),
        }
    }


def actions(*elements: dict[str, Any]) -> Block:
    return {"type": "actions", "elements": list(elements)}


def option(label: str, value: str) -> dict[str, Any]:
    return {"text": plain_text(label, OPTION), "value": value}


def field(name: str, label: str, element: dict[str, Any], *, hint: str = "", optional: bool = False) -> Block:
    """Build an input block. `name` is both block_id and action_id: the key of the answer and of validation errors."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 2000),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    return block | {"hint": plain_text(hint, HINT)} if hint else block


def select(options: Sequence[dict[str, Any]], *, chosen: str | None = None, placeholder: str = "") -> dict[str, Any]:
    element: dict[str, Any] = {"type": "static_select", "options": list(options)}
    initial = [each for each in options if each["value"] == chosen]
    if initial:
        element["initial_option"] = initial[0]
    return element | {"placeholder": plain_text(placeholder, 150)} if placeholder else element


def form(callback_id: str, title: str, submit: str, blocks: Sequence[Block], *, about: str = "") -> dict[str, Any]:
    """Build a modal. `about` becomes private_metadata, which Slack returns on submit: ids only, no personal text."""
    if len(about) > ABOUT:
        raise ValueError(f"a form can carry {ABOUT} characters, not {len(about)}")
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(title, 24),
        "submit": plain_text(submit, 24),
        "close": plain_text(texts.CANCEL(), 24),
        "private_metadata": about,
        "blocks": list(blocks),
    }


def fitting(blocks: Sequence[Block], most: int, words: str) -> list[Block]:
    """Return at most `most` blocks; if some had to go, the last one is a notice that says so."""
    return list(blocks) if len(blocks) <= most else [*blocks[: most - 1], context(words)]


def home(blocks: Sequence[Block], page: Page) -> dict[str, Any]:
    shown = fitting(blocks, BLOCKS_IN_VIEW, texts.MORE_THAN_FITS())
    return {"type": "home", "private_metadata": page.value, "blocks": shown}
