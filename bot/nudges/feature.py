"""Nudges: small, timely suggestions. One engine for the types of all features, within one quota."""

from datetime import timedelta
from functools import partial

from bot.core.clients import ReadingClient
from bot.core.events import SuggestionUsed
from bot.core.feature import Feature, PersonalData, Section, Tick, Words
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.nudges import listeners, service, texts
from bot.nudges.home import on_settings
from bot.nudges.kinds import OWN
from bot.nudges.mornings import is_person_ready
from bot.nudges.planning import plan_due
from bot.nudges.registry import NudgeRegistry
from storage import nudges

KEEP = timedelta(days=365)
"""How long nudges are stored. None is repeated within that time."""


def nudges_of(features: tuple[Feature, ...]) -> Feature:
    """Build the nudges feature from the list of features, so that none of them depends on it."""
    every = [kind for feature in features for kind in feature.nudges] + list(OWN)
    kinds: NudgeRegistry = {kind.name: kind for kind in every}
    return Feature(
        name="nudges",
        listen=partial(listeners.register, kinds),
        handlers=(SuggestionUsed.on(listeners.note_use),),
        ticks=(
            Tick("suggest the next step", timedelta(minutes=5), partial(plan, kinds), is_person_ready),
            Tick("forget old suggestions", timedelta(hours=6), tidy, is_any_old),
        ),
        words=Words((texts.HELP(),)),
        home=(Section(Page.SETTINGS, partial(on_settings, kinds)),),
        personal_data=PersonalData(service.export_person, service.forget_person),
        nudges=OWN,
    )


def plan(kinds: NudgeRegistry, bot: Bot, _client: ReadingClient) -> None:
    plan_due(bot, kinds)


def is_any_old(work: Work) -> bool:
    return bool(nudges.exists_before(work, before=work.now - KEEP))


def tidy(bot: Bot, _client: ReadingClient) -> None:
    with bot.begin() as work:
        nudges.delete_older(work, before=work.now - KEEP)
