"""Nudges: small, timely suggestions. One engine for the types of all features, within one quota."""

from datetime import timedelta
from functools import partial

from slack_sdk import WebClient

from bot.core.feature import Feature, Tick
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.nudges import listeners, service
from bot.nudges.home import on_settings
from bot.nudges.kinds import OWN
from bot.nudges.kinds_at_hand import Kinds
from bot.nudges.mornings import is_anybody_ready
from bot.nudges.planning import plan_due
from storage import nudges

KEEP = timedelta(days=365)
"""How long nudges are stored. None is repeated within that time."""


def nudges_of(features: tuple[Feature, ...]) -> Feature:
    """Build the nudges feature from the list of features, so that none of them depends on it."""
    every = [kind for feature in features for kind in feature.nudges] + list(OWN)
    kinds = Kinds({kind.name: kind for kind in every}, tuple(feature.expects for feature in features))
    return Feature(
        name="nudges",
        listen=partial(listeners.register, kinds),
        ticks=(
            Tick("suggest the next step", timedelta(minutes=5), partial(plan, kinds), is_anybody_ready),
            Tick("forget old suggestions", timedelta(hours=6), tidy, is_any_old),
        ),
        help=("*Suggestions* come rarely. Which, on which days and hours: this app's Home tab, *Settings*.",),
        home={Page.SETTINGS: partial(on_settings, kinds.every)},
        export_person=service.export_person,
        forget_person=service.forget_person,
        nudges=OWN,
    )


def plan(kinds: Kinds, bot: Bot, _client: WebClient) -> None:
    plan_due(bot, kinds)


def is_any_old(work: Work) -> bool:
    return bool(nudges.an_older_one(work, before=work.now - KEEP))


def tidy(bot: Bot, _client: WebClient) -> None:
    with bot.begin() as work:
        nudges.delete_older(work, before=work.now - KEEP)
