"""Who is here."""

from datetime import timedelta

from bot.core.feature import Feature, Tick, Undelivered
from bot.core.page import Page
from bot.core.work import Work
from bot.people import listeners, service, sync
from bot.people.settings import listeners as settings


def undelivered(work: Work, lost: Undelivered) -> None:
    for person_id in lost.gone:
        service.mark_unreachable(work, person_id)


FEATURE = Feature(
    name="people",
    listen=settings.register,
    events=listeners.EVENTS,
    ticks=(Tick("read people from Slack", timedelta(minutes=10), sync.sync_when_due),),
    home={Page.SETTINGS: settings.on_home},
    export_person=service.export_person,
    forget_person=service.forget_person,
    undelivered=undelivered,
)
