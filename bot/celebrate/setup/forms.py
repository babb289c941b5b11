"""Form for the workspace's celebration settings."""

import re
from dataclasses import dataclass
from typing import Any

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
    channel: dict[str, Any] = {"type": "channels_select", "placeholder": plain_text("Choose a channel", 150)}
    if settings.channel_id is not None:
        channel["initial_channel"], zone = settings.channel_id, settings.zone
    return form(
        SET_UP_FORM,
        "How we celebrate",
        "Save",
        [
            field(
                CHANNEL,
                "Channel",
                channel,
                hint="Public, so that everybody can read it. Without one, things stand where they are said.",
                optional=True,
            ),
            field(WHAT, "Also there", extras(settings), optional=True),
            field(ZONE, "Time zone", text(zone), hint="For the digest and the days, like Europe/Berlin."),
            field(SECONDING, "Emoji that says: me too", text(f":{settings.seconding_emoji}:")),
            field(
                OFFERING,
                "Emoji that offers a shoutout",
                text(f":{settings.celebrate_emoji}:"),
                hint="Whoever reacts with it to a message may make it a shoutout. I ask only them, once a day at most.",
            ),
        ],
    )


def text(value: str) -> dict[str, Any]:
    return {"type": "plain_text_input", "max_length": 100, "initial_value": value}


def extras(settings: CelebrationSettings) -> dict[str, Any]:
    options = [
        option("A digest on Fridays at 15:00", DIGEST),
        option("First days, work anniversaries and birthdays", DAYS),
    ]
    on = [one for one, chosen in zip(options, (settings.has_digest, settings.has_days), strict=True) if chosen]
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    return element | {"initial_options": on} if on else element


def read_set_up(answers: dict[str, Any]) -> Wanted:
    """Parse the settings. Raises FormError at the invalid field."""
    zone = zone_named((answers.get(ZONE) or "").strip().replace(" ", "_"))
    if zone is None:
        raise FormError(ZONE, "I don't know this time zone. Write it like Europe/Berlin or America/New_York.")
    seconding, offering = read_emoji(answers, SECONDING), read_emoji(answers, OFFERING)
    if seconding == offering:
        raise FormError(OFFERING, "That emoji says “me too” already. Choose another one here.")
    chosen = answers.get(WHAT) or []
    return Wanted(answers.get(CHANNEL), zone.key, seconding, offering, DIGEST in chosen, DAYS in chosen)


def read_emoji(answers: dict[str, Any], field_name: str) -> str:
    match = EMOJI.fullmatch((answers.get(field_name) or "").strip().lower())
    if match is None:
        raise FormError(field_name, "Write one emoji by its name, like :raised_hands:")
    return match[1]
