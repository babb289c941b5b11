"""Extension points of the bot: handlers, ticks, Home sections and hooks that a feature provides."""

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
    """A periodic job. It keeps no schedule of its own: due work is found in the database."""

    name: str
    every: timedelta
    run: Callable[[Bot, ReadingClient], None]
    is_due: Callable[[Work], bool] = always
    """Cheap read-only check, so that an idle tick costs little and blocks no writer. It is only a hint: `run` must
    check again what there is to do."""
    is_last_too: bool = False
    """Run once more on shutdown, because the job holds work in memory that would be lost."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Slack clients for event handlers. Mass joins produce one event per person, so a handler calls Slack only when
    the event data isn't enough, and never once per person."""

    reads: ReadingClient
    posts: PostingClient


Event = dict[str, Any]
EventHandler = Callable[[Bot, Clients, Event], None]
"""Receives the event's fields. Retried after a failure, possibly much later, so it must be idempotent."""
EventHandlers = Mapping[str, EventHandler]
"""Handlers by event type, named as in the manifest: `reaction_added`, `message.channels`."""


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
    """Event handler tables. Several may handle the same event type; each handler is isolated from the others."""
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
