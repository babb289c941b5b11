"""days of contact, and where it is counted"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "contact_days",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("introduction", sa.Integer(), nullable=False),
        sa.Column("shoutout", sa.Integer(), nullable=False),
        sa.Column("congratulation", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Integer(), nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.Column("reaction", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "one", "other", "day", name=op.f("pk_contact_days")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_days_workspace_id_other"), "contact_days", ["workspace_id", "other"])

    op.create_table(
        "contact_foldings",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_contact_foldings")),
    )
    op.create_table(
        "counted_channels",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name=op.f("pk_counted_channels")),
    )
    op.create_table(
        "counted_events",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "digest", name=op.f("pk_counted_events")),
    )
    op.create_index(op.f("ix_counted_events_workspace_id_counted_at"), "counted_events", ["workspace_id", "counted_at"])

    op.create_table(
        "counting",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("is_everywhere", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_counting")),
    )
    op.create_table(
        "not_counted",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_not_counted")),
    )
    op.create_table(
        "person_numbers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_person_numbers")),
        sa.UniqueConstraint("workspace_id", "person_id", name=op.f("uq_person_numbers_workspace_id_person_id")),
    )


def downgrade() -> None:
    op.drop_table("person_numbers")
    op.drop_table("not_counted")
    op.drop_table("counting")
    op.drop_index(op.f("ix_counted_events_workspace_id_counted_at"), table_name="counted_events")

    op.drop_table("counted_events")
    op.drop_table("counted_channels")
    op.drop_table("contact_foldings")
    op.drop_index(op.f("ix_contact_days_workspace_id_other"), table_name="contact_days")

    op.drop_table("contact_days")
