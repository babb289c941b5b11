"""Feature for people: sync with Slack, attributes, settings and availability."""

from datetime import timedelta
from typing import Any

from slack_bolt import App

from bot.core.events import MessageLost
from bot.core.feature import Feature, PersonalData, Section, Tick
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.people import dnd, listeners, service, sync
from bot.people.away import listeners as away
from bot.people.settings import listeners as settings
from bot.people.sources import listeners as sources
from bot.people.sources import reading
from bot.people.sources import service as heard


def listen(app: App, bot: Bot) -> None:
    settings.register(app, bot)
    sources.register(app, bot)
    away.register(app, bot)


def on_admin_page(work: Work, person_id: str) -> list[Block]:
    return [*sources.on_admin_page(work, person_id), *away.on_admin_page(work, person_id)]


def mark_gone(work: Work, lost: MessageLost) -> None:
    for person_id in lost.gone:
        service.mark_unreachable(work, person_id)


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    return service.export_person(work, person_id) | heard.export_person(work, person_id)


def forget_person(work: Work, person_id: str) -> None:
    service.forget_person(work, person_id)
    heard.forget_person(work, person_id)


FEATURE = Feature(
    name="people",
    listen=listen,
    slack_events=(listeners.EVENTS, reading.EVENTS),
    handlers=(MessageLost.on(mark_gone),),
    ticks=(
        Tick("read people from Slack", timedelta(minutes=10), sync.sync_when_due),
        Tick("read who is in do-not-disturb", timedelta(minutes=1), dnd.read_dnd_after_start),
        Tick(
            "read profile fields", timedelta(minutes=1), reading.read_profiles_when_due, reading.has_to_do_with_fields
        ),
        Tick("read user groups", timedelta(minutes=1), reading.read_groups_when_due, reading.follows_groups),
    ),
    home=(Section(Page.SETTINGS, settings.on_home), Section(Page.ADMIN, on_admin_page, is_last=True)),
    personal_data=PersonalData(export_person, forget_person),
)
