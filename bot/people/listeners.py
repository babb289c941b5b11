"""What Slack tells us about people."""

from functools import partial
from typing import Any

from slack_bolt import App

from bot.core.work import Bot
from bot.people import service
from bot.people.rules import read_profile


def register(app: App, bot: Bot) -> None:
    app.event("team_join")(partial(person_changed, bot))
    app.event("user_change")(partial(person_changed, bot))
    app.event("dnd_updated_user")(partial(quiet_changed, bot))


def person_changed(bot: Bot, event: dict[str, Any]) -> None:
    profile = read_profile(event["user"], workspace_id=bot.workspace_id)
    if profile is not None:
        with bot.begin() as work:
            service.remember(work, [profile])


def quiet_changed(bot: Bot, event: dict[str, Any]) -> None:
    with bot.begin() as work:
        service.note_quiet(work, event["user"], event.get("dnd_status") or {})
