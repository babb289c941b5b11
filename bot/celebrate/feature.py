"""Feature for celebrations: shoutouts, wins, endorsing reactions, and people's days."""

from datetime import timedelta
from typing import Any

from bot.celebrate import home, listeners, privacy
from bot.celebrate.cheers import listeners as reactions
from bot.celebrate.cheers import reading
from bot.celebrate.cheers import service as seconding
from bot.celebrate.congratulating import service as congratulating
from bot.celebrate.congratulating.suggestions import NUDGES
from bot.celebrate.days import service as days
from bot.celebrate.digest import posting
from bot.celebrate.digest import service as digest
from bot.celebrate.making import notify_non_members
from bot.celebrate.making import service as making
from bot.celebrate.noticing import listeners as noticing
from bot.celebrate.setup import channel
from bot.celebrate.setup import service as setup
from bot.celebrate.shoutouts.blocks import say_thanks
from bot.celebrate.texts import home as texts
from bot.core.clients import ReadingClient
from bot.core.events import MeetingRecorded, MessageDelivered, MessageLost
from bot.core.feature import Feature, PersonalData, Section, Tick, Words
from bot.core.page import Page
from bot.core.work import Bot, Work


def tell_of_secondings(bot: Bot, _client: ReadingClient) -> None:
    seconding.notify_when_settled(bot)


def tell_of_days(bot: Bot, client: ReadingClient) -> None:
    if channel.is_ready(bot, client):
        days.notify_when_due(bot)


def post_digest(bot: Bot, client: ReadingClient) -> None:
    if channel.is_ready(bot, client):
        posting.post_when_due(bot, client)


def choose_congratulators(bot: Bot, _client: ReadingClient) -> None:
    congratulating.choose_when_shared(bot)


def offer_thanks(_work: Work, met: MeetingRecorded) -> list[dict[str, Any]]:
    return [say_thanks(met.partners)] if met.partners else []


FEATURE = Feature(
    name="celebrate",
    listen=listeners.register,
    slack_events=(reactions.EVENTS, noticing.EVENTS, channel.EVENTS),
    handlers=(
        MessageDelivered.on(making.delivered, days.delivered, digest.delivered),
        MessageLost.on(making.undelivered, congratulating.undelivered, channel.undelivered),
        MeetingRecorded.on(offer_thanks),
    ),
    ticks=(
        Tick("look at the channel of celebrations", timedelta(minutes=5), channel.check, channel.is_check_due),
        Tick(
            "tell people who are not in the channel",
            timedelta(minutes=1),
            notify_non_members.notify_when_shared,
            notify_non_members.is_any_new,
        ),
        Tick("choose who may congratulate", timedelta(minutes=5), choose_congratulators, congratulating.is_any_new),
        Tick("tell of secondings", timedelta(minutes=5), tell_of_secondings, seconding.is_there_news),
        Tick("read reactions again", timedelta(minutes=5), reading.read_when_due, reading.is_any_to_read),
        Tick("tell of people's days", timedelta(minutes=5), tell_of_days, days.is_due),
        Tick("post the digest", timedelta(minutes=1), post_digest, posting.is_due),
    ),
    home=(
        Section(Page.WINS, home.wins_and_thanks),
        Section(Page.SETTINGS, home.settings),
        Section(Page.ADMIN, setup.for_admins),
    ),
    words=Words((texts.HELP_SHOUTOUT(), texts.HELP_WIN())),
    personal_data=PersonalData(privacy.export_person, privacy.forget_person),
    nudges=NUDGES,
)
