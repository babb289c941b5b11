"""Who is new, and who is asked to say hello."""

import hashlib
from datetime import date, timedelta

HOSTS = 12
"""About so many colleagues are asked to say hello to a newcomer: enough to be welcome, too few to be a queue."""
SETTLING_IN, NEW_FOR = timedelta(days=3), timedelta(days=60)


def is_new(started_on: date, today: date) -> bool:
    """Past the first days, when nobody has time, and within two months."""
    return SETTLING_IN <= today - started_on <= NEW_FOR


def is_host(person_id: str, newcomer_id: str, share: float) -> bool:
    """The same few for each newcomer, others for the next one: a lot drawn from both ids, which nobody need keep."""
    lot = hashlib.sha256(f"{newcomer_id}:{person_id}".encode()).digest()
    return int.from_bytes(lot[:8], "big") / 2**64 < share


def ago(started_on: date, today: date) -> str:
    weeks = (today - started_on).days // 7
    return {0: "a few days ago", 1: "a week ago"}.get(weeks, f"{weeks} weeks ago")
