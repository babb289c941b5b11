"""A simulated Slack workspace: Web API, events and people, for unmodified slack_sdk and Bolt."""

from bot.slacksim.acting import Said
from bot.slacksim.errors import NotPossible
from bot.slacksim.person import Person
from bot.slacksim.reading import text_of
from bot.slacksim.server import SlackServer
from bot.slacksim.settings import AppSettings
from bot.slacksim.state import Channel, Message, View
from bot.slacksim.transports import Direct, SignedHttp, SocketMode, Unplugged
from bot.slacksim.workspace import Workspace

__all__ = [
    "AppSettings",
    "Channel",
    "Direct",
    "Message",
    "NotPossible",
    "Person",
    "Said",
    "SignedHttp",
    "SlackServer",
    "SocketMode",
    "Unplugged",
    "View",
    "Workspace",
    "text_of",
]
