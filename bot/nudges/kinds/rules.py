"""Newcomers, and the colleagues asked to say hello to them."""

import hashlib
from datetime import date, timedelta

HOSTS = 12
"""Expected number of colleagues asked to greet a newcomer: enough to be welcome, too few to be a queue."""
SETTLING_IN, NEW_FOR = timedelta(days=3), timedelta(days=60)


def is_new(started_on: date, today: date) -> bool:
    """Return whether someone is past the busy first days and within their first two months."""
    return SETTLING_IN <= today - started_on <= NEW_FOR


def is_host(person_id: str, newcomer_id: str, share: float) -> bool:
    """Draw hosts by a hash of both ids: the same few for each newcomer, others for the next, and nothing to store."""
    lot = hashlib.sha256(f"{newcomer_id}:{person_id}".encode()).digest()
    return int.from_bytes(lot[:8], "big") / 2**64 < share
