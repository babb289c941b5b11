"""What a test sees when something goes wrong: in the logs, and in what people read."""

import logging

from bot.slacksim.events import Envelope

SORRY = "Sorry, something went wrong on my side"


def errors(caplog):
    return [record for record in caplog.records if record.levelno >= logging.ERROR]


def emit(workspace, **event):
    """An event that Slack sends because somebody asked for it in the app's settings."""
    payload = {"type": "event_callback", "event": event, "team_id": workspace.team_id, "event_id": "Ev1"}
    return workspace.deliveries.send(Envelope("events_api", payload))
