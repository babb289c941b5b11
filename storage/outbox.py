"""Messages that are decided and not yet sent, and what became of them."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    String,
    UniqueConstraint,
    case,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.asked import asked_often
from storage.kinds import Attention, Deed, DeliveryState, Importance
from storage.outbox_files import OutboxFile
from storage.schema import SlackId, Table

BETWEEN_PEOPLE = ","
AT_ONCE = 1000


class OutboxMessage(Table):
    """One message for one conversation. Its key says why it exists, and makes it exist once."""

    __tablename__ = "outbox_messages"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        Index(None, "workspace_id", "state", "importance", "due_at"),
        Index(None, "workspace_id", "sent_at"),
        Index(None, "workspace_id", "recipient", "state"),
        Index(None, "workspace_id", "about_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    key: Mapped[str] = mapped_column(String(255))
    recipient: Mapped[str] = mapped_column(String(300))
    """A channel, a person, or several people with commas between them."""
    deed: Mapped[Deed] = mapped_column(default=Deed.POST)
    about_key: Mapped[str | None] = mapped_column(String(255))
    """The key of the message that is changed or removed."""
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    """The message that it answers."""
    conversation_id: Mapped[SlackId | None]
    text: Mapped[str]
    blocks: Mapped[list[dict[str, Any]]]
    importance: Mapped[int]
    attention: Mapped[Attention] = mapped_column(default=Attention.ASKED_FOR)
    """Whether it counts against the budget of whoever gets it."""
    has_file: Mapped[bool] = mapped_column(default=False)
    shares: Mapped[bool] = mapped_column(default=False)
    """Whether it may be said in one message with others for the same person. Such a message is never changed later."""
    said_with: Mapped[str | None] = mapped_column(String(255))
    """The key of the message that it is, or was, said in."""
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_attempt_at: Mapped[datetime | None]
    is_uncertain: Mapped[bool] = mapped_column(default=False)
    """An attempt may have reached Slack: look before posting again."""
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None] = mapped_column(String(32))
    error: Mapped[str | None] = mapped_column(String(64))

    @property
    def people(self) -> list[str]:
        """Whom it is for; nobody in particular when it goes to a channel."""
        everyone = self.recipient.split(BETWEEN_PEOPLE)
        return [one for one in everyone if one[:1] in {"U", "W"}]

    @property
    def posted_under(self) -> str:
        """The key that its post has in Slack."""
        return self.said_with or self.key


SHOWS_PEOPLE = (OutboxMessage.recipient, OutboxMessage.text, cast(OutboxMessage.blocks, String))
"""Where a person's id can stand in a message, beside its key."""


def put(
    session: Session,
    *,
    workspace_id: str,
    key: str,
    recipient: str,
    text: str,
    blocks: list[dict[str, Any]],
    due_at: datetime,
    importance: Importance = Importance.PERSONAL,
    attention: Attention = Attention.ASKED_FOR,
    expires_at: datetime | None = None,
    file: OutboxFile | None = None,
    thread_ts: str | None = None,
    again: bool = False,
    shares: bool = False,
) -> bool:
    """Keep a message for sending. The key makes it happen once, however often the caller runs.

    `again`: one that was taken back before anybody tried to send it is to be sent after all.
    """
    if again:
        free_key(session, workspace_id=workspace_id, key=key)
    known = select(OutboxMessage.id).where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.key == key)
    if session.scalar(known) is not None:
        return False
    row = OutboxMessage(
        workspace_id=workspace_id,
        key=key,
        recipient=recipient,
        text=text,
        blocks=blocks,
        due_at=due_at,
        importance=int(importance),
        attention=attention,
        expires_at=expires_at,
        has_file=file is not None,
        thread_ts=thread_ts,
        shares=shares,
    )
    session.add(row)
    session.flush()
    if file is not None:
        file.message_id, file.workspace_id = row.id, workspace_id
        session.add(file)
        session.flush()
    return True


def free_key(session: Session, *, workspace_id: str, key: str) -> None:
    taken_back = delete(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.key == key,
        OutboxMessage.state == DeliveryState.CANCELLED,
        OutboxMessage.attempts == 0,
    )
    session.execute(taken_back)


def message(session: Session, *, workspace_id: str, key: str) -> OutboxMessage | None:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.key == key)
    return session.scalar(chosen)


def change(
    session: Session,
    *,
    workspace_id: str,
    key: str,
    deed: Deed,
    text: str,
    blocks: list[dict[str, Any]],
    now: datetime,
) -> bool:
    """The message of this key gets other words, or goes. False when there is no such message any more.

    What nobody has tried to send yet is changed where it waits; the rest is changed in Slack. Of several changes only
    the newest counts, so that they can't overtake each other.
    """
    first = message(session, workspace_id=workspace_id, key=key)
    if first is None or first.state in {DeliveryState.GIVEN_UP, DeliveryState.CANCELLED, DeliveryState.PAST}:
        return False
    if first.state is DeliveryState.WAITING and first.attempts == 0:
        first.text, first.blocks = text, blocks
        first.state = DeliveryState.CANCELLED if deed is Deed.REMOVE else first.state
        return True
    earlier = changes_of(session, workspace_id=workspace_id, key=key)
    cancel(session, workspace_id=workspace_id, keys=[row.key for row in earlier])
    session.add(
        OutboxMessage(
            workspace_id=workspace_id,
            key=f"{key}:{deed.value}:{len(earlier) + 1}",
            recipient=first.recipient,
            text=text,
            blocks=blocks,
            due_at=now,
            importance=int(Importance.ANSWER),
            deed=deed,
            about_key=key,
        )
    )
    session.flush()
    return True


