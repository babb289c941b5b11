"""Posting of shoutouts."""

from bot.celebrate.making import service as making
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.service import PEOPLE, Done, Hinted
from bot.celebrate.rules import once
from bot.celebrate.shoutouts import rules
from bot.celebrate.texts import forms as texts
from bot.core.errors import FormError
from bot.core.work import Work
from storage.celebrations import celebrations
from storage.kinds import CelebrationKind, Part, Reach
from storage.people import people


def give(work: Work, draft: Draft, frame: FormContext, *, by: str, origin: str) -> Done | Hinted:
    """Post a shoutout, or return hints if there are new ones. Raises FormError if it is invalid."""
    if (known := making.known_already(work, origin)) is not None:
        return known
    ready = weigh(work, draft, frame, by)
    if isinstance(ready, Hinted):
        return ready
    kept, receivers = ready
    return making.make(work, CelebrationKind.SHOUTOUT, kept, frame, by=by, origin=origin, people_in_it=receivers)


def look_over(work: Work, draft: Draft, frame: FormContext, *, by: str, origin: str) -> Hinted | None:
    """Return the hints, or raise the errors, of `give` without posting."""
    ready = weigh(work, draft, frame, by) if making.known_already(work, origin) is None else None
    return ready if isinstance(ready, Hinted) else None


def weigh(work: Work, draft: Draft, frame: FormContext, by: str) -> tuple[Draft, list[tuple[str, Part, bool]]] | Hinted:
    """Validate a shoutout. Returns the normalized draft and its receivers: id, part, and whether named individually."""
    making.author_of(work, by)
    kept = making.checked(work, draft, by)
    named = once(list(draft.people))
    check_receivers(work, named, frame, by)
    members = active_members(work, frame, by)
    if frame.groups and not members and not named:
        raise FormError(PEOPLE, texts.NO_ONE_IN_GROUP())
    if kept.reach is Reach.PRIVATE and not named and not members:
        raise FormError(PEOPLE, texts.NO_RECEIVER())
    receivers = [*((one, Part.RECEIVER, True) for one in named), *((one, Part.RECEIVER, False) for one in members)]
    if not frame.is_hinted and (notes := hints(work, kept, [one for one, _, _ in receivers], named, by)):
        return Hinted(tuple(notes))
    return kept, receivers


def check_receivers(work: Work, named: tuple[str, ...], frame: FormContext, by: str) -> None:
    if by in named:
        raise FormError(PEOPLE, texts.NO_SHOUTOUT_FOR_YOURSELF())
    making.check_number(len(named), len(frame.members))
    making.check_people(work, named)


def active_members(work: Work, frame: FormContext, by: str) -> list[str]:
    """Return the groups' members who can be thanked: no bots, no one who left, and not the author."""
    known = people.get_many(work, person_ids=frame.members)
    return [one for one in frame.members if one in known and known[one].is_active and one != by]


def hints(work: Work, draft: Draft, receivers: list[str], named: tuple[str, ...], by: str) -> list[str]:
    thanked = celebrations.thanked_since(work, person_id=by, since=work.now - rules.LOOK_BACK)
    is_often = len(receivers) == 1 and not {*named}.isdisjoint(rules.thanked_often(thanked))
    return rules.hints(draft.words, names_people=bool(receivers), is_often=is_often)
