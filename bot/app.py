"""Composition root: the only place that wires database, clock, clients, Bolt app and sender together."""

import random
import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.core.clients import PostingClient, ReadingClient
from bot.core.clock import Clock
from bot.core.errors import SetupError
from bot.core.feature import Feature, handlers_of
from bot.core.lists import listed
from bot.core.slack_time import CheckedClock, SlackTime
from bot.core.watcher import NULL_METRICS, Metrics
from bot.core.work import Bot
from bot.delivery.carrier import Carrier
from bot.delivery.clock_guard import ClockGuard
from bot.delivery.lease import ProcessLock
from bot.features import FEATURES
from bot.slack.app import BotIdentity, build_app
from bot.slack.client import posting_client, reading_client
from bot.slack.ours import app_id_of
from bot.slack.timing import TimedApp
from storage.db import Database
from storage.scope import Scope
from storage.workspaces import remember_workspace, workspaces


@dataclass(frozen=True)
class Weft:
    """The complete bot for one workspace, ready to be scheduled and connected to Slack."""

    bot: Bot
    app: TimedApp
    carrier: Carrier
    clock_guard: ClockGuard
    reads: ReadingClient
    app_id: str | None = None
    """App of the bot token; None if Slack didn't say."""
    features: tuple[Feature, ...] = FEATURES


def compose(
    db: Database,
    clock: Clock,
    rng: random.Random,
    *,
    token: str,
    api_url: str,
    one_thread: bool = False,
    watcher: Metrics = NULL_METRICS,
    may_add_workspace: bool = True,
    lock: ProcessLock | None = None,
) -> Weft:
    """Identify the bot with auth.test and wire everything up. Raises slack_sdk errors if Slack refuses.

    `may_add_workspace`: if False, raises SetupError when the database belongs to another workspace (likely a wrong
    token).
    """
    reads = reading_client(token, api_url)
    identity = reads.auth_test()
    workspace_id: str = identity["team_id"]
    slack_time = SlackTime(clock)
    slack_time.note(identity.headers)
    checked_clock = CheckedClock(slack_time)
    with db.transaction() as session:
        if not may_add_workspace:
            check_is_known(session, workspace_id, identity["team"])
        scope = Scope(session, workspace_id, checked_clock.now())
        remember_workspace(scope, name=identity["team"], bot_user_id=identity["user_id"])
    bot = bot_for(db, checked_clock, rng, workspace_id, watcher=watcher)
    posts = posting_client(token, api_url)
    us = BotIdentity(identity["user_id"], identity.get("bot_id"), app_id_of(reads, identity.get("bot_id")))
    app = build_app(bot, posts, FEATURES, us=us, one_thread=one_thread)
    carrier = carrier_for(bot, posts, slack_time=slack_time, lock=lock)
    return Weft(bot, app, carrier, ClockGuard(carrier, clock), reads, us.app_id)


def bot_for(
    db: Database, clock: Clock, rng: random.Random, workspace_id: str, *, watcher: Metrics = NULL_METRICS
) -> Bot:
    process = uuid.uuid4().hex
    return Bot(db, clock, rng, workspace_id, handlers=handlers_of(FEATURES), watcher=watcher, process=process)


def carrier_for(
    bot: Bot, posts: PostingClient, *, slack_time: SlackTime | None = None, lock: ProcessLock | None = None
) -> Carrier:
    return Carrier(bot, posts, holder=bot.process, slack_time=slack_time, lock=lock)


def check_is_known(session: Session, workspace_id: str, name: str) -> None:
    known = {one.workspace_id: one.name for one in workspaces(session)}
    if known and workspace_id not in known:
        others = listed(sorted(known.values()))
        raise SetupError(
            f"SLACK_BOT_TOKEN belongs to {name}, and the database to {others}. Set the token of {others}, or another "
            f"DATABASE_URL for {name}. If both are to share this database, start once with: weft run --add-workspace"
        )