def changes_of(session: Session, *, workspace_id: str, key: str) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.about_key == key)
    return session.scalars(chosen.order_by(OutboxMessage.id)).all()


def cancel(session: Session, *, workspace_id: str, keys: Iterable[str]) -> None:
    """Take back what was not sent yet. What is being sent right now is left alone."""
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.key.in_(list(keys)),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    session.execute(chosen.values(state=DeliveryState.CANCELLED))


def cancel_for(session: Session, *, workspace_id: str, person_id: str) -> None:
    """Take back whatever waits for this person, alone or together with others."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.recipient.contains(person_id, autoescape=True),
    )
    for row in session.scalars(waiting):
        if person_id in row.people:
            row.state = DeliveryState.CANCELLED


def cancel_beginning(session: Session, *, workspace_id: str, beginning: str, recipient: str | None = None) -> None:
    chosen = update(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state == DeliveryState.WAITING,
        *([OutboxMessage.recipient == recipient] if recipient is not None else []),
    )
    session.execute(chosen.values(state=DeliveryState.CANCELLED))


def waits(session: Session, *, workspace_id: str, beginning: str) -> bool:
    """Whether the message of this key, or one whose key goes on from it, is still to be sent."""
    there = exists().where(
        OutboxMessage.workspace_id == workspace_id,
        or_(OutboxMessage.key == beginning, OutboxMessage.key.startswith(f"{beginning}:", autoescape=True)),
        OutboxMessage.state == DeliveryState.WAITING,
    )
    return session.scalar(select(there)) or False


def is_waiting(workspace_id: str, now: datetime) -> list[ColumnElement[bool]]:
    return [
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.WAITING,
        OutboxMessage.due_at <= now,
    ]


def needs_conversation() -> ColumnElement[bool]:
    """Slack opens the conversation with one person by itself when a message comes, but not for a file."""
    together = OutboxMessage.recipient.contains(BETWEEN_PEOPLE)
    alone = OutboxMessage.recipient.startswith("U") | OutboxMessage.recipient.startswith("W")
    posts = OutboxMessage.deed == Deed.POST
    return posts & OutboxMessage.conversation_id.is_(None) & (together | (OutboxMessage.has_file & alone))


def due_to_open(session: Session, *, workspace_id: str, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    """Messages whose conversation has to be opened before, the most important first."""
    chosen = select(OutboxMessage).where(*is_waiting(workspace_id, now), needs_conversation())
    return session.scalars(chosen.order_by(*in_turn()).limit(limit)).all()


def due_to_post(session: Session, *, workspace_id: str, now: datetime, limit: int) -> Sequence[OutboxMessage]:
    chosen = select(OutboxMessage).where(*is_waiting(workspace_id, now), ~needs_conversation())
    return session.scalars(chosen.order_by(*in_turn()).limit(limit)).all()


def cannot_wait(session: Session, row: OutboxMessage, *, now: datetime, until: datetime) -> bool:
    """Whether the same person is to get something of a program before then that will have lost its sense by then.

    What may be said together with this message is no reason to wait.
    """
    there = exists().where(
        *is_waiting(row.workspace_id, until),
        OutboxMessage.recipient == row.recipient,
        *([OutboxMessage.shares.is_(False)] if row.shares else []),
        OutboxMessage.attention == Attention.PROGRAM,
        OutboxMessage.expires_at > now,
        OutboxMessage.expires_at <= until,
    )
    return session.scalar(select(there)) or False


def in_turn() -> tuple[Any, ...]:
    return OutboxMessage.importance, OutboxMessage.due_at, OutboxMessage.id


def awaited(session: Session, *, workspace_id: str) -> set[str]:
    """Whoever alone will get something that waits."""
    waiting = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return set(session.scalars(select(OutboxMessage.recipient).where(*waiting)))


def next_due_at(session: Session, *, workspace_id: str) -> datetime | None:
    """When the next message is due, be it long ago."""
    return first_due_at(session, workspace_id=workspace_id)[0]


@asked_often
def first_due_at(*, workspace_id: str) -> Select[datetime | None]:
    waiting = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.WAITING)
    return select(func.min(OutboxMessage.due_at)).where(*waiting)


def counts(session: Session, *, workspace_id: str) -> dict[DeliveryState, int]:
    """How many messages stand where."""
    chosen = select(OutboxMessage.state, func.count()).where(OutboxMessage.workspace_id == workspace_id)
    known = {state: count for state, count in session.execute(chosen.group_by(OutboxMessage.state))}
    return {state: known.get(state, 0) for state in DeliveryState}


def oldest_unsent_at(session: Session, *, workspace_id: str, now: datetime) -> datetime | None:
    """Since when the longest waiting message should have been sent. A failure has put off when it is due."""
    unsent = OutboxMessage.state.in_([DeliveryState.WAITING, DeliveryState.SENDING])
    since = case(
        (OutboxMessage.error.is_not(None), func.coalesce(OutboxMessage.first_attempt_at, OutboxMessage.due_at)),
        else_=OutboxMessage.due_at,
    )
    oldest = session.scalar(select(func.min(since)).where(OutboxMessage.workspace_id == workspace_id, unsent))
    return oldest if oldest is not None and oldest <= now else None


def last_sent_at(session: Session, *, workspace_id: str) -> datetime | None:
    return session.scalar(select(func.max(OutboxMessage.sent_at)).where(OutboxMessage.workspace_id == workspace_id))


def claim(session: Session, message_id: int, *, now: datetime) -> OutboxMessage | None:
    """Take a message for sending. None when somebody else was first, or it was taken back."""
    row = session.get(OutboxMessage, message_id, with_for_update={"skip_locked": True}, populate_existing=True)
    if row is None or row.state != DeliveryState.WAITING:
        return None
    row.state = DeliveryState.SENDING
    row.attempts += 1
    row.first_attempt_at = row.first_attempt_at or now
    return row


def return_interrupted(session: Session, *, workspace_id: str) -> int:
    """Messages that a process was sending when it died wait again; Slack is asked before they are posted."""
    if not being_sent(session, workspace_id=workspace_id):
        return 0
    interrupted = update(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.SENDING
    )
    result = session.execute(interrupted.values(state=DeliveryState.WAITING, is_uncertain=True))
    return int(result.rowcount)  # type: ignore[attr-defined]


@asked_often
def being_sent(*, workspace_id: str) -> Select[int]:
    """One of those that somebody is sending, or was when they died."""
    sending = (OutboxMessage.workspace_id == workspace_id, OutboxMessage.state == DeliveryState.SENDING)
    return select(OutboxMessage.id).where(*sending).limit(1)


@asked_often
def sent_since(*, workspace_id: str, since: datetime) -> Select[OutboxMessage]:
    chosen = select(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, OutboxMessage.sent_at >= since)
    return chosen.order_by(OutboxMessage.sent_at)


def sent_to(session: Session, *, workspace_id: str, person_id: str) -> Sequence[OutboxMessage]:
    """What went, or will go, to this person alone or together with others."""
    chosen = select(OutboxMessage).where(
        OutboxMessage.workspace_id == workspace_id, OutboxMessage.recipient.contains(person_id, autoescape=True)
    )
    return [row for row in session.scalars(chosen.order_by(OutboxMessage.id)) if person_id in row.people]


def forget_person(session: Session, *, workspace_id: str, person_id: str) -> None:
    """Messages to this person and about them go, be they sent or not.

    Those that only exist because of them, such as the word to a partner that somebody can't come, lose the id.
    """
    about = or_(*(column.contains(person_id, autoescape=True) for column in SHOWS_PEOPLE))
    session.execute(delete(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, about))
    because = OutboxMessage.key.contains(person_id, autoescape=True)
    chosen = update(OutboxMessage).where(OutboxMessage.workspace_id == workspace_id, because)
    session.execute(chosen.values(key=func.replace(OutboxMessage.key, person_id, nameless(workspace_id, person_id))))


def nameless(workspace_id: str, person_id: str) -> str:
    """Two who are forgotten must not become one: keys stay different."""
    return hashlib.sha256(f"{workspace_id}:{person_id}".encode()).hexdigest()[:16]


def done_before(workspace_id: str, before: datetime) -> Select[int]:
    """Messages that have done their work, and are as old as that."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state.in_([DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.CANCELLED]),
        OutboxMessage.due_at < before,
    )


