"""A file is shared in a step of its own, after the words that it belongs to.

Messages that wait with a file are split: the words keep their key, and the file gets a row of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

COPIED = "workspace_id, recipient, thread_ts, conversation_id, blocks, due_at, shares, epoch, looks"
SPLIT = f"""
INSERT INTO outbox_messages
    ({COPIED}, key, deed, about_key, text, importance, attention, has_file, state, attempts, is_uncertain)
SELECT {COPIED}, key || '\\:file', 'share', key, '', 0, 'asked_for', has_file, 'waiting', 0, is_uncertain
FROM outbox_messages WHERE has_file AND deed = 'post' AND state IN ('waiting', 'sending')
"""  # noqa: S608 - constants
MOVE = """
UPDATE outbox_files SET message_id = (
    SELECT share.id FROM outbox_messages AS share
    JOIN outbox_messages AS words ON words.workspace_id = share.workspace_id AND words.key = share.about_key
    WHERE share.deed = 'share' AND words.id = outbox_files.message_id
)
WHERE message_id IN (SELECT id FROM outbox_messages WHERE has_file AND deed = 'post')
"""


def upgrade() -> None:
    op.execute(SPLIT)
    op.execute(MOVE)
    # The others are done with, and the trigger of 0028 has dropped their files.
    op.execute(sa.text("UPDATE outbox_messages SET has_file = :no WHERE deed = 'post'").bindparams(no=False))
    op.execute("UPDATE outbox_messages SET blocks = '[]' WHERE deed = 'share'")


def downgrade() -> None:
    """Files that wait to be shared are lost: the older code has no step for them."""
    op.execute("DELETE FROM outbox_messages WHERE deed = 'share'")
