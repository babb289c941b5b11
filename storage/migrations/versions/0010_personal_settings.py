"""what people set for themselves: working hours, topics, meeting link"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"

OPTIONAL = (("working_days", 7), ("day_starts", 5), ("day_ends", 5), ("meeting_link", 500))
LISTS = ("topics", "ask_me_about")


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        for name, longest in OPTIONAL:
            people.add_column(sa.Column(name, sa.String(length=longest), nullable=True))
        for name in LISTS:
            people.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'[]'")))


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        for name in (*LISTS, *(name for name, _ in OPTIONAL)):
            people.drop_column(name)
