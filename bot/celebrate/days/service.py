"""Telling the channel of somebody's day, once a day and only if there is one."""

from datetime import date

from bot.celebrate.days import blocks, rules
from bot.celebrate.days.blocks import Day
from bot.celebrate.days.forms import Wanted
from bot.core.calendar import zone_or_utc
from bot.core.work import Bot, Work
from storage import celebration_settings as kept
from storage import people
from storage.celebration_settings import CelebrationSettings


def is_due(work: Work) -> bool:
    return day_due(work, kept.settings(work.session, workspace_id=work.workspace_id)) is not None


def tell_when_due(bot: Bot) -> None:
    with bot.begin() as work:
        settings = kept.settings(work.session, workspace_id=work.workspace_id)
        today = day_due(work, settings)
        if today is not None:
            tell(work, settings, today)


def day_due(work: Work, settings: CelebrationSettings) -> date | None:
    """Today, if its hour has come and it was not told yet. A day on which Weft did not run is over."""
    if settings.channel_id is None or not settings.has_days:
        return None
    now = work.now.astimezone(zone_or_utc(settings.zone))
    is_told = settings.days_done_on is not None and settings.days_done_on >= now.date()
    return None if is_told or now.time() < rules.SAID_AT else now.date()


def tell(work: Work, settings: CelebrationSettings, today: date) -> None:
    settings.days_done_on = today
    days = [day for when in rules.days_to_tell(today) for day in days_on(work, when)]
    if days and settings.channel_id is not None:
        work.send(blocks.days(days, today), to=settings.channel_id, key=f"days:{today:%Y%m%d}")


def days_on(work: Work, when: date) -> list[Day]:
    here = {one.person_id: one for one in people.active(work.session, workspace_id=work.workspace_id)}
    wants = kept.choices_of(work.session, workspace_id=work.workspace_id, person_ids=here)
    days = []
    for person_id, person in here.items():
        years = rules.years_here(person.started_on, when) if person.started_on is not None else None
        shows = person_id not in wants or wants[person_id].shows_anniversary
        if years is not None and shows:
            days.append(Day(person_id, when, years))
    born = [(one, row.birth_month, row.birth_day) for one, row in wants.items() if row.birth_month and row.birth_day]
    return days + [Day(person_id, when, None) for person_id in rules.birthdays(born, when)]


def choose(work: Work, person_id: str, wanted: Wanted) -> None:
    choices = kept.choices(work.session, workspace_id=work.workspace_id, person_id=person_id)
    choices.shows_anniversary = wanted.shows_anniversary
    choices.birth_month, choices.birth_day = wanted.birthday or (None, None)
    choices.hears_of_secondings, choices.is_offered_shoutouts = wanted.hears_of_secondings, wanted.is_offered_shoutouts
    kept.keep_choices(work.session, choices)
