"""Counting contact in public channels: enabled by an admin, with an opt-out for each person."""

from datetime import timedelta
from typing import Any

from bot.core.clients import ReadingClient
from bot.core.events import MessageLost
from bot.core.feature import Feature, PersonalData, Section, Tick
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.counting import blocks, channels, listeners, service
from bot.counting.tally import tally_of
from bot.people.service import is_admin
from storage import counting
from storage.kinds import MessageKind


def write_down(bot: Bot, _client: ReadingClient) -> None:
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


def forget_notice(work: Work, lost: MessageLost) -> None:
    if lost.key.kind is MessageKind.COUNTING_BEGINS:
        service.handle_lost_notice(work, lost.recipients[0])


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    not_me = counting.has_opted_out(work, person_id=person_id)
    return {"you_are_not_counted": True} if not_me else {}


def forget_person(work: Work, person_id: str) -> None:
    counting.forget_person(work, person_id=person_id)


FEATURE = Feature(
    name="counting",
    listen=listeners.register,
    slack_events=(listeners.EVENTS,),
    handlers=(MessageLost.on(forget_notice),),
    ticks=(
        Tick("look which public channels we are in", timedelta(minutes=10), channels.look_around, channels.is_due),
        Tick("write down who was in touch", timedelta(seconds=5), write_down, is_last_too=True),
    ),
    home=(Section(Page.SETTINGS, settings), Section(Page.ADMIN, for_admins)),
    personal_data=PersonalData(export_person, forget_person),
)
