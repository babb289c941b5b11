"""A program of a private channel is known to those who are in the channel, and to no one else."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    is_private = sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("programs", is_private)
    op.execute("UPDATE programs SET members_read_at = NULL")  # So that Slack is asked which of them are.


def downgrade() -> None:
    op.drop_column("programs", "is_private")
