"""Verifies request signatures before anything in a request is parsed.

Source: docs.slack.dev, "Verifying requests from Slack".
"""

import hashlib
import hmac
import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

TIMESTAMP = re.compile(r"[0-9]{1,12}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
FRESH_FOR = 5 * 60
"""Validity of a signature in seconds."""
REMEMBERED = 20_000
"""Size of the replay cache: 66 requests per second for five minutes, about 3 MB."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The signature headers of a request, well-formed and fresh."""

    timestamp: int
    written: str
    """Timestamp exactly as sent, since that is what was signed."""
    signature: str

    def holds(self, secret: str, body: bytes) -> bool:
        """Return whether the signature is valid. Compares in constant time, so the delay reveals nothing about it."""
        signed = f"v0:{self.written}:".encode() + body
        right = "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return hmac.compare_digest(right, self.signature)


def read_claim(timestamps: Sequence[str], signatures: Sequence[str], now: datetime) -> Claim | None:
    """Parse the headers. Returns None if they are missing, repeated, malformed or expired."""
    if len(timestamps) != 1 or len(signatures) != 1:
        return None
    [written], [signature] = timestamps, signatures
    if not TIMESTAMP.fullmatch(written) or not SIGNATURE.fullmatch(signature):
        return None
    claim = Claim(int(written), written, signature)
    return claim if abs(now.timestamp() - claim.timestamp) <= FRESH_FOR else None


class Replays:
    """Replay cache: the valid signatures of the last minutes, so that a recorded request can't act again.

    Slack signs every delivery anew, retries included, so only a copy has a known signature. Strangers can't fill the
    cache, because only valid signatures enter it.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, int] = OrderedDict()

    def is_new(self, claim: Claim, now: datetime) -> bool:
        while self._seen and self._is_past(now):
            self._seen.popitem(last=False)
        if claim.signature in self._seen:
            return False
        self._seen[claim.signature] = claim.timestamp
        return True

    def _is_past(self, now: datetime) -> bool:
        oldest = next(iter(self._seen.values()))
        return len(self._seen) >= REMEMBERED or now.timestamp() - oldest > FRESH_FOR
