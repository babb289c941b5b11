"""A Slack workspace that runs here: its Web API, its events, its people, for slack_sdk and Bolt as they are."""

from bot.demo.workspace.acting import Said
from bot.demo.workspace.errors import NotPossible
from bot.demo.workspace.person import Person
from bot.demo.workspace.reading import text_of
from bot.demo.workspace.server import SlackServer
from bot.demo.workspace.settings import AppSettings
from bot.demo.workspace.state import Channel, Message, View
from bot.demo.workspace.transports import Direct, SignedHttp, SocketMode, Unplugged
from bot.demo.workspace.workspace import Workspace

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
