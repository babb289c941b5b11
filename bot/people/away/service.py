"""Setting for the out-of-office emoji."""

from collections.abc import Sequence

from bot.core.work import Work
from bot.people import service as people_service
from bot.people.away import rules
from bot.people.directory import check_admin, check_version
from storage.people import people, sources


def choose(work: Work, emoji: Sequence[str], *, by: str, seen: int) -> None:
    """Set the emoji; an empty list restores the defaults. Applies at once to people with such a status."""
    check_admin(work, by)
    directory = sources.lock_directory(work)
    chosen = list(emoji) if emoji and list(emoji) != list(rules.USUAL) else None
    if chosen == directory.away_emoji:
        return
    check_version(directory, seen)
    directory.away_emoji = chosen
    directory.version += 1
    work.session.flush()
    people.mark_away(work, emoji=people_service.away_emoji(work))
