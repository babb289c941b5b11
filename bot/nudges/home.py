"""The settings of nudges on Home's Settings page."""

from collections.abc import Mapping
from datetime import datetime, time

from bot.core.blocks import actions, button, context, header, section
from bot.core.calendar import at_wall_time, zone_or_utc
from bot.core.lists import listed
from bot.core.message import Block
from bot.core.mrkdwn import TIME, Mrkdwn, moment
from bot.core.nudge import NudgeKind
from bot.core.work import Work
from bot.nudges import blocks, service, texts
from bot.nudges.forms import WORKING_DAYS, Wishes
from storage.people import people


def on_settings(kinds: Mapping[str, NudgeKind], work: Work, person_id: str) -> list[Block]:
    person = people.get(work, person_id=person_id)
    zone = person.zone if person else "UTC"
    return drawn(kinds, service.wishes_of(work, person_id, kinds), work.now, zone) if kinds else []


def drawn(kinds: Mapping[str, NudgeKind], wishes: Wishes, now: datetime, zone: str) -> list[Block]:
    heading = header(texts.SUGGESTIONS())
    if wishes.is_off:
        on = button(texts.TURN_ON(), blocks.ALL_ON, style="primary")
        return [heading, section(texts.ALL_OFF()), actions(on)]
    ways = [button(texts.CHANGE(), blocks.OPEN_SETTINGS)]
    if wishes.stopped & kinds.keys():
        ways.append(button(texts.TURN_BACK_ON(), blocks.BRING_BACK))
    return [
        heading,
        context(texts.PROMISE()),
        section("\n".join(line(kind, wishes) for kind in kinds.values())),
        context(times(wishes, now, zone)),
        actions(*ways, button(texts.TURN_ALL_OFF(), blocks.ALL_OFF)),
    ]


def line(kind: NudgeKind, wishes: Wishes) -> str:
    if kind.name in wishes.stopped:
        return texts.TYPE_PAUSED(label=kind.label)
    return (texts.TYPE_ON if kind.name in wishes.on else texts.TYPE_OFF)(label=kind.label)


def times(wishes: Wishes, now: datetime, zone: str) -> str:
    named = listed([texts.DAYS_OF_WEEK[int(day)]() for day in wishes.days])
    days = texts.ON_WEEKDAYS() if wishes.days == WORKING_DAYS else texts.ON_DAYS(days=named)
    start, end = clock_time(wishes.from_hour, now, zone), clock_time(wishes.until_hour, now, zone)
    if start and end:
        return texts.HOURS_BETWEEN(days=days, start=start, end=end)
    if start:
        return texts.HOURS_FROM(days=days, start=start)
    return texts.HOURS_UNTIL(days=days, end=end) if end else texts.HOURS(days=days)


def clock_time(hour: int | None, now: datetime, zone: str) -> Mrkdwn | None:
    """Return an hour of the person's day as they read it, with 12 or 24 hours. None if they chose none."""
    if hour is None:
        return None
    place = zone_or_utc(zone)
    return moment(at_wall_time(now.astimezone(place).date(), time(hour), place), zone, TIME)
