from typing import Any, Literal

from alembic import context

from storage.db import Database
from storage.schema import DayNumber, UtcDateTime
from storage.tables import METADATA


def render_item(kind: str, item: Any, _autogen_context: Any) -> str | Literal[False]:
    """Render our column types as SQLAlchemy's own, so that old migrations don't depend on today's code."""
    if kind == "type" and isinstance(item, DayNumber):
        return "sa.Integer()"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


connection = context.config.attributes.get("connection")
if connection is None:
    url = context.get_x_argument(as_dictionary=True).get("url", "sqlite:///weft.sqlite3")
    connection = Database(url).engine.connect()
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
