"""What there is to see after a step, for the promises to look at."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.delivery.calls import opaque_key
from storage.kinds import Attention, MatchState
from storage.outbox import OutboxMessage
from storage.rounds import Match, Round


@dataclass(frozen=True)
class Unasked:
    """What somebody got of a program, or a nudge."""

    at: datetime
    row: OutboxMessage
    message: Any
    is_new: bool
    is_answered: bool

    @property
    def is_private(self) -> bool:
        return len(self.row.people) == 1


@dataclass
class Seen:
    """What there is to see after a step."""

    life: Any
    session: Session
    began: datetime
    """When what was due was looked at."""
    met: set[int] = field(init=False)
    """The matches that met."""
    new_rounds: list[Round] = field(init=False)
    """Those that began in this step."""
    posted: list[tuple[str | None, Any]] = field(init=False)
    """All that the bot has written, as Slack has it, with its key."""
    unasked: dict[str, list[Unasked]] = field(init=False)
    """By who got it, in the order in which it came."""
    keys: dict[str, OutboxMessage] = field(init=False)
    """All that it ever decided to write, by why."""

    def __post_init__(self) -> None:
        self.keys = {row.key: row for row in self.session.scalars(select(OutboxMessage))}
        self.met = set(self.session.scalars(select(Match.id).where(Match.state == MatchState.MET)))
        chosen = select(Round).where(Round.id.not_in(self.life.rounds_seen))
        self.new_rounds = list(self.session.scalars(chosen.options(selectinload(Round.matches))))
        self.posted = list(self.life.posted())
        self.unasked = self.what_came_unasked()

    def what_came_unasked(self) -> dict[str, list[Unasked]]:
        life = self.life
        rows = {opaque_key(row): row for row in self.keys.values() if row.attention is not Attention.ASKED_FOR}
        got = defaultdict(list)
        for key, message in sorted(self.posted, key=lambda one: one[1].ts):
            for person_id in rows[key].people if key in rows else ():
                at = datetime.fromtimestamp(float(message.ts), UTC)
                one = Unasked(at, rows[key], message, message.ts > life.seen_until, message.ts in life.answered)
                got[life.name_of(person_id)].append(one)
        return got

    def gone(self) -> set[str]:
        return {self.life.people[name].id for name, known in self.life.known.items() if known.is_gone}

    def names(self, match: Match) -> list[str]:
        return [self.life.name_of(seat.person_id) for seat in match.seats]

    def apart_ids(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(self.life.people[name].id for name in pair) for pair in self.life.apart)

    def new_matches(self) -> Iterator[tuple[Round, list[str]]]:
        """Of the rounds that began, with who sits in them."""
        yield from ((one, self.names(match)) for one in self.new_rounds for match in one.matches)
