"""Heads-ups of several programs are one message from the start, and no longer put together when they are sent."""

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

UTC = sa.DateTime(timezone=True)
OUTBOX = sa.table(
    "outbox_messages",
    *(sa.column(name, sa.String()) for name in ("workspace_id", "key", "recipient", "text", "state", "attention")),
    *(sa.column(name, sa.Integer()) for name in ("id", "looks")),
    *(sa.column(name, sa.Boolean()) for name in ("shares", "is_uncertain")),
    sa.column("said_with", sa.String()),
    sa.column("blocks", sa.JSON()),
)
MEMBERS = sa.table(
    "memberships",
    *(sa.column(name, sa.String()) for name in ("workspace_id", "person_id")),
    sa.column("program_id", sa.Integer()),
    sa.column("heads_up_for", UTC),
)
PROGRAMS = sa.table("programs", sa.column("id", sa.Integer()), sa.column("next_round_at", UTC))


def upgrade() -> None:
    for name in ("heads_up_for", "tell_at", "told_at"):
        op.add_column("memberships", sa.Column(name, UTC, nullable=True))
    op.create_index("ix_memberships_workspace_id_tell_at", "memberships", ["workspace_id", "tell_at"])
    note_what_was_told()
    keep_posts_together()
    let_all_go_today()
    op.drop_column("outbox_messages", "said_with")  # Not in a batch: that would lose the table's trigger on SQLite.
    op.drop_column("outbox_messages", "shares")


def downgrade() -> None:
    shares = sa.Column("shares", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("outbox_messages", shares)
    op.add_column("outbox_messages", sa.Column("said_with", sa.String(length=255), nullable=True))
    op.execute(OUTBOX.update().where(OUTBOX.c.attention == "ahead").values(attention="program"))
    spent = sa.table("spent_attention", sa.column("attention", sa.String()))
    op.execute(spent.update().where(spent.c.attention == "ahead").values(attention="program"))
    op.drop_index("ix_memberships_workspace_id_tell_at", "memberships")
    for name in ("told_at", "tell_at", "heads_up_for"):
        op.drop_column("memberships", name)


def note_what_was_told() -> None:
    """Of rounds that are ahead, as the keys of the heads-ups say."""
    connection = op.get_bind()
    for program_id, starts_at in connection.execute(sa.select(PROGRAMS.c.id, PROGRAMS.c.next_round_at)).all():
        beginning = f"program:{program_id}:heads-up:{starts_at:%Y%m%d%H%M}:"
        told = sa.select(OUTBOX.c.recipient).where(
            OUTBOX.c.key.startswith(beginning, autoescape=True), OUTBOX.c.state != "cancelled"
        )
        theirs = (MEMBERS.c.program_id == program_id, MEMBERS.c.person_id.in_(told))
        connection.execute(MEMBERS.update().where(*theirs).values(heads_up_for=starts_at))


def keep_posts_together() -> None:
    """What may be in Slack already, as one post: it is looked for once, under the key of the post."""
    connection = op.get_bind()
    there = sa.or_(OUTBOX.c.state == "sending", sa.and_(OUTBOX.c.state == "waiting", OUTBOX.c.is_uncertain))
    chosen = sa.select(OUTBOX).where(OUTBOX.c.said_with.is_not(None), there).order_by(OUTBOX.c.said_with, OUTBOX.c.id)
    for (workspace_id, key), group in groupby(
        connection.execute(chosen).all(), lambda row: (row.workspace_id, row.said_with)
    ):
        others = list(group)
        is_first = (OUTBOX.c.workspace_id == workspace_id, OUTBOX.c.key == key)
        first = connection.execute(sa.select(OUTBOX).where(*is_first)).one()
        said = others if first.state == "cancelled" else [first, *others]
        blocks = said[0].blocks + [block for one in said[1:] for block in ({"type": "divider"}, *one.blocks)]
        values = {"text": "\n".join(one.text for one in said), "blocks": blocks}
        values |= {"state": others[0].state, "is_uncertain": others[0].is_uncertain, "looks": 1}
        connection.execute(OUTBOX.update().where(*is_first).values(**values))
        ids = [one.id for one in others]
        connection.execute(
            OUTBOX.update().where(OUTBOX.c.id.in_(ids)).values(state="past", text="", blocks=[], looks=0)
        )


def let_all_go_today() -> None:
    """Together they were to take one place of the person's day, and they still do."""
    connection = op.get_bind()
    waiting = (OUTBOX.c.shares, OUTBOX.c.state == "waiting", OUTBOX.c.attention == "program")
    first = sa.select(sa.func.min(OUTBOX.c.id)).where(*waiting).group_by(OUTBOX.c.workspace_id, OUTBOX.c.recipient)
    ids = list(connection.scalars(first))
    connection.execute(OUTBOX.update().where(*waiting, OUTBOX.c.id.not_in(ids)).values(attention="asked_for"))
    connection.execute(OUTBOX.update().where(OUTBOX.c.id.in_(ids)).values(attention="ahead"))
