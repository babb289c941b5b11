"""Several sentences told why no one was free for someone, and by that who is on a private list: one is left."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

BEFORE = (
    "nobody else takes part this time",
    "the rules of this program leave nobody you could meet this time",
    "everybody you could meet has a match already",
    "everybody you could meet has a match already this time",
    "all seats are taken this time; you come first next time",
    "nobody is left who needs a seat with you this time",
)


def upgrade() -> None:
    absences = sa.table("absences", sa.column("reason"))
    told = sa.update(absences).where(absences.c.reason.in_(BEFORE))
    op.execute(told.values(reason="no one was free for you"))


def downgrade() -> None:
    """Which reason it was is not kept."""
