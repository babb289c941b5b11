"""What happens in Slack, told to every feature that wants to hear of it.

Bolt calls only the first listener that fits an event, so we give it one for each kind and pass the event on ourselves.
"""

import logging
from collections.abc import Iterable, Mapping
from functools import partial

from slack_bolt import App
from slack_sdk import WebClient

from bot.core.feature import Event, Feature, Hear
from bot.core.work import Bot
from bot.slack.payload import Payload

logger = logging.getLogger(__name__)

CHANNEL_TYPES = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}
"""As Slack's events of messages name their channel, and as a manifest does."""

Ears = Mapping[str, tuple[Hear, ...]]
"""Who hears of which kind of event, as manifests name them: `reaction_added`, `message.channels`."""


def listen(app: App, bot: Bot, features: Iterable[Feature]) -> None:
    ears = ears_of(features)
    for kind in {kind.partition(".")[0] for kind in ears}:
        app.event(kind)(partial(tell, bot, ears))


def ears_of(features: Iterable[Feature]) -> Ears:
    ears: dict[str, tuple[Hear, ...]] = {}
    for feature in features:
        for kind, hear in feature.events.items():
            ears[kind] = (*ears.get(kind, ()), hear)
    return ears


def tell(bot: Bot, ears: Ears, event: Event, body: Payload, client: WebClient) -> None:
    """Each feature hears of it by itself: what one of them makes of it never keeps the others from it."""
    event = with_team(event, body.get("team_id"))
    for hear in ears.get(kind_of(event), ()):
        try:
            hear(bot, client, event)
        except Exception:
            logger.exception("an event was not understood", extra={"event": kind_of(event)})


def with_team(event: Event, team_id: str | None) -> Event:
    """A person without a team is of the team in which it happened, which in a shared channel may be another company."""
    user = event.get("user")
    return event | {"user": {"team_id": team_id} | user} if team_id and isinstance(user, dict) else event


def kind_of(event: Event) -> str:
    kind = str(event.get("type"))
    if kind != "message":
        return kind
    where = str(event.get("channel_type"))
    return f"message.{CHANNEL_TYPES.get(where, where)}"
