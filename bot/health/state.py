"""Current health of the process."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.work import Bot
from bot.health.figures import DbSnapshot, Figures
from bot.health.rules import Line, troubles
from bot.version import VERSION


@dataclass(frozen=True, slots=True)
class Health:
    at: datetime
    line: Line
    figures: Figures | None
    """None if the database doesn't respond."""
    is_carrier: bool
    """Whether this process is the one that sends messages."""
    troubles: list[str]
    unheard: float = 0.0
    """Longest wait of an interaction for a thread, in seconds."""

    @property
    def outbox_age(self) -> float:
        """Seconds for which the oldest waiting message has been due."""
        oldest = self.figures.outbox.oldest_unsent_at if self.figures is not None else None
        return 0.0 if oldest is None else (self.at - oldest).total_seconds()


class Observer:
    """Collects health data from all sources."""

    def __init__(
        self,
        bot: Bot,
        holder: str,
        line: Callable[[], Line],
        refusal: Callable[[], str | None] = lambda: None,
        unheard: Callable[[], float] = lambda: 0.0,
        clock_trouble: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`holder`: this process's name on the lease. `refusal`: returns the error code while Slack refuses everything.

        `unheard`: returns the longest wait of an interaction for a thread, in seconds.
        """
        self.bot, self.holder, self.line, self.refusal, self.unheard = bot, holder, line, refusal, unheard
        self.clock_trouble = clock_trouble
        self.glance = DbSnapshot(bot)
        self.file = bot.db.file()
        self.opened = file_id(self.file)

    def look(self) -> Health:
        now, line, figures = self.bot.clock.now(), self.line(), self.glance.take()
        line = replace(line, refusal=line.refusal or self.refusal())
        outbox, overdue = (figures.outbox, figures.overdue_rounds) if figures is not None else (None, 0)
        unheard = self.unheard()
        found = troubles(
            line,
            outbox,
            overdue,
            now,
            unread_channels=figures.unread_channels if figures is not None else 0,
            is_file_gone=file_id(self.file) != self.opened,
            unheard=unheard,
            unknown_codes=figures.unknown_codes if figures is not None else (),
        )
        found += filter(None, [self.clock_trouble()])
        return Health(now, line, figures, self.carries(figures), found, unheard)

    def carries(self, figures: Figures | None) -> bool:
        return figures is not None and figures.lease_holder == self.holder


def file_id(file: Path | None) -> tuple[int, int] | None:
    """Return device and inode, which identify a file. None if there is none, as with PostgreSQL."""
    try:
        found = file.stat() if file is not None else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found is not None else None


def as_json(health: Health) -> dict[str, Any]:
    figures = health.figures
    shown: dict[str, Any] = {
        "healthy": not health.troubles,
        "troubles": health.troubles,
        "version": VERSION,
        "slack": {
            "connected": health.line.is_connected,
            "last_contact_at": moment(health.line.last_contact_at),
            "refusal": health.line.refusal,
            "requests": health.line.requests,
        },
        "database": {"answers": figures is not None, "seconds": figures and round(figures.answered_in, 4)},
    }
    if figures is None:
        return shown
    return shown | {
        "outbox": {
            "oldest_waits_seconds": round(health.outbox_age),
            "last_sent_at": moment(figures.outbox.last_sent_at),
            "messages": {state.value: count for state, count in figures.messages.items()},
        },
        "rounds_overdue": figures.overdue_rounds,
        "channels_unread": figures.unread_channels,
        "carrier": {"is_this_process": health.is_carrier},
    }


def moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
