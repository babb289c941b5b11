"""The lease of who sends counts beats instead of keeping a moment; messages know their epoch, and who is looked for.

A moment written by a machine with a wrong clock kept everyone from sending for as long as the clock was wrong.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

WATCHED = sa.text("looks > 0")


def upgrade() -> None:
    op.execute("DELETE FROM carrier_leases")
    op.drop_column("carrier_leases", "until")
    for name in ("epoch", "beat"):
        op.add_column("carrier_leases", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    for name in ("epoch", "looks"):
        op.add_column("outbox_messages", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        op.f("ix_outbox_messages_workspace_id_looks"),
        "outbox_messages",
        ["workspace_id", "looks"],
        sqlite_where=WATCHED,
        postgresql_where=WATCHED,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_outbox_messages_workspace_id_looks"), "outbox_messages")
    for name in ("epoch", "looks"):
        op.drop_column("outbox_messages", name)
    op.execute("DELETE FROM carrier_leases")
    for name in ("epoch", "beat"):
        op.drop_column("carrier_leases", name)
    op.add_column(
        "carrier_leases",
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("CURRENT_TIMESTAMP")),
    )