@asked_often
def an_old_one(*, workspace_id: str, words_before: datetime, keys_before: datetime) -> Select[int]:
    """One of the messages that are kept longer than needed, if there is any."""
    old = union_all(done_before(workspace_id, words_before), past_before(workspace_id, keys_before)).subquery()
    return select(old.c.id).limit(1)


def erase_words(session: Session, *, workspace_id: str, before: datetime) -> None:
    """Of messages that have done their work only the key is kept, so that none of them is ever put again."""
    ids = session.scalars(done_before(workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        old = update(OutboxMessage).where(OutboxMessage.id.in_(ids))
        session.execute(old.values(state=DeliveryState.PAST, text="", blocks=[]))


def past_before(workspace_id: str, before: datetime) -> Select[int]:
    """Messages of which only the key is left, and that are as old as that."""
    return select(OutboxMessage.id).where(
        OutboxMessage.workspace_id == workspace_id,
        OutboxMessage.state == DeliveryState.PAST,
        OutboxMessage.due_at < before,
    )


def delete_past(session: Session, *, workspace_id: str, before: datetime) -> None:
    ids = session.scalars(past_before(workspace_id, before).limit(AT_ONCE)).all()
    if ids:
        session.execute(delete(OutboxMessage).where(OutboxMessage.id.in_(ids)))
