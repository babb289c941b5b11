"""Event handlers for people and their DND status."""

from bot.core.feature import Clients, Event, EventHandlers
from bot.core.work import Bot
from bot.people import service
from bot.people.rules import read_profile
from bot.people.sources import service as sources


def person_changed(bot: Bot, _clients: Clients, event: Event) -> None:
    profile = read_profile(event["user"], workspace_id=bot.workspace_id)
    if profile is not None:
        with bot.begin() as work:
            service.remember(work, [profile])
            sources.profile_changed(work, profile)


def quiet_changed(bot: Bot, _clients: Clients, event: Event) -> None:
    with bot.begin() as work:
        service.record_dnd(work, event["user"], event.get("dnd_status") or {})


EVENTS: EventHandlers = {
    "team_join": person_changed,
    "user_change": person_changed,
    "dnd_updated_user": quiet_changed,
}
