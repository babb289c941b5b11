"""People who can get suggestions, with kinds that a test decides."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.core.blocks import button
from bot.core.events import DayPlanned
from bot.core.nudge import NudgeKind, Suggestion
from bot.nudges.planning import plan_due
from storage.nudges import Nudge
from storage.outbox.outbox import OutboxMessage
from tests.rows import copies

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY_NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)  # In Berlin.


@dataclass
class Proposals:
    """Proposes for everyone what the test wants said, a new thing each day unless the test names one."""

    name: str
    value: float = 0.9
    about: str | None = None
    until: datetime | None = None
    for_whom: set[str] | None = None
    rest: timedelta = timedelta(0)
    mentions: str | None = None
    asked: list[list[str]] = field(default_factory=list)

    def propose(self, work, person_ids):
        self.asked.append(list(person_ids))
        for person_id in person_ids:
            if self.for_whom is None or person_id in self.for_whom:
                about = self.about or f"{self.name}:{work.now:%Y%m%d}"
                yield Suggestion(
                    person_id, about, self.why(), f"Do {self.name}.", self.action(), self.value, self.until
                )

    def why(self):
        return f"Why {self.name}" + (f" with <@{self.mentions}>." if self.mentions else ".")

    def action(self):
        return button(f"Do {self.name}", "nudges_write", self.name)

    @property
    def kind(self):
        return NudgeKind(self.name, f"Kind {self.name}", self.propose, rest=self.rest)


class Engine:
    """The bot with these kinds and no others: time passes from tick to tick."""

    def __init__(self, weft, *proposals, expects=()):
        self.weft = weft
        self.bot = replace(weft.bot, handlers={DayPlanned: expects}) if expects else weft.bot
        self.kinds = {one.name: one.kind for one in proposals}

    def plan(self):
        plan_due(self.bot, self.kinds)
        self.weft.carry()

    def live(self, days=0, hours=0):
        """Whole days are looked at once, where the bot itself would every five minutes."""
        for length, times in ((timedelta(days=1), days), (timedelta(hours=1), hours)):
            for _ in range(times):
                self.plan()
                self.weft.clock.advance(length)
        self.plan()


def suggestions(person):
    return [message for message in person.messages() if message.text.startswith("Why")]


def days(person):
    """When they got suggestions, by the clock in Berlin."""
    return [f"{datetime.fromtimestamp(float(one.ts), BERLIN):%a %d}" for one in suggestions(person)]


def nudge_rows(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(Nudge).order_by(Nudge.id)))


def outbox_rows(weft):
    with weft.bot.look() as work:
        return copies(work.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
