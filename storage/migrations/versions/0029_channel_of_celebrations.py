"""The channel of celebrations is looked at, and a digest is done with when it has arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    with op.batch_alter_table("celebration_settings") as table:
        table.add_column(sa.Column("channel_trouble", sa.String(64), nullable=True))
        table.add_column(sa.Column("channel_checked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("digest_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("celebration_settings") as table:
        for column in ("digest_until", "channel_checked_at", "channel_trouble"):
            table.drop_column(column)
