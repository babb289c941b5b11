"""Extension points of the bot: handlers, ticks, Home sections and hooks that a feature provides."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_bolt import App, Respond
from slack_sdk import WebClient

from bot.core.message import Block
from bot.core.nudge import Expects, NudgeKind
from bot.core.page import Page
from bot.core.work import Bot, Met, WaysToTeam, Work


@dataclass(frozen=True)
class Undelivered:
    """A message that permanently failed to be delivered."""

    key: str
    recipients: tuple[str, ...]
    gone: tuple[str, ...]
    """Recipients who are unreachable."""
    error: str


@dataclass(frozen=True)
class Delivered:
    """A message that was posted, and its channel and timestamp in Slack."""

    key: str
    channel: str
    ts: str


def always(work: Work) -> bool:
    return True


@dataclass(frozen=True)
class Tick:
    """A periodic job. It keeps no schedule of its own: due work is found in the database."""

    name: str
    every: timedelta
    run: Callable[[Bot, WebClient], None]
    is_due: Callable[[Work], bool] = always
    """Cheap read-only check, so that an idle tick costs little and blocks no writer. It is only a hint: `run` must
    check again what there is to do."""
    is_last_too: bool = False
    """Run once more on shutdown, because the job holds work in memory that would be lost."""


@dataclass(frozen=True, slots=True)
class Clients:
    """Slack clients for event handlers. Mass joins produce one event per person, so a handler calls Slack only when
    the event data isn't enough, and never once per person."""

    reads: WebClient
    """Retries on connection errors: for idempotent calls only."""
    posts: WebClient
    """Never retries."""


Event = dict[str, Any]
EventHandler = Callable[[Bot, Clients, Event], None]
"""Receives the event's fields. Retried after a failure, possibly much later, so it must be idempotent."""
EventHandlers = Mapping[str, EventHandler]
"""Handlers by event type, named as in the manifest: `reaction_added`, `message.channels`."""


def no_listeners(app: App, bot: Bot) -> None:
    return None


def nothing_to_offer(work: Work, met: Met) -> list[dict[str, Any]]:
    return []


def no_way(work: Work, person_id: str, team: str) -> list[Block]:
    return []


def nothing_personal(work: Work, person_id: str) -> dict[str, Any]:
    return {}


def nothing_to_forget(work: Work, person_id: str) -> None:
    return None


def nobody_else(work: Work, person_id: str) -> bool:
    return False


def nobody_missed(work: Work, person_id: str) -> None:
    return None


def nobody_to_tell(work: Work, undelivered: Undelivered) -> None:
    return None


def nothing_to_note(work: Work, delivered: Delivered) -> None:
    return None


def nobody_to_write_to(work: Work, person_ids: Sequence[str]) -> Collection[str]:
    return ()


Word = Callable[[Bot, WebClient, dict[str, Any], Respond], None]
"""Handler of a `/weft` subcommand: bot, Slack client, command payload, respond function. Already acknowledged."""

Section = Callable[[Work, str], list[Block]]
"""Renders a feature's section of a Home page for a person: a heading and a few blocks, or nothing."""


@dataclass(frozen=True)
class Feature:
    name: str
    listen: Callable[[App, Bot], None] = no_listeners
    """Registers commands, buttons, forms and shortcuts; Bolt runs only the first matching listener of each."""
    events: tuple[EventHandlers, ...] = ()
    """Event handler tables. Several may handle the same event type; each handler is isolated from the others."""
    ticks: tuple[Tick, ...] = ()
    home: Mapping[Page, Section] = field(default_factory=dict)
    """Renderer of its section for each Home page."""
    last_on: Collection[Page] = ()
    """Pages on which its section comes after those of other features."""
    lets_in: Callable[[Work, str], bool] = nobody_else
    """Whether a person who is not a workspace admin may open the admin page."""
    help: tuple[str, ...] = ()
    """Lines for `/weft help`."""
    words: Mapping[str, Word] = field(default_factory=dict)
    """Handlers of `/weft` subcommands, by their first word."""
    export_person: Callable[[Work, str], dict[str, Any]] = nothing_personal
    forget_person: Callable[[Work, str], None] = nothing_to_forget
    delivered: Callable[[Work, Delivered], None] = nothing_to_note
    """Hook for a posted message. Runs in the transaction that records the delivery, so exactly once per message."""
    undelivered: Callable[[Work, Undelivered], None] = nobody_to_tell
    person_gone: Callable[[Work, str], None] = nobody_missed
    """Hook for a person who left the company or can't be reached."""
    after_meeting: Callable[[Work, Met], list[dict[str, Any]]] = nothing_to_offer
    """Buttons for a person who has just confirmed a meeting."""
    ways_to_team: WaysToTeam = no_way
    """Blocks for a person who wants a coffee with a team: how the wish is handled, and what they can do now."""
    nudges: tuple[NudgeKind, ...] = ()
    expects: Expects = nobody_to_write_to
    """People the feature will message unprompted today: nudges that can wait skip them."""
