"""What the bot listens to, as its features register it."""

from slack_sdk import WebClient

from bot.core.clock import SystemClock
from bot.core.work import Bot
from bot.features import FEATURES
from bot.slack import events


class Ear:
    """Stands where Bolt's app does, and writes down for what there is a listener."""

    client = WebClient(token="xoxb-none")

    def __init__(self):
        self.heard = set()

    def __getattr__(self, kind):
        def register(constraints, *_more):
            names = constraints.values() if isinstance(constraints, dict) else [constraints]
            self.heard |= {(kind, name) for name in names}
            return lambda listener: listener

        return register


def heard():
    """What the Bolt app listens to: commands, events, actions, forms, choices."""
    ear, bot = Ear(), Bot(None, SystemClock(), None, "T1")
    for feature in FEATURES:
        if feature.listen is not None:
            feature.listen(ear, bot)
    events.listen(ear, bot, FEATURES)
    return ear.heard
