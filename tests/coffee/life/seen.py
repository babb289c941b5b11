"""What there is to see after a step, for the promises to look at."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.delivery.calls import key_of, opaque_key
from storage.kinds import Attention, DeliveryState, Importance, MatchState
from storage.outbox.outbox import OutboxMessage
from storage.rounds.rounds import Match, Round

LOST = {DeliveryState.GIVEN_UP, DeliveryState.CANCELLED}
ON_ITS_WAY = {DeliveryState.WAITING, DeliveryState.SENDING}


def was_read(row: OutboxMessage) -> bool:
    """By itself, or in another message."""
    return row.state not in LOST | ON_ITS_WAY


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
    looked: bool
    """Whether that was in this step, so that nothing is left that is due."""
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
    rows: dict[str, OutboxMessage] = field(init=False)
    """The same, by the key that Slack has."""

    def __post_init__(self) -> None:
        self.keys = {row.key: row for row in self.session.scalars(select(OutboxMessage))}
        self.rows = {opaque_key(row): row for row in self.keys.values()}
        self.met = set(self.session.scalars(select(Match.id).where(Match.state == MatchState.MET)))
        chosen = select(Round).where(Round.id.not_in(self.life.rounds_seen))
        self.new_rounds = list(self.session.scalars(chosen.options(selectinload(Round.matches))))
        self.posted = list(self.life.posted())
        self.unasked = self.what_came_unasked()

    def is_an_answer(self, message: Any) -> bool:
        row = self.rows.get(key_of({"metadata": message.metadata}))
        return row is not None and (row.importance, row.attention) == (Importance.ANSWER, Attention.ASKED_FOR)

    def what_came_unasked(self) -> dict[str, list[Unasked]]:
        life = self.life
        rows = {key: row for key, row in self.rows.items() if row.attention is not Attention.ASKED_FOR}
        got = defaultdict(list)
        for key, message in sorted(self.posted, key=lambda one: one[1].ts):
            for person_id in rows[key].people if key in rows else ():
                at = datetime.fromtimestamp(float(message.ts), UTC)
                one = Unasked(at, rows[key], message, message.ts > life.seen_until, message.ts in life.answered)
                got[life.name_of(person_id)].append(one)
        return got

    def new_rows(self) -> list[OutboxMessage]:
        """What was decided in this step to be written."""
        return [row for row in self.keys.values() if row.id > self.life.last_row]

    def new_messages(self) -> list[Any]:
        return [message for _, message in self.posted if message.ts > self.life.seen_until]

    @cached_property
    def matches(self) -> Sequence[Match]:
        chosen = select(Match).options(selectinload(Match.seats), selectinload(Match.round))
        return self.session.scalars(chosen.order_by(Match.id)).all()

    @cached_property
    def running_matches(self) -> Sequence[Match]:
        """That are still to take place, in a round that is not over."""
        now = self.life.clock.now()
        return [one for one in self.matches if one.state is MatchState.PLANNED and one.round.ends_at > now]

    def gone(self) -> set[str]:
        return {self.life.people[name].id for name, known in self.life.known.items() if known.is_gone}

    def names(self, match: Match) -> list[str]:
        return [self.life.name_of(seat.person_id) for seat in match.seats]

    def apart_ids(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(self.life.people[name].id for name in pair) for pair in self.life.apart)

    def new_matches(self) -> Iterator[tuple[Round, list[str]]]:
        """Of the rounds that began, with who sits in them."""
        yield from ((one, self.names(match)) for one in self.new_rounds for match in one.matches)
