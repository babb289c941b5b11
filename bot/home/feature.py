"""Feature for the Home tab and `/weft`, which combine what all features provide."""

from functools import partial

from bot.core.feature import Feature
from bot.home import listeners


def home_of(features: tuple[Feature, ...]) -> Feature:
    return Feature(name="home", listen=partial(listeners.register, features), events=(listeners.EVENTS,))
