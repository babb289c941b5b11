"""what a message takes of a person's peace"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "outbox_messages", sa.Column("attention", sa.String(length=32), nullable=False, server_default="asked_for")
    )


def downgrade() -> None:
    op.drop_column("outbox_messages", "attention")
