"""where attributes come from: profile fields and user groups"""

import sqlalchemy as sa
from alembic import op


revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("people", sa.Column("slack_title", sa.String(length=255), nullable=False, server_default=""))
    op.execute("UPDATE people SET slack_title = title")
    op.add_column("people", sa.Column("fields_due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("person_attributes", sa.Column("origin", sa.String(length=32), nullable=True))
    op.create_table(
        "directories",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fields_trouble", sa.String(length=64), nullable=True),
        sa.Column("groups_listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("groups_trouble", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_directories")),
    )
    op.create_table(
        "field_sources",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("attribute", sa.String(length=32), nullable=False),
        sa.Column("field_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "attribute", name=op.f("pk_field_sources")),
    )
    op.create_table(
        "group_sources",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("attribute", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "attribute", "group_id", name=op.f("pk_group_sources")),
    )
    op.create_table(
        "user_groups",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace_id", "group_id", name=op.f("pk_user_groups")),
    )
    op.create_table(
        "user_group_members",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "group_id", "person_id", name=op.f("pk_user_group_members")),
    )
    op.create_index(
        op.f("ix_user_group_members_workspace_id_person_id"), "user_group_members", ["workspace_id", "person_id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_user_group_members_workspace_id_person_id"), table_name="user_group_members")
    for table in ("user_group_members", "user_groups", "group_sources", "field_sources", "directories"):
        op.drop_table(table)
    op.drop_column("person_attributes", "origin")
    op.drop_column("people", "fields_due_at")
    op.drop_column("people", "slack_title")
