"""What a feature may plug into the bot."""

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
    """A message that Slack will never take."""

    key: str
    recipients: tuple[str, ...]
    gone: tuple[str, ...]
    """Those of the recipients who can't be reached."""
    error: str


@dataclass(frozen=True)
class Delivered:
    """A message that has arrived, and where it stands in Slack."""

    key: str
    channel: str
    ts: str


def always(work: Work) -> bool:
    return True


@dataclass(frozen=True)
class Tick:
    """Something that time brings. Called again and again; what is due stands in the database."""

    name: str
    every: timedelta
    run: Callable[[Bot, WebClient], None]
    is_due: Callable[[Work], bool] = always
    """Is there anything to do? Only a question, so that a look at the clock costs little where nothing is due and
    keeps no writer waiting. It decides nothing: whoever runs asks anew what is to be done."""
    is_last_too: bool = False
    """Also once when the process stops: what waits in its memory would be lost."""


@dataclass(frozen=True, slots=True)
class Clients:
    """What an event handler may call Slack with. In a rush of people there is one event for each of them: a handler
    asks Slack only where the event can't do without, and never once for each person."""

    reads: WebClient
    """Tries again when a connection breaks. Calls must be safe to repeat."""
    posts: WebClient
    """Never tries again."""


Event = dict[str, Any]
EventHandler = Callable[[Bot, Clients, Event], None]
"""Gets the event's own fields. Called again, possibly much later, when it failed: its effects must be idempotent."""
EventHandlers = Mapping[str, EventHandler]
"""By the kind of event, named as in the manifest: `reaction_added`, `message.channels`."""


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
"""What a word of `/weft` does: the bot, Slack, what was typed and where, and a way to answer. Acknowledged already."""

Section = Callable[[Work, str], list[Block]]
"""What a person sees of a feature on a page of Home: a heading and a few blocks, or nothing."""


@dataclass(frozen=True)
class Feature:
    name: str
    listen: Callable[[App, Bot], None] = no_listeners
    """Commands, buttons, forms and shortcuts: each has one listener."""
    events: tuple[EventHandlers, ...] = ()
    """Tables of its handlers. The same kind of event may be in several: each handler is isolated from all others."""
    ticks: tuple[Tick, ...] = ()
    home: Mapping[Page, Section] = field(default_factory=dict)
    """Its section on each page of Home."""
    last_on: Collection[Page] = ()
    """Pages on which its section stands behind those of the others."""
    lets_in: Callable[[Work, str], bool] = nobody_else
    """Who finds something on the admins' page besides the admins of the workspace."""
    help: tuple[str, ...] = ()
    """What `/weft help` says of it, a line each."""
    words: Mapping[str, Word] = field(default_factory=dict)
    """What `/weft` does when one of these words comes first."""
    export_person: Callable[[Work, str], dict[str, Any]] = nothing_personal
    forget_person: Callable[[Work, str], None] = nothing_to_forget
    delivered: Callable[[Work, Delivered], None] = nothing_to_note
    """A message has arrived; told in the transaction that notes it, so once for each."""
    undelivered: Callable[[Work, Undelivered], None] = nobody_to_tell
    person_gone: Callable[[Work, str], None] = nobody_missed
    """Somebody left the company, or can't be reached any more."""
    after_meeting: Callable[[Work, Met], list[dict[str, Any]]] = nothing_to_offer
    """Buttons for somebody who has just said that they met people."""
    ways_to_team: WaysToTeam = no_way
    """For somebody who wishes for a coffee in a team: what becomes of it, and what can be done at once."""
    nudges: tuple[NudgeKind, ...] = ()
    expects: Expects = nobody_to_write_to
    """To whom it will write today by itself: what can wait leaves these people the day."""
