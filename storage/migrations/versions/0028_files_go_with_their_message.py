"""A file leaves the database with the change of state after which nobody will send it.

The database does it, so that no statement that ends a message can forget to: a file may be all that is kept of a
person. A migration that rebuilds `outbox_messages` on SQLite (`batch_alter_table`) drops the trigger and has to create
it again; a test notices.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

UNSENT = "('waiting', 'sending')"
ON_SQLITE = f"""
CREATE TRIGGER drop_unneeded_file AFTER UPDATE OF state ON outbox_messages
WHEN NEW.has_file AND NEW.state NOT IN {UNSENT}
BEGIN
    DELETE FROM outbox_files WHERE message_id = NEW.id;
END
"""  # noqa: S608 - a constant
FUNCTION = """
CREATE FUNCTION drop_unneeded_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM outbox_files WHERE message_id = NEW.id;
    RETURN NULL;
END $$
"""
ON_POSTGRES = f"""
CREATE TRIGGER drop_unneeded_file AFTER UPDATE OF state ON outbox_messages
FOR EACH ROW WHEN (NEW.has_file AND NEW.state NOT IN {UNSENT})
EXECUTE FUNCTION drop_unneeded_file()
"""


def upgrade() -> None:
    messages = sa.table("outbox_messages", sa.column("id"), sa.column("state"))
    files = sa.table("outbox_files", sa.column("message_id"))
    unsent = sa.select(messages.c.id).where(messages.c.state.in_(["waiting", "sending"]))
    op.execute(sa.delete(files).where(files.c.message_id.not_in(unsent)))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(ON_SQLITE)
    else:
        op.execute(FUNCTION)
        op.execute(ON_POSTGRES)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER drop_unneeded_file")
    else:
        op.execute("DROP TRIGGER drop_unneeded_file ON outbox_messages")
        op.execute("DROP FUNCTION drop_unneeded_file()")
