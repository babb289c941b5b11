"""An index to see whether something else waits for the same person."""

from alembic import op

revision = "0026"
down_revision = "0025"

INDEX = "ix_outbox_messages_workspace_id_recipient_state"


def upgrade() -> None:
    op.create_index(op.f(INDEX), "outbox_messages", ["workspace_id", "recipient", "state"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), table_name="outbox_messages")
