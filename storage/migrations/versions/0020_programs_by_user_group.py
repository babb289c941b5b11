"""user groups say who may join a program, and who meets whom"""

import sqlalchemy as sa
from alembic import op


revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    for name in ("user_groups", "audience", "groups_missed"):
        op.add_column("programs", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    for name in ("groups_missed", "audience", "user_groups"):
        op.drop_column("programs", name)
