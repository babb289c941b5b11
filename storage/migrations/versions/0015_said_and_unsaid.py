"""starters, written coffees, a bump, and rounds without a word"""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("matches", sa.Column("starter", sa.String(length=40), nullable=True))
    op.add_column("matches", sa.Column("questions", sa.JSON(), nullable=True))
    op.add_column("matches", sa.Column("bump_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_matches_bump_at"), "matches", ["bump_at"], unique=False)
    op.add_column("memberships", sa.Column("silent_rounds", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("memberships", sa.Column("asked_to_stay_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "written_answers",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["match_id"], ["matches.id"], name=op.f("fk_written_answers_match_id_matches"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("match_id", "person_id", name=op.f("pk_written_answers")),
    )
    op.create_index(op.f("ix_written_answers_workspace_id_person_id"), "written_answers", ["workspace_id", "person_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_written_answers_workspace_id_person_id"), table_name="written_answers")
    op.drop_table("written_answers")
    op.drop_column("memberships", "asked_to_stay_at")
    op.drop_column("memberships", "silent_rounds")
    op.drop_index(op.f("ix_matches_bump_at"), table_name="matches")
    op.drop_column("matches", "bump_at")
    op.drop_column("matches", "questions")
    op.drop_column("matches", "starter")
