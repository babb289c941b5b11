"""Daily announcement of people's days in the channel, if there are any."""

from datetime import UTC, date, datetime

from bot.celebrate.days import blocks, rules
from bot.celebrate.days.blocks import Day
from bot.celebrate.days.forms import Wanted
from bot.celebrate.waiting import can_post, unused
from bot.core import keys
from bot.core.calendar import zone_or_utc
from bot.core.events import MessageDelivered
from bot.core.work import Bot, Work
from storage.celebrations import settings as kept
from storage.celebrations.settings import CelebrationSettings
from storage.kinds import MessageKind
from storage.outbox import outbox
from storage.people import people


def is_due(work: Work) -> bool:
    return day_due(work, kept.settings(work)) is not None


def notify_when_due(bot: Bot) -> None:
    with bot.begin() as work:
        settings = kept.settings(work)
        today = day_due(work, settings)
        if today is not None:
            tell(work, settings, today)


def day_due(work: Work, settings: CelebrationSettings) -> date | None:
    """Return today if the announcement is due, otherwise None."""
    if not can_post(settings) or not settings.has_days or outbox.is_pending(work, MessageKind.DAYS):
        return None
    now = work.now.astimezone(zone_or_utc(settings.zone))
    is_told = settings.days_done_on is not None and settings.days_done_on >= now.date()
    is_too_early = now.time() < rules.SAID_AT or not rules.is_told_on(now.date())
    return None if is_told or is_too_early else now.date()


def tell(work: Work, settings: CelebrationSettings, today: date) -> None:
    days = [day for when in rules.days_to_tell(today, settings.days_done_on) for day in days_on(work, when)]
    if not days:
        settings.days_done_on = today
    elif settings.channel_id is not None:
        key = unused(work, keys.days(today))
        work.send(blocks.days(days, today), to=settings.channel_id, key=key)


def delivered(work: Work, arrived: MessageDelivered) -> None:
    """Mark the announcement as done on delivery: after a failure it is composed again and made up for."""
    if arrived.key.kind is MessageKind.DAYS and not outbox.is_pending(work, MessageKind.DAYS):
        settings = kept.settings(work)
        settings.days_done_on = datetime.strptime(str(arrived.key.subject_id), "%Y%m%d").replace(tzinfo=UTC).date()


def days_on(work: Work, when: date) -> list[Day]:
    here = {one.person_id: one for one in people.active(work)}
    wants = kept.choices_of(work, person_ids=here)
    days = []
    for person_id, person in here.items():
        years = rules.years_here(person.started_on, when) if person.started_on is not None else None
        shows = person_id not in wants or wants[person_id].shows_anniversary
        if years is not None and shows:
            days.append(Day(person_id, when, years))
    born = [(one, row.birth_month, row.birth_day) for one, row in wants.items() if row.birth_month and row.birth_day]
    return days + [Day(person_id, when, None) for person_id in rules.birthdays(born, when)]


def choose(work: Work, person_id: str, wanted: Wanted) -> None:
    choices = kept.choices(work, person_id=person_id)
    choices.shows_anniversary = wanted.shows_anniversary
    choices.birth_month, choices.birth_day = wanted.birthday or (None, None)
    choices.hears_of_secondings = wanted.hears_of_secondings
    choices.hears_of_thanks_elsewhere = wanted.hears_of_thanks_elsewhere
    choices.is_offered_shoutouts = wanted.is_offered_shoutouts
    kept.save_choices(work, choices)
