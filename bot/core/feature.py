"""What a feature may plug into the bot."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_bolt import App, Respond
from slack_sdk import WebClient

from bot.core.clients import PostingClient, ReadingClient
from bot.core.message import Block
from bot.core.nudge import NudgeKind
from bot.core.page import Page
from bot.core.work import Bot, DomainEvent, Handlers, Subscription, Work


def always(work: Work) -> bool:
    return True


@dataclass(frozen=True)
class Tick:
    """Something that time brings. Called again and again; what is due stands in the database."""

    name: str
    every: timedelta
    run: Callable[[Bot, ReadingClient], None]
    is_due: Callable[[Work], bool] = always
    """Is there anything to do? Only a question, so that a look at the clock costs little where nothing is due and
    keeps no writer waiting. It decides nothing: what runs asks anew what is to be done."""
    is_last_too: bool = False
    """Also once when the process stops: what waits in its memory would be lost."""


@dataclass(frozen=True, slots=True)
class Clients:
    """What an event handler may call Slack with. In a rush of people there is one event for each of them: a handler
    asks Slack only where the event can't do without, and never once for each person."""

    reads: ReadingClient
    posts: PostingClient


Event = dict[str, Any]
EventHandler = Callable[[Bot, Clients, Event], None]
"""Gets the event's own fields. Called again, possibly much later, when it failed: its effects must be idempotent."""
EventHandlers = Mapping[str, EventHandler]
"""By the kind of event, named as in the manifest: `reaction_added`, `message.channels`."""


@dataclass(frozen=True)
class Section:
    """What people see of a feature on a page of Home: a heading and a few blocks, or nothing."""

    page: Page
    draw: Callable[[Work, str], list[Block]]
    is_last: bool = False
    """Whether it stands behind those of other features."""
    lets_in: Callable[[Work, str], bool] | None = None
    """Decides who finds the page besides the admins of the workspace."""


Subcommand = Callable[[Bot, WebClient, dict[str, Any], Respond], None]
"""Gets the bot, Slack, what was typed and where, and a way to answer. Acknowledged already."""


@dataclass(frozen=True)
class Words:
    """What people can type."""

    help: tuple[str, ...] = ()
    """Lines of `/weft help`."""
    subcommands: Mapping[str, Subcommand] = field(default_factory=dict)
    """Subcommands of `/weft`, by their first word."""


@dataclass(frozen=True)
class PersonalData:
    """What a feature keeps of a person."""

    export: Callable[[Work, str], dict[str, Any]]
    forget: Callable[[Work, str], None]


@dataclass(frozen=True)
class Feature:
    name: str
    listen: Callable[[App, Bot], None] | None = None
    """Registers commands, buttons, forms and shortcuts: each has one listener."""
    slack_events: tuple[EventHandlers, ...] = ()
    """Tables of its handlers. The same kind of event may be in several: each handler is isolated from all others."""
    handlers: tuple[Subscription, ...] = ()
    """Handlers of domain events: `PersonGone.on(end_requests)`."""
    ticks: tuple[Tick, ...] = ()
    home: tuple[Section, ...] = ()
    words: Words = Words()
    personal_data: PersonalData | None = None
    nudges: tuple[NudgeKind, ...] = ()


def handlers_of(features: Iterable[Feature]) -> Handlers:
    """The handlers of all features, in their order."""
    found: dict[type[DomainEvent[Any]], tuple[Callable[[Work, Any], Any], ...]] = {}
    for feature in features:
        for event, handlers in feature.handlers:
            found[event] = found.get(event, ()) + handlers
    return found
