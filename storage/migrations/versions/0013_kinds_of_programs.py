"""kinds of programs, their set-up and their admins"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"


def columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False, server_default="2"),
        sa.Column("minutes", sa.Integer(), nullable=False, server_default="15"),
        sa.Column("grouped_by", sa.String(length=32), nullable=True),
        sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("joining", sa.String(length=32), nullable=False, server_default="anyone"),
        sa.Column("lets_guests", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("exception_days", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("country", sa.String(length=10), nullable=True),
        sa.Column("templates", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("channel_trouble", sa.String(length=64), nullable=True),
    )


def upgrade() -> None:
    for column in columns():
        op.add_column("programs", column)
    op.add_column("memberships", sa.Column("chosen_group", sa.String(length=75), nullable=True))
    op.create_table(
        "program_admins",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_program_admins_program_id_programs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", name=op.f("pk_program_admins")),
    )
    op.create_table(
        "apart_once",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_apart_once_program_id_programs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("program_id", "person_id", "other_id", name=op.f("pk_apart_once")),
    )
    # Whoever made a program goes on as its admin.
    op.execute(
        "INSERT INTO program_admins (program_id, person_id, workspace_id) "
        "SELECT id, created_by, workspace_id FROM programs WHERE created_by <> 'somebody'"
    )


def downgrade() -> None:
    op.drop_table("apart_once")
    op.drop_table("program_admins")
    op.drop_column("memberships", "chosen_group")
    for column in reversed(columns()):
        op.drop_column("programs", column.name)
