"""Feature for privacy: export and erasure of a person's data."""

from datetime import timedelta
from functools import partial

from bot.core.feature import Feature, Section, Tick, Words
from bot.core.page import Page
from bot.privacy import listeners, texts


def privacy_of(features: tuple[Feature, ...]) -> Feature:
    return Feature(
        name="privacy",
        listen=partial(listeners.register, features),
        ticks=(Tick("empty the database's log", timedelta(hours=1), listeners.truncate_log),),
        home=(Section(Page.SETTINGS, listeners.on_home),),
        words=Words(
            (texts.EXPORT_HELP(), texts.FORGET_HELP()),
            {"export": partial(listeners.export_asked, features), "forget": listeners.forget_asked},
        ),
    )
