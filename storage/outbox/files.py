"""Files of outbox messages, until they are uploaded."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema import SlackId, Table
from storage.scope import Scope


class OutboxFile(Table):
    """The file of a message. A trigger deletes it once the message is neither waiting nor being sent."""

    __tablename__ = "outbox_files"

    message_id: Mapped[int] = mapped_column(ForeignKey("outbox_messages.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[SlackId]
    name: Mapped[str] = mapped_column(String(255))
    title: Mapped[str] = mapped_column(String(255))
    alt: Mapped[str] = mapped_column(String(1000))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_id: Mapped[SlackId | None]
    """Slack's id of the uploaded file, which is invisible until shared."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    message_id: int
    name: str
    title: str
    alt: str
    content: bytes
    uploaded_id: str | None


def file_of(scope: Scope, *, message_id: int) -> OutgoingFile | None:
    table = OutboxFile
    chosen = select(table.message_id, table.name, table.title, table.alt, table.content, table.uploaded_id)
    found = scope.session.execute(chosen.where(table.message_id == message_id)).one_or_none()
    return OutgoingFile(*found) if found is not None else None


def note_uploaded(scope: Scope, *, message_id: int, uploaded_id: str) -> None:
    scope.session.get_one(OutboxFile, message_id).uploaded_id = uploaded_id


def drop(scope: Scope, *, message_id: int) -> None:
    scope.session.execute(delete(OutboxFile).where(OutboxFile.message_id == message_id))
