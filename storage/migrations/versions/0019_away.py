"""which emoji mean out of office is the admins' choice"""

import sqlalchemy as sa
from alembic import op


revision = "0019"
down_revision = "0018"

USUAL = ("palm_tree", "desert_island", "airplane", "face_with_thermometer", "hospital", "baby", "beach_with_umbrella")


def upgrade() -> None:
    op.add_column("directories", sa.Column("away_emoji", sa.JSON(), nullable=True))
    away = sa.Column("has_away_status", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("people", away)
    people = sa.table("people", sa.column("has_away_status", sa.Boolean()), sa.column("status_emoji", sa.String()))
    op.execute(people.update().where(people.c.status_emoji.in_(USUAL)).values(has_away_status=True))


def downgrade() -> None:
    op.drop_column("people", "has_away_status")
    op.drop_column("directories", "away_emoji")
