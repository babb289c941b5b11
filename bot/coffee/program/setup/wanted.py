"""Validated input of the setup forms."""

from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from storage.kinds import GroupedBy, Joining, ProgramKind


@dataclass(frozen=True, slots=True)
class Wanted:
    name: str
    channel_id: str
    every_weeks: int
    weekday: int
    wall_time: time
    zone: ZoneInfo
    nth: int | None = None
    kind: ProgramKind = ProgramKind.COFFEE
    size: int = 2
    minutes: int = 15
    grouped_by: GroupedBy | None = None
    choices: tuple[str, ...] = ()
    user_groups: tuple[str, ...] = ()
    not_before: date | None = None
    """Earliest day of the first round."""


@dataclass(frozen=True, slots=True)
class MoreWanted:
    """Validated input of the second form: days off and people."""

    exception_days: tuple[date, ...]
    country: str | None
    joining: Joining
    lets_guests: bool
    admins: tuple[str, ...]
    audience: tuple[str, ...] = ()
    """User groups whose members may join; empty for all people."""
