"""Past meetings in columns: 50,000 people and 26 rounds are 650,000 rows, about 8 MB."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Past(IntEnum):
    """What was between two people."""

    MET = 0
    INTRODUCED = 1
    """Brought together by a round, and never met."""
    IN_TOUCH = 2
    """In contact by other ways: a common contact to others, no repeat for themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Row i: `ids[a[i]]` and `ids[b[i]]`, `past[i]` (a `Past`), `age_days[i]` days ago. All columns have one length.

    The same two people may have any number of rows; the direction does not count.
    """

    ids: Sequence[str] = ()
    a: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    b: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    past: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    age_days: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, Past, float]]) -> "History":
        """From rows of (person, person, past, age in days)."""
        numbers: dict[str, int] = {}
        a, b, past, age = [], [], [], []
        for one, other, what, days in rows:
            a.append(numbers.setdefault(one, len(numbers)))
            b.append(numbers.setdefault(other, len(numbers)))
            past.append(int(what))
            age.append(days)
        return cls.columns(tuple(numbers), a, b, past, age)

    @classmethod
    def columns(cls, ids: Sequence[str], a: ArrayLike, b: ArrayLike, past: ArrayLike, age_days: ArrayLike) -> "History":
        """From columns of any array-like kind; `a` and `b` are places in `ids`."""
        return cls(
            ids,
            np.asarray(a, np.int32),
            np.asarray(b, np.int32),
            np.asarray(past, np.int8),
            np.asarray(age_days, np.float32),
        )

    def __len__(self) -> int:
        return len(self.a)
