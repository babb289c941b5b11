"""Counting contact in public channels: enabled by an admin, with an opt-out for each person."""

from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from bot.core.feature import Feature, Tick, Undelivered
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.counting import blocks, channels, listeners, service
from bot.counting.tally import tally_of
from bot.people.service import is_admin
from storage import counting

BEGINS = "counting:begins:"


def write_down(bot: Bot, _client: WebClient) -> None:
    """Flush the counts in memory to the database and refresh the cached channels. On failure the counts are kept."""
    tally = tally_of(bot)
    seen = tally.take()
    try:
        if seen:
            with bot.begin() as work:
                service.write_down(work, seen)
    except Exception:
        tally.add(seen)
        raise
    with bot.look() as work:
        tally.channels = frozenset(row.channel_id for row in service.channels(work))


def settings(work: Work, person_id: str) -> list[Block]:
    """Return no blocks as long as counting is off and the person has not opted out."""
    where = [row.channel_id for row in service.channels(work)]
    everywhere = counting.is_everywhere(work)
    is_counted = service.is_counted(work, person_id)
    if not (where or everywhere) and is_counted:
        return []
    return blocks.for_person(where, everywhere=everywhere, is_counted=is_counted)


def for_admins(work: Work, person_id: str) -> list[Block]:
    if not is_admin(work, person_id):
        return []
    everywhere = counting.is_everywhere(work)
    return blocks.for_admin([row.channel_id for row in service.channels(work)], everywhere=everywhere)


def undelivered(work: Work, lost: Undelivered) -> None:
    if lost.key.startswith(BEGINS):
        service.not_told(work, lost.recipients[0])


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    not_me = counting.wants_no_counting(work, person_id=person_id)
    return {"you_are_not_counted": True} if not_me else {}


def forget_person(work: Work, person_id: str) -> None:
    counting.forget_person(work, person_id=person_id)


FEATURE = Feature(
    name="counting",
    listen=listeners.register,
    events=(listeners.EVENTS,),
    ticks=(
        Tick("look which public channels we are in", timedelta(minutes=10), channels.look_around, channels.is_due),
        Tick("write down who was in touch", timedelta(seconds=5), write_down, is_last_too=True),
    ),
    home={Page.SETTINGS: settings, Page.ADMIN: for_admins},
    export_person=export_person,
    forget_person=forget_person,
    undelivered=undelivered,
)
