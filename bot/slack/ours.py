"""Drops payloads of another workspace or another app.

An app installed in two workspaces gets the payloads of both over one connection, and a bot token can be combined with
another app's app-level token. In both cases Weft would answer outsiders with this workspace's data.
"""

import logging
import re
from collections import deque
from collections.abc import Callable
from typing import Any, TypeGuard

from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.errors import SetupError
from bot.slack.payload import Payload
from bot.slack.replies import understood
from bot.slack.response_url import Reply

logger = logging.getLogger(__name__)

IS_OURS = "weft_is_ours"
"""Context key of payloads that may be answered."""
ID = re.compile(r"[A-Z0-9]{1,20}")
APP_TOKEN = re.compile(r"xapp-[0-9]+-(A[A-Z0-9]+)-")
LOGGED = 100


class Doorkeeper:
    """Bolt middleware that runs before every listener."""

    def __init__(self, workspace_id: str, app_id: str | None) -> None:
        self.workspace_id, self.app_id = workspace_id, app_id
        self.logged: deque[tuple[str, str]] = deque(maxlen=LOGGED)

    def __call__(
        self, body: Payload, context: BoltContext, client: WebClient, next: Callable[[], Any]
    ) -> BoltResponse | None:
        if not is_ours(body, self.workspace_id, self.app_id):
            self.log(shown(team_of(body)), shown(body.get("api_app_id")))
            return BoltResponse(status=200)
        context[IS_OURS] = True
        context["respond"] = Reply(body, client)
        next()
        return None

    def log(self, team: str, app: str) -> None:
        """Log each foreign workspace and app once: a busy one would flood the log."""
        if (team, app) not in self.logged:
            self.logged.append((team, app))
            logger.warning("dropped a payload of another workspace or app", extra={"team": team, "app": app})


def app_id_of(reads: WebClient, bot_id: str | None) -> str | None:
    """Return the app id of the bot token. None if Slack refuses: then other apps' payloads can't be recognized."""
    try:
        app_id: str | None = reads.bots_info(bot=bot_id)["bot"].get("app_id")
    except SlackApiError as refusal:
        logger.warning("Slack did not say which app this is", extra={"code": understood(refusal)})
        return None
    return app_id


def check_same_app(app_id: str | None, app_token: str) -> None:
    """Compare the app id inside the app-level token with the bot token's. Raises SetupError if they differ."""
    named = APP_TOKEN.match(app_token)
    if app_id is not None and named is not None and named[1] != app_id:
        two_apps = f"SLACK_BOT_TOKEN is from the app {app_id} and SLACK_APP_TOKEN from {named[1]}"
        raise SetupError(f"{two_apps}. Copy both from the same app.")


def is_ours(body: Payload, workspace_id: str, app_id: str | None) -> bool:
    """Return whether a payload is for this app and workspace. `app_id` None skips the app check, as do shortcuts."""
    if app_id is not None and body.get("api_app_id") not in (None, app_id):
        return False
    # In a shared channel the event's team may be another company's, but the installation is ours.
    installations = body.get("authorizations")
    teams = [one.get("team_id") for one in installations] if is_list_of_objects(installations) else []
    return workspace_id in [team_of(body), *teams]


def team_of(body: Payload) -> str | None:
    """Return the workspace id of a payload. On Enterprise Grid `team` may be null: the user's team applies then."""
    view, team, user = (part if isinstance(part := body.get(name), dict) else {} for name in ("view", "team", "user"))
    named = (view.get("app_installed_team_id"), body.get("team_id"), team.get("id"), user.get("team_id"))
    return next((str(each) for each in named if each), None)


def is_list_of_objects(value: object) -> TypeGuard[list[Payload]]:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def shown(some_id: object) -> str:
    return some_id if isinstance(some_id, str) and ID.fullmatch(some_id) else "none"
