"""What every query takes: the session of a transaction, the workspace it is about, and the moment it happens in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Scope:
    session: Session
    workspace_id: str
    now: datetime
