"""Admin checks and optimistic locking for workspace-wide settings about people."""

from bot.core.errors import NotForYou, UserError
from bot.core.work import Work
from bot.people import texts
from bot.people.service import is_admin
from storage.people import sources


def check_admin(work: Work, person_id: str) -> None:
    if not is_admin(work, person_id):
        raise NotForYou(texts.ADMINS_ONLY())


def version(work: Work) -> int:
    """Return the settings' version. Forms carry it, so that a concurrent change by another admin is detected."""
    return sources.directory(work).version


def check_version(directory: sources.Directory, seen: int) -> None:
    if directory.version != seen:
        raise UserError(texts.CHANGED_MEANWHILE())
