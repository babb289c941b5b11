"""What the bot listens to, as it registers it with Bolt."""

from slack_sdk import WebClient

from bot.core.clock import SystemClock
from bot.core.work import Bot
from bot.features import FEATURES
from bot.slack.app import build_app


def heard():
    """What the Bolt app listens to: commands, events, actions, forms, choices."""
    app = build_app(Bot(None, SystemClock(), None, "T1"), WebClient(token="xoxb-none"), FEATURES)
    closures = [
        (matcher.func.__qualname__.split(".")[0], inner(matcher.func))
        for listener in app._listeners
        for matcher in listener.matchers
    ]
    return {(kind, name) for kind, names in closures for name in names}


def inner(function):
    """The names that one of Bolt's matchers was made with."""
    found = []
    for cell in function.__closure__ or ():
        value = cell.cell_contents
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            found += [one for one in value.values() if isinstance(one, str)]
        elif callable(value) and getattr(value, "__closure__", None):
            found += inner(value)
    return found
