"""What happens in one part of coffee and concerns another that stands above it."""

from dataclasses import dataclass

from bot.core.work import DomainEvent
from storage.people.people import Person
from storage.programs.programs import Program


@dataclass(frozen=True, slots=True)
class MemberJoined(DomainEvent[None]):
    """Someone has come into a program, or back to it."""

    program: Program
    person: Person


@dataclass(frozen=True, slots=True)
class MemberLeft(DomainEvent[None]):
    """Someone has left a program, or takes a break from it."""

    program: Program
    person_id: str
