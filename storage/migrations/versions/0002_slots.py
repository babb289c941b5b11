"""slots"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_slots_match_id_matches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
    )
    op.create_index(op.f("ix_slots_match_id"), "slots", ["match_id"], unique=False)
    op.create_table(
        "slot_choices",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slots.id"], name=op.f("fk_slot_choices_slot_id_slots"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("slot_id", "person_id", name=op.f("pk_slot_choices")),
    )
    op.create_index(
        op.f("ix_slot_choices_workspace_id_person_id"), "slot_choices", ["workspace_id", "person_id"], unique=False
    )
    op.add_column("matches", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Not in batch mode: that would drop the table of matches and make it anew, and their seats would go with it.
    op.drop_column("matches", "agreed_at")
    op.drop_index(op.f("ix_slot_choices_workspace_id_person_id"), table_name="slot_choices")
    op.drop_table("slot_choices")
    op.drop_index(op.f("ix_slots_match_id"), table_name="slots")
    op.drop_table("slots")
