"""Cursor pagination. The cursor is opaque to the bot and encodes the offset of the next page."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from bot.slacksim.errors import Refused
from bot.slacksim.state import Json

LARGEST_PAGE = 999
"""Upper limit, as documented for conversations.members: "under 1000"."""


def page(
    everything: Sequence[Any], cursor: str, limit: int | None, *, error: str = "invalid_arguments"
) -> tuple[Sequence[Any], Json]:
    """Return a page and the response's next_cursor. `error`: the method's error code for an invalid limit."""
    if limit is not None and not 1 <= limit <= LARGEST_PAGE:
        raise Refused(error)
    begin = _read(cursor, len(everything)) if cursor else 0
    end = begin + limit if limit is not None else len(everything)
    following = b64encode(f"next:{end}".encode()).decode() if end < len(everything) else ""
    return everything[begin:end], {"response_metadata": {"next_cursor": following}}


def _read(cursor: str, count: int) -> int:
    try:
        begin = int(b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError as error:
        raise Refused("invalid_cursor") from error
    if not 0 <= begin <= count:
        raise Refused("invalid_cursor")
    return begin
