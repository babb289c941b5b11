"""A celebration on its way: what somebody wants to say, and where the form stands in which they say it."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from storage.kinds import Reach


@dataclass(frozen=True, slots=True)
class Draft:
    words: str = ""
    change: str = ""
    people: tuple[str, ...] = ()
    reach: Reach = Reach.CHANNEL


@dataclass(frozen=True, slots=True)
class Frame:
    """What a form brings back besides its fields: ids and an address, never a person's words."""

    channel_id: str | None = None
    """Where it will stand; None: the form asks, or nobody but the receivers sees it."""
    is_from_a_private_place: bool = False
    """It is about a message that not everybody may read: then it can't become public."""
    link: str | None = None
    groups: tuple[str, ...] = ()
    in_groups: int = 0
    """How many people these groups had when the form was opened."""
    members: tuple[str, ...] = ()
    """They themselves. A form does not carry them, they may be hundreds: read when it is sent."""
    mentioned: tuple[str, ...] = ()
    """People who stand in the words by their name: letters in a form, and a mention outside of it."""
    is_warned: bool = False
    """They know that people of another company read the channel."""
    is_hinted: bool = False
    """They have seen the hints, and say it as they like."""

    def packed(self) -> str:
        return json.dumps(asdict(replace(self, members=())), separators=(",", ":"))

    def after_hints(self) -> "Frame":
        return replace(self, is_hinted=True)


def unpacked(about: str) -> Frame:
    told: dict[str, Any] = json.loads(about or "{}")
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Frame(**fields)
