"""my network"""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "introduction_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("connector_person_id", sa.String(length=32), nullable=False),
        sa.Column("target_person_id", sa.String(length=32), nullable=True),
        sa.Column("team", sa.String(length=100), nullable=True),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "connector_asked",
                "target_asked",
                "introduced",
                "declined",
                "ended",
                name="requeststate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_requests")),
    )
    with op.batch_alter_table("introduction_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_introduction_requests_workspace_id_person_id"), ["workspace_id", "person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_introduction_requests_workspace_id_state_ends_at"),
            ["workspace_id", "state", "ends_at"],
            unique=False,
        )

    op.create_table(
        "not_connectors",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f("pk_not_connectors")),
    )
    op.create_table(
        "pins",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("pinned_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "other_id", name=op.f("pk_pins")),
    )
    op.create_table(
        "team_wishes",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "team", name=op.f("pk_team_wishes")),
    )


def downgrade() -> None:
    op.drop_table("team_wishes")
    op.drop_table("pins")
    op.drop_table("not_connectors")
    with op.batch_alter_table("introduction_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_requests_workspace_id_state_ends_at"))
        batch_op.drop_index(batch_op.f("ix_introduction_requests_workspace_id_person_id"))

    op.drop_table("introduction_requests")
