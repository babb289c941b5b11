"""Sharing of wins."""

from bot.celebrate.making import service as making
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.service import PEOPLE, Done, Hinted
from bot.celebrate.rules import once
from bot.celebrate.texts import forms as texts
from bot.celebrate.wins import rules
from bot.core.errors import FormError
from bot.core.work import Work
from storage.celebrations import celebrations
from storage.celebrations import settings as kept_settings
from storage.kinds import CelebrationKind, Part, Reach


def share(work: Work, draft: Draft, frame: FormContext, *, by: str, origin: str) -> Done | Hinted:
    """Share a win, or return hints if there are new ones. Raises FormError if it is invalid."""
    if (known := making.known_already(work, origin)) is not None:
        return known
    ready = weigh(work, draft, frame, by)
    if isinstance(ready, Hinted):
        return ready
    kept, helpers = ready
    timed = Draft(kept.words, kept.change, kept.people, reach_for(work, kept.reach, by))
    people_in_it = [(one, Part.HELPER, True) for one in helpers]
    return making.make(work, CelebrationKind.WIN, timed, frame, by=by, origin=origin, people_in_it=people_in_it)


def look_over(work: Work, draft: Draft, frame: FormContext, *, by: str, origin: str) -> Hinted | None:
    """Return the hints, or raise the errors, of `share` without posting."""
    ready = weigh(work, draft, frame, by) if making.known_already(work, origin) is None else None
    return ready if isinstance(ready, Hinted) else None


def weigh(work: Work, draft: Draft, frame: FormContext, by: str) -> tuple[Draft, tuple[str, ...]] | Hinted:
    """Validate a win. Returns the normalized draft and the ids of helpers."""
    making.author_of(work, by)
    kept = making.checked(work, draft, by)
    helpers = once(list(draft.people))
    if by in helpers:
        raise FormError(PEOPLE, texts.YOUR_WIN_ALREADY())
    making.check_number(len(helpers), 0)
    making.check_people(work, helpers)
    if not frame.is_hinted and (notes := rules.hints(kept.words, names_helpers=bool(helpers))):
        return Hinted(tuple(notes))
    return kept, helpers


def reach_for(work: Work, wanted: Reach, by: str) -> Reach:
    """Return the audience: one public win a week, further ones in the digest, or private without a digest."""
    shared = celebrations.wins_in_public(work, person_id=by, since=work.now - rules.A_WEEK)
    if wanted is not Reach.CHANNEL or not shared:
        return wanted
    settings = kept_settings.settings(work)
    return Reach.DIGEST if settings.has_digest and settings.channel_id is not None else Reach.PRIVATE
