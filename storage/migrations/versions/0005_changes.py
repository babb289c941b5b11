"""messages that change, remove or answer another one"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("outbox_messages", sa.Column("deed", sa.String(length=32), nullable=False, server_default="post"))
    op.add_column("outbox_messages", sa.Column("about_key", sa.String(length=255), nullable=True))
    op.add_column("outbox_messages", sa.Column("thread_ts", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_outbox_messages_workspace_id_about_key"), "outbox_messages", ["workspace_id", "about_key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_messages_workspace_id_about_key"), table_name="outbox_messages")
    op.drop_column("outbox_messages", "thread_ts")
    op.drop_column("outbox_messages", "about_key")
    op.drop_column("outbox_messages", "deed")
