"""Reasons for having no match are codes instead of the sentences that people read."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

SENTENCES = {
    "paused": "you are taking a break",
    "skipped": "you chose to skip it",
    "gone": "you are not in this workspace any more",
    "unreachable": "Slack could not bring you messages",
    "away": "your status said that you were away",
    "on_holiday": "you have holidays for some days",
    "no_choice": "you have not chosen your group yet",
    "no_user_group": "people of different user groups meet here, and you are in none of them",
    "no_team": "people of different teams meet here, and I don't know yours yet",
    "no_department": "people of different departments meet here, and I don't know yours yet",
    "no_office": "people of different offices meet here, and I don't know yours yet",
}
NO_ONE_FREE = (
    "no one was free for you",
    "nobody else takes part this time",
    "the rules of this program leave nobody you could meet this time",
    "everybody you could meet has a match already",
    "all seats are taken this time; you come first next time",
    "nobody is left who needs a seat with you this time",
)
"""One reason for all of these: which it was would tell who is on someone's private list. The first stands for them."""
UNKNOWN = "unknown"
ABSENCES = sa.table("absences", sa.column("reason", sa.String()))


def upgrade() -> None:
    known = {sentence: code for code, sentence in SENTENCES.items()} | dict.fromkeys(NO_ONE_FREE, "no_one_free")
    codes = sa.case(known, value=ABSENCES.c.reason, else_=UNKNOWN)
    op.execute(ABSENCES.update().values(reason=codes))
    with op.batch_alter_table("absences") as absences:
        absences.alter_column("reason", type_=sa.String(32), existing_type=sa.String(255), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("absences") as absences:
        absences.alter_column("reason", type_=sa.String(255), existing_type=sa.String(32), existing_nullable=False)
    sentences = sa.case({**SENTENCES, "no_one_free": NO_ONE_FREE[0]}, value=ABSENCES.c.reason, else_=ABSENCES.c.reason)
    op.execute(ABSENCES.update().values(reason=sentences))
