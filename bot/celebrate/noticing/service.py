"""Offers of a shoutout to people who react with the celebrate emoji."""

from bot.celebrate.cheers.rules import emoji_of
from bot.celebrate.noticing.rules import may_be_offered
from bot.core.work import Work
from storage.celebrations import settings as kept
from storage.people import people


def is_the_emoji(work: Work, reaction: str) -> bool:
    return emoji_of(reaction) == kept.settings(work).celebrate_emoji


def offer(work: Work, *, to: str, author: str) -> bool:
    """Return whether to offer a shoutout now. Starts the cooldown, so a repeated event doesn't offer twice."""
    known = people.get_many(work, person_ids=[to, author])
    if to == author or len(known) < 2 or not all(person.is_active for person in known.values()):
        return False
    choices = kept.choices(work, person_id=to)
    if not choices.is_offered_shoutouts or not may_be_offered(choices.offered_at, work.now):
        return False
    choices.offered_at = work.now
    kept.save_choices(work, choices)
    return True


def never_again(work: Work, person_id: str) -> None:
    choices = kept.choices(work, person_id=person_id)
    choices.is_offered_shoutouts = False
    kept.save_choices(work, choices)
