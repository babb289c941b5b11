"""What a message is about stands in columns of its own, and is no longer read from its key.

Messages that wait, and those whose copies are still looked for, get theirs from their keys.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

REST = r"(?::(?:part|piece|alone|file|change|remove)\b.*)?"
KINDS = {
    "heads_up": r"program:(\d+):heads-up:.*",
    "stay_question": r"program:(\d+):stay:.*",
    "break": r"program:(\d+):break:.*",
    "welcome": r"program:(\d+):welcome:.*",
    "introduction": r"round:\d+:intro:(\d+)(?::.*)?",
    "new_times": r"round:\d+:times:(\d+):.*",
    "time_agreed": r"round:\d+:agreed:(\d+):.*",
    "time_canceled": r"round:\d+:canceled:(\d+):.*",
    "written": r"round:\d+:written:(\d+):.*",
    "partner_gone": r"round:(\d+):gone:.*",
    "coffee_now": rf"now:(\d+){REST}",
    "learned_line": rf"learned:(\d+){REST}",
    "celebration": rf"celebration:(\d+):post:\d+{REST}",
    "celebration_private": rf"celebration:(\d+):to:\w+?{REST}",
    "congratulation": rf"celebration:(\d+):from:\w+?{REST}",
    "days": r"days:(\d{8}).*",
    "digest": r"digest:.*()",
    "network": r"network:(?:request:(\d+))?.*",
    "counting_begins": r"counting:begins:.*()",
}
"""Each with the number of its subject, where it has one."""
LOST = re.compile(r".*:lost(:.*)?")
PART = re.compile(r".*:(?:part|piece):(\d+)")
MESSAGES = sa.table(
    "outbox_messages",
    *(sa.column(name) for name in ("id", "key", "kind", "subject_id", "part", "state", "looks")),
)


def upgrade() -> None:
    op.add_column("outbox_messages", sa.Column("kind", sa.String(32), nullable=False, server_default="other"))
    op.add_column("outbox_messages", sa.Column("subject_id", sa.Integer(), nullable=True))
    op.add_column("outbox_messages", sa.Column("part", sa.Integer(), nullable=False, server_default="1"))
    columns = ["workspace_id", "kind", "subject_id"]
    op.create_index(op.f("ix_outbox_messages_workspace_id_kind_subject_id"), "outbox_messages", columns)
    is_open = MESSAGES.c.state.in_(["waiting", "sending"]) | (MESSAGES.c.looks > 0)
    connection = op.get_bind()
    for message_id, key in connection.execute(sa.select(MESSAGES.c.id, MESSAGES.c.key).where(is_open)).all():
        part = PART.fullmatch(key)
        values = {**kind_of(key), "part": int(part[1]) if part else 1}
        connection.execute(MESSAGES.update().where(MESSAGES.c.id == message_id).values(values))


def kind_of(key: str) -> dict[str, str | int | None]:
    found = {} if LOST.fullmatch(key) else {kind: re.fullmatch(pattern, key) for kind, pattern in KINDS.items()}
    kinds = [
        {"kind": kind, "subject_id": int(match[1]) if match[1] else None} for kind, match in found.items() if match
    ]
    return kinds[0] if kinds else {"kind": "other", "subject_id": None}


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_messages_workspace_id_kind_subject_id"), "outbox_messages")
    for column in ("part", "subject_id", "kind"):
        op.drop_column("outbox_messages", column)
