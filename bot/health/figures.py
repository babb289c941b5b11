"""Health figures from the database, read with a timeout of one second."""

import logging
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter

from sqlalchemy.exc import SQLAlchemyError

from bot.core.work import Bot
from bot.delivery.failures import is_unknown
from bot.health.rules import Outbox, is_overdue
from storage import workspaces
from storage.kinds import DeliveryState
from storage.outbox import outbox
from storage.programs import programs

logger = logging.getLogger(__name__)

UNKNOWN_FOR = timedelta(hours=1)
PATIENCE = 1.0
"""Timeout of a read in seconds."""


@dataclass(frozen=True, slots=True)
class Figures:
    messages: Mapping[DeliveryState, int]
    outbox: Outbox
    overdue_rounds: int
    unread_channels: int
    """Program channels whose members Slack hasn't listed for an hour or more."""
    lease_holder: str | None
    unknown_codes: Collection[str]
    """Unknown Slack error codes with which a waiting message has been refused for an hour."""
    answered_in: float
    """Duration of the query in seconds."""


def read_figures(bot: Bot) -> Figures:
    began = perf_counter()
    with bot.look() as work:
        due = programs.programs_due(work)
        running = programs.running_programs(work)
        lease = workspaces.lease(work)
        return Figures(
            messages=outbox.counts(work),
            outbox=Outbox(
                outbox.oldest_unsent_at(work),
                outbox.last_sent_at(work),
            ),
            overdue_rounds=sum(is_overdue(one.next_round_at, one.zone, work.now) for one in due),
            unread_channels=sum(one.channel_trouble == programs.MEMBERS_UNREAD for one in running),
            lease_holder=lease.holder if lease is not None else None,
            unknown_codes=[
                code for code in outbox.errors_since(work, before=work.now - UNKNOWN_FOR) if is_unknown(code)
            ],
            answered_in=perf_counter() - began,
        )


class DbSnapshot:
    """Reads figures in a background thread. While a read hangs, no other starts: a slow database gets no more load."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._lock = threading.Lock()
        self._look: DbProbe | None = None

    def take(self) -> Figures | None:
        """Return current figures, or None if the database doesn't respond in time."""
        with self._lock:
            if self._look is None or self._look.ended.is_set():
                self._look = DbProbe(self.bot)
            look = self._look
        look.ended.wait(PATIENCE)
        return look.figures


class DbProbe:
    def __init__(self, bot: Bot) -> None:
        self.figures: Figures | None = None
        self.ended = threading.Event()
        threading.Thread(target=self.look, args=(bot,), name="health", daemon=True).start()

    def look(self, bot: Bot) -> None:
        try:
            self.figures = read_figures(bot)
        except SQLAlchemyError as problem:
            logger.warning("health could not read the database", extra={"kind": type(problem).__name__})
        finally:
            self.ended.set()
