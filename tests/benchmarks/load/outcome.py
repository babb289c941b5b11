"""What must not have happened, and how far the round has come that began meanwhile."""

from collections import Counter

from sqlalchemy import func, select

from bot.delivery.calls import key_of
from storage.connections.connections import Meeting
from storage.db import Database
from storage.outbox.outbox import OutboxMessage
from storage.rounds.rounds import Round, Seat
from tests.benchmarks.load.office import Office


def done_wrong(office: Office, database: Database) -> list[tuple[str, int]]:
    with database.snapshot() as session:
        said = select(Seat.person_id, Seat.match_id, Seat.answer).where(Seat.round_id == office.last_round)
        kept = {(one, match): answer for one, match, answer in session.execute(said)}
        meetings = session.execute(select(func.count(), func.count(Meeting.origin.distinct()))).one()
    posted = Counter(
        key_of({"metadata": message.metadata})
        for channel in list(office.workspace.channels.values())
        for message in channel.messages
        if message.metadata
    )
    lost = sum(kept.get(key) is None for key in office.said)
    return [
        ("answers lost", lost),
        ("meetings recorded twice", meetings[0] - meetings[1]),
        ("messages posted twice", sum(count > 1 for count in posted.values())),
    ]


def introductions(office: Office, database: Database) -> tuple[int, int]:
    """Of the round that begins meanwhile: how many are decided, and how many were sent."""
    with database.snapshot() as session:
        last = session.scalar(select(func.max(Round.id)))
        mine = OutboxMessage.key.startswith(f"round:{last}:intro:")
        decided, sent = session.execute(select(func.count(), func.count(OutboxMessage.sent_at)).where(mine)).one()
    return (0, 0) if last == office.last_round else (decided, sent)
