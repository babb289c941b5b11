"""Form for the workspace's celebration settings."""

import re
from dataclasses import dataclass
from typing import Any

from bot.celebrate.texts import admin as texts
from bot.core.blocks import field, form, option, plain_text
from bot.core.calendar import zone_named
from bot.core.errors import FormError
from storage.celebrations.settings import CelebrationSettings

SET_UP_FORM = "celebrate_set_up_form"
CHANNEL, ZONE, SECONDING, OFFERING, WHAT = (
    f"celebrate_{what}" for what in ("channel", "zone", "seconding", "offering", "what")
)
DIGEST, DAYS = "digest", "days"
EMOJI = re.compile(r":?([a-z0-9_+'-]{1,90}):?")


@dataclass(frozen=True, slots=True)
class Wanted:
    channel_id: str | None
    zone: str
    seconding_emoji: str
    celebrate_emoji: str
    has_digest: bool
    has_days: bool


def set_up_form(settings: CelebrationSettings, zone: str) -> dict[str, Any]:
    channel: dict[str, Any] = {"type": "channels_select", "placeholder": plain_text(texts.CHANNEL_EXAMPLE(), 150)}
    if settings.channel_id is not None:
        channel["initial_channel"], zone = settings.channel_id, settings.zone
    offering = text(f":{settings.celebrate_emoji}:")
    fields = [
        field(CHANNEL, texts.CHANNEL(), channel, hint=texts.CHANNEL_HINT(), optional=True),
        field(WHAT, texts.ALSO_POST(), extras(settings), optional=True),
        field(ZONE, texts.ZONE(), text(zone), hint=texts.ZONE_HINT()),
        field(SECONDING, texts.CHEER_EMOJI(), text(f":{settings.seconding_emoji}:")),
        field(OFFERING, texts.SHOUTOUT_EMOJI(), offering, hint=texts.SHOUTOUT_EMOJI_HINT()),
    ]
    return form(SET_UP_FORM, texts.TITLE(), texts.SAVE(), fields)


def text(value: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "max_length": 100, "initial_value": value}


def extras(settings: CelebrationSettings) -> dict[str, Any]:
    options = [option(texts.DIGEST(), DIGEST), option(texts.DAYS(), DAYS)]
    on = [one for one, chosen in zip(options, (settings.has_digest, settings.has_days), strict=True) if chosen]
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    return element | {"initial_options": on} if on else element


def read_set_up(answers: dict[str, Any]) -> Wanted:
    """Parse the settings. Raises FormError at the invalid field."""
    zone = zone_named((answers.get(ZONE) or "").strip().replace(" ", "_"))
    if zone is None:
        raise FormError(ZONE, texts.UNKNOWN_ZONE())
    seconding, offering = read_emoji(answers, SECONDING), read_emoji(answers, OFFERING)
    if seconding == offering:
        raise FormError(OFFERING, texts.SAME_EMOJI())
    chosen = answers.get(WHAT) or []
    return Wanted(answers.get(CHANNEL), zone.key, seconding, offering, DIGEST in chosen, DAYS in chosen)


def read_emoji(answers: dict[str, Any], field_name: str) -> str:
    match = EMOJI.fullmatch((answers.get(field_name) or "").strip().lower())
    if match is None:
        raise FormError(field_name, texts.NOT_ONE_EMOJI())
    return match[1]
