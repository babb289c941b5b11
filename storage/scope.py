"""The scope of every query: a session, its workspace and the current time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Scope:
    session: Session
    workspace_id: str
    now: datetime
