"""What a method of matching finds, as places in the table."""

from dataclasses import dataclass

Members = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Groups and those alone, as places in the table; what no other arrangement exceeds, or None."""

    groups: list[Members]
    alone: list[int]
    bound: int | None
