"""A hello is contact, too."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("contact_days", sa.Column("hello", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("contact_days", "hello")
