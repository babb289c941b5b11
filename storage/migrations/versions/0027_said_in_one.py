"""Several messages for one person can be said in one."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    shares = sa.Column("shares", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("outbox_messages", shares)
    op.add_column("outbox_messages", sa.Column("said_with", sa.String(length=255), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox_messages", "said_with")
    op.drop_column("outbox_messages", "shares")
