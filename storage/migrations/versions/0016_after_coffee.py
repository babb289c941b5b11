"""notes, lines to share, and coffee now"""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint(
            "workspace_id",
            "person_id",
            "other_id",
            "origin",
            name=op.f("uq_notes_workspace_id_person_id_other_id_origin"),
        ),
    )
    op.create_index(op.f("ix_notes_workspace_id_other_id"), "notes", ["workspace_id", "other_id"])
    op.create_table(
        "learned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_learned_match_id_matches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned")),
        sa.UniqueConstraint("match_id", "person_id", name=op.f("uq_learned_match_id_person_id")),
    )
    op.create_index(op.f("ix_learned_workspace_id_person_id"), "learned", ["workspace_id", "person_id"])
    op.create_table(
        "learned_consents",
        sa.Column("learned_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["learned_id"], ["learned.id"], name=op.f("fk_learned_consents_learned_id_learned"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("learned_id", "person_id", name=op.f("pk_learned_consents")),
    )
    op.create_index(
        op.f("ix_learned_consents_workspace_id_person_id"), "learned_consents", ["workspace_id", "person_id"]
    )
    op.create_table(
        "now_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["program_id"], ["programs.id"], name=op.f("fk_now_requests_program_id_programs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_now_requests")),
    )
    op.create_index(op.f("ix_now_requests_workspace_id_state"), "now_requests", ["workspace_id", "state"])
    op.create_index(op.f("ix_now_requests_workspace_id_person_id"), "now_requests", ["workspace_id", "person_id"])
    op.create_table(
        "now_asks",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["request_id"], ["now_requests.id"], name=op.f("fk_now_asks_request_id_now_requests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_now_asks")),
    )
    op.create_index(op.f("ix_now_asks_workspace_id_person_id"), "now_asks", ["workspace_id", "person_id"])
    op.add_column("memberships", sa.Column("is_open_to_now", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    op.drop_column("memberships", "is_open_to_now")
    for table in ("now_asks", "now_requests", "learned_consents", "learned", "notes"):
        op.drop_table(table)
