"""lines of coffees found at once, coffees that were called off, and fields that nobody can read"""

import sqlalchemy as sa
from alembic import op


revision = "0025"
down_revision = "0024"

LEARNED = sa.table(
    "learned",
    sa.column("match_id", sa.Integer()),
    sa.column("program_id", sa.Integer()),
    sa.column("origin", sa.String()),
)
CONSENTS = sa.table(
    "learned_consents",
    sa.column("learned_id", sa.Integer()),
    sa.column("person_id", sa.String()),
    sa.column("workspace_id", sa.String()),
    sa.column("agrees", sa.Boolean()),
    sa.column("answered_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("matches", sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "unclear_fields",
        sa.Column("workspace_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("attribute", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", "attribute", name=op.f("pk_unclear_fields")),
    )
    op.add_column("learned", sa.Column("program_id", sa.Integer(), nullable=True))
    op.add_column("learned", sa.Column("origin", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE learned SET origin = 'match:' || match_id, program_id = (SELECT rounds.program_id FROM matches"
        " JOIN rounds ON rounds.id = matches.round_id WHERE matches.id = learned.match_id)"
    )
    consents = taken_aside()
    with op.batch_alter_table("learned") as learned:
        learned.drop_constraint(op.f("uq_learned_match_id_person_id"), type_="unique")
        learned.drop_constraint(op.f("fk_learned_match_id_matches"), type_="foreignkey")
        learned.drop_column("match_id")
        learned.alter_column("program_id", existing_type=sa.Integer(), nullable=False)
        learned.alter_column("origin", existing_type=sa.String(length=64), nullable=False)
        learned.create_foreign_key(
            op.f("fk_learned_program_id_programs"), "programs", ["program_id"], ["id"], ondelete="CASCADE"
        )
        learned.create_unique_constraint(
            op.f("uq_learned_workspace_id_origin_person_id"), ["workspace_id", "origin", "person_id"]
        )
    op.bulk_insert(CONSENTS, consents)


def downgrade() -> None:
    op.execute("DELETE FROM learned WHERE origin NOT LIKE 'match:%'")
    op.add_column("learned", sa.Column("match_id", sa.Integer(), nullable=True))
    op.execute(LEARNED.update().values(match_id=sa.cast(sa.func.substr(LEARNED.c.origin, 7), sa.Integer())))
    consents = taken_aside()
    with op.batch_alter_table("learned") as learned:
        learned.drop_constraint(op.f("uq_learned_workspace_id_origin_person_id"), type_="unique")
        learned.drop_constraint(op.f("fk_learned_program_id_programs"), type_="foreignkey")
        learned.drop_column("origin")
        learned.drop_column("program_id")
        learned.alter_column("match_id", existing_type=sa.Integer(), nullable=False)
        learned.create_foreign_key(
            op.f("fk_learned_match_id_matches"), "matches", ["match_id"], ["id"], ondelete="CASCADE"
        )
        learned.create_unique_constraint(op.f("uq_learned_match_id_person_id"), ["match_id", "person_id"])
    op.bulk_insert(CONSENTS, consents)
    op.drop_table("unclear_fields")
    op.drop_column("matches", "called_off_at")


def taken_aside() -> list[dict[str, object]]:
    """SQLite makes the table anew, and what depends on the old one would go with it."""
    connection = op.get_bind()
    consents = [dict(row) for row in connection.execute(sa.select(CONSENTS)).mappings()]
    connection.execute(sa.delete(CONSENTS))
    return consents
