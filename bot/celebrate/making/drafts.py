"""A celebration being written, and the context of its form."""

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
class FormContext:
    """Context that a form carries in private_metadata: ids and a link, never a person's text."""

    channel_id: str | None = None
    """Target channel; None if the form asks for it, or if the celebration is private."""
    is_from_a_private_place: bool = False
    """Whether it is about a message outside public channels: then it can't become public."""
    link: str | None = None
    groups: tuple[str, ...] = ()
    in_groups: int = 0
    """Number of people in these groups when the form was opened."""
    members: tuple[str, ...] = ()
    """Ids of the groups' members. Left out of the form, as they may be hundreds, and read again on submit."""
    mentioned: tuple[str, ...] = ()
    """Ids of people mentioned in the text. Forms show names instead, which become mentions again on submit."""
    is_warned: bool = False
    """Whether they were warned that another company can read the channel."""
    is_hinted: bool = False
    """Whether they have seen the hints: each is shown only once."""

    def packed(self) -> str:
        return json.dumps(asdict(replace(self, members=())), separators=(",", ":"))

    def after_hints(self) -> "FormContext":
        return replace(self, is_hinted=True)


def unpacked(about: str) -> FormContext:
    told: dict[str, Any] = json.loads(about or "{}")
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return FormContext(**fields)
