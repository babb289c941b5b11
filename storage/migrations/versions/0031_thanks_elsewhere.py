"""Being told of thanks in a channel that one isn't in has a consent of its own.

Until now it went by the wish to hear of reactions: whoever switched those off goes on being left alone with both.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

CHOICES = sa.table(
    "celebration_choices", sa.column("hears_of_secondings"), sa.column("hears_of_thanks_elsewhere", sa.Boolean())
)


def upgrade() -> None:
    with op.batch_alter_table("celebration_choices") as choices:
        choices.add_column(
            sa.Column("hears_of_thanks_elsewhere", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    op.execute(CHOICES.update().values(hears_of_thanks_elsewhere=CHOICES.c.hears_of_secondings))
    with op.batch_alter_table("celebration_choices") as choices:
        choices.alter_column("hears_of_thanks_elsewhere", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("celebration_choices") as choices:
        choices.drop_column("hears_of_thanks_elsewhere")
