"""A pair is found by the second of them as fast as by the first."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.drop_index(op.f("ix_contact_days_workspace_id_other"), table_name="contact_days")
    op.create_index(op.f("ix_contact_days_other"), "contact_days", ["other"])


def downgrade() -> None:
    op.drop_index(op.f("ix_contact_days_other"), table_name="contact_days")
    op.create_index(op.f("ix_contact_days_workspace_id_other"), "contact_days", ["workspace_id", "other"])
