"""Strength of a connection: its components and its decay. Computed on request, never stored."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

HALF_LIFE = 90
"""In days."""
MEETING = 10.0
SHOUTOUT, CONGRATULATION, HELLO, INTRODUCTION = 3.0, 2.0, 1.5, 0.5
REPLY, MENTION, REACTION = 0.5, 0.4, 0.2
PUBLIC_DAY, OTHER_DAY = 1.0, 6.0
"""Caps on what a day in public channels, and a day without a meeting, can add. A meeting outweighs both."""

KNOWN_AFTER = 3
"""Days in touch after which two people know each other without a meeting."""
QUIET_AFTER, GONE_AFTER = 60, 730
"""A connection is fading when the last contact was between these many days ago."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact of two people on one day, or rolled up from several."""

    age: float
    """In days."""
    days: int = 1
    meetings: int = 0
    introductions: int = 0
    shoutouts: int = 0
    congratulations: int = 0
    hellos: int = 0
    replies: int = 0
    mentions: int = 0
    reactions: int = 0


def points(contact: Contact) -> float:
    """Return the undecayed value. Public contact is capped by day: of a hundred replies, the first two count."""
    public = REPLY * contact.replies + MENTION * contact.mentions + REACTION * contact.reactions
    meant = (
        SHOUTOUT * contact.shoutouts
        + CONGRATULATION * contact.congratulations
        + HELLO * contact.hellos
        + INTRODUCTION * contact.introductions
    )
    days = max(contact.days, 1)
    return MEETING * contact.meetings + min(meant + min(public, PUBLIC_DAY * days), OTHER_DAY * days)


def decayed(worth: float, age: float) -> float:
    return worth * math.exp2(-max(age, 0.0) / HALF_LIFE)


def strength(contacts: Iterable[Contact]) -> float:
    return sum(decayed(points(contact), contact.age) for contact in contacts)


def is_known(times_met: int, days_in_touch: int) -> bool:
    """Return whether two people know each other."""
    return times_met > 0 or days_in_touch >= KNOWN_AFTER


def is_fading(last_age: float) -> bool:
    """Return whether a known connection has gone quiet, but not for so long that it is over."""
    return QUIET_AFTER <= last_age < GONE_AFTER
