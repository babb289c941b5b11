"""what was spent of people's attention"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "spent_attention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("attention", sa.String(length=32), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spent_attention")),
    )
    op.create_index(
        op.f("ix_spent_attention_workspace_id_person_id_spent_at"),
        "spent_attention",
        ["workspace_id", "person_id", "spent_at"],
    )


def downgrade() -> None:
    op.drop_table("spent_attention")
