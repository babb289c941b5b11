"""Chance that can be replayed: everything is a hash of the seed and of people's ids, on any machine and version."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

JITTER_BITS = 4


def keys(ids: Sequence[str]) -> NDArray[np.uint64]:
    """A stable 64-bit number for each id."""
    digests = b"".join(blake2b(person_id.encode(), digest_size=8).digest() for person_id in ids)
    return np.frombuffer(digests, "<u8").astype(np.uint64)


def mixed(values: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """splitmix64 (Steele, Lea, Flood 2014) of each value with a salt."""
    z = values + np.uint64((salt * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) & 0xFFFFFFFFFFFFFFFF)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixture: NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return mixture


def shuffled(values: NDArray[np.uint64], salt: int) -> NDArray[np.intp]:
    """An order of the places of `values` that depends on the values and the salt alone."""
    return np.argsort(mixed(values, salt), kind="stable")


def jitter(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> NDArray[np.int32]:
    """0 to 15 for each two people (broadcast), the same in both directions."""
    mixture = (one ^ other) * np.uint32(0x9E3779B1)
    mixture >>= np.uint32(32 - JITTER_BITS)
    return mixture.view(np.int32)
