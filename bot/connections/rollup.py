"""Rolls up old contact from days into months, so that the table grows with pairs and months only."""

import logging
from datetime import date, timedelta

from bot.core.work import Bot, Work
from storage.connections import contacts

logger = logging.getLogger(__name__)

KEPT_AS_DAYS = timedelta(days=180)
"""After two half-lives a quarter of the strength is left, so moving days within their month changes little."""
NUMBERS_AT_ONCE = 500


def roll_up_due(bot: Bot) -> None:
    """Roll up each whole month that is due, once, in batches of people so that no transaction holds others up."""
    with bot.look() as work:
        months = months_to_roll_up(work)
    for month in months:
        roll_up_month(bot, month)


def is_due(work: Work) -> bool:
    return bool(months_to_roll_up(work))


def months_to_roll_up(work: Work) -> list[date]:
    until = first_of_month(work.now.date() - KEPT_AS_DAYS)
    months = [first_of_month(contacts.rolled_up_before(work) or until)]
    while months[-1] < until:
        months.append(next_month(months[-1]))
    return months[:-1]


def roll_up_month(bot: Bot, month: date) -> None:
    with bot.look() as work:
        highest = contacts.highest_number(work)
    for start in range(1, highest + 1, NUMBERS_AT_ONCE):
        with bot.begin() as work:
            contacts.roll_up(
                work, month=month, next_month=next_month(month), numbers=range(start, start + NUMBERS_AT_ONCE)
            )
    with bot.begin() as work:
        contacts.mark_rolled_up(work, before=next_month(month))
    logger.info("a month of contact was folded", extra={"month": month.isoformat()})


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return first_of_month(month + timedelta(days=32))
