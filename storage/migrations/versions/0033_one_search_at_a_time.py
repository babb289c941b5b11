"""A person looks for one coffee now at a time, whatever two processes do at the same moment."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

INDEX = "uq_now_requests_looking"
LOOKING = sa.text("state = 'looking'")


def upgrade() -> None:
    requests = sa.table("now_requests", *(sa.column(name) for name in ("id", "workspace_id", "person_id", "state")))
    first = (
        sa.select(sa.func.min(requests.c.id))
        .where(requests.c.state == "looking")
        .group_by(requests.c.workspace_id, requests.c.person_id)
    )
    doubled = sa.update(requests).where(requests.c.state == "looking", requests.c.id.not_in(first))
    op.execute(doubled.values(state="cancelled"))
    op.create_index(
        INDEX,
        "now_requests",
        ["workspace_id", "person_id"],
        unique=True,
        sqlite_where=LOOKING,
        postgresql_where=LOOKING,
    )


def downgrade() -> None:
    op.drop_index(INDEX, table_name="now_requests")
