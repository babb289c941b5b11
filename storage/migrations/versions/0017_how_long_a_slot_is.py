"""how long a slot is: what was offered so far lasts as long as its program's meetings"""

import sqlalchemy as sa
from alembic import op


revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("slots", sa.Column("minutes", sa.Integer(), nullable=False, server_default="15"))
    op.execute(
        "UPDATE slots SET minutes = (SELECT programs.minutes FROM programs"
        " JOIN rounds ON rounds.program_id = programs.id JOIN matches ON matches.round_id = rounds.id"
        " WHERE matches.id = slots.match_id)"
    )


def downgrade() -> None:
    op.drop_column("slots", "minutes")
