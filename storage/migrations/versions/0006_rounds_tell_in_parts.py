"""a round tells its people some at a time"""

import sqlalchemy as sa
from alembic import op


revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("rounds", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("matches", sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("absences", sa.Column("is_to_tell", sa.Boolean(), nullable=False, server_default=sa.false()))
    # Rounds of before were told of in one go.
    op.execute("UPDATE rounds SET told_at = starts_at")
    op.execute("UPDATE matches SET introduced_at = (SELECT starts_at FROM rounds WHERE rounds.id = matches.round_id)")


def downgrade() -> None:
    op.drop_column("absences", "is_to_tell")
    op.drop_column("matches", "introduced_at")
    op.drop_column("rounds", "told_at")
