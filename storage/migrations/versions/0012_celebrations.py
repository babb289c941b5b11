"""celebrations"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "celebration_choices",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("shows_anniversary", sa.Boolean(), nullable=False),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("hears_of_secondings", sa.Boolean(), nullable=False),
        sa.Column("is_offered_shoutouts", sa.Boolean(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_celebration_choices")),
    )
    op.create_table(
        "celebration_settings",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("seconding_emoji", sa.String(length=100), nullable=False),
        sa.Column("celebrate_emoji", sa.String(length=100), nullable=False),
        sa.Column("has_digest", sa.Boolean(), nullable=False),
        sa.Column("has_days", sa.Boolean(), nullable=False),
        sa.Column("digest_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("days_done_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_celebration_settings")),
    )
    op.create_table(
        "celebrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("reach", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("seconding_emoji", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel_id", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reactions_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("people_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_celebrations")),
        sa.UniqueConstraint("workspace_id", "origin", name=op.f("uq_celebrations_workspace_id_origin")),
    )
    op.create_index(
        op.f("ix_celebrations_workspace_id_channel_id_ts"),
        "celebrations",
        ["workspace_id", "channel_id", "ts"],
        unique=False,
    )
    op.create_index(
        op.f("ix_celebrations_workspace_id_made_at"), "celebrations", ["workspace_id", "made_at"], unique=False
    )
    op.create_index(
        op.f("ix_celebrations_workspace_id_person_id_made_at"),
        "celebrations",
        ["workspace_id", "person_id", "made_at"],
        unique=False,
    )

    op.create_table(
        "celebration_people",
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebrations.id"],
            name=op.f("fk_celebration_people_celebration_id_celebrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_celebration_people")),
    )
    op.create_index(
        op.f("ix_celebration_people_workspace_id_person_id"),
        "celebration_people",
        ["workspace_id", "person_id"],
        unique=False,
    )

    op.create_table(
        "congratulators",
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("wrote_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebrations.id"],
            name=op.f("fk_congratulators_celebration_id_celebrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_congratulators")),
    )
    op.create_index(
        op.f("ix_congratulators_workspace_id_person_id"), "congratulators", ["workspace_id", "person_id"], unique=False
    )

    op.create_table(
        "secondings",
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("moved_at", sa.BigInteger(), nullable=False),
        sa.Column("first_on_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebrations.id"],
            name=op.f("fk_secondings_celebration_id_celebrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_secondings")),
    )
    op.create_index(
        op.f("ix_secondings_workspace_id_person_id"), "secondings", ["workspace_id", "person_id"], unique=False
    )

    op.create_table(
        "secondings_told",
        sa.Column("celebration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["celebration_id"],
            ["celebrations.id"],
            name=op.f("fk_secondings_told_celebration_id_celebrations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("celebration_id", "person_id", name=op.f("pk_secondings_told")),
    )
    op.create_index(
        op.f("ix_secondings_told_workspace_id_person_id"),
        "secondings_told",
        ["workspace_id", "person_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_secondings_told_workspace_id_person_id"), table_name="secondings_told")

    op.drop_table("secondings_told")
    op.drop_index(op.f("ix_secondings_workspace_id_person_id"), table_name="secondings")

    op.drop_table("secondings")
    op.drop_index(op.f("ix_congratulators_workspace_id_person_id"), table_name="congratulators")

    op.drop_table("congratulators")
    op.drop_index(op.f("ix_celebration_people_workspace_id_person_id"), table_name="celebration_people")

    op.drop_table("celebration_people")
    op.drop_index(op.f("ix_celebrations_workspace_id_person_id_made_at"), table_name="celebrations")
    op.drop_index(op.f("ix_celebrations_workspace_id_made_at"), table_name="celebrations")
    op.drop_index(op.f("ix_celebrations_workspace_id_channel_id_ts"), table_name="celebrations")

    op.drop_table("celebrations")
    op.drop_table("celebration_settings")
    op.drop_table("celebration_choices")
