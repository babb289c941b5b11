"""Who is here."""

from datetime import timedelta

from bot.core.feature import Feature, Tick, Undelivered
from bot.core.work import Work
from bot.people import listeners, service, sync


def undelivered(work: Work, lost: Undelivered) -> None:
    for person_id in lost.gone:
        service.mark_unreachable(work, person_id)


FEATURE = Feature(
    name="people",
    events=listeners.EVENTS,
    ticks=(Tick("read people from Slack", timedelta(minutes=10), sync.sync_when_due),),
    export_person=service.export_person,
    forget_person=service.forget_person,
    undelivered=undelivered,
)
