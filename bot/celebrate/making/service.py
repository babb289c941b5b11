"""Operations shared by shoutouts and wins: posting once, editing within a day, and handling failed delivery."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.celebrate import rules
from bot.celebrate.drawing import quoted
from bot.celebrate.making import blocks
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.texts import forms, posts
from bot.connections.service import record_contacts
from bot.core import keys
from bot.core.errors import FormError, NotForYou, UserError
from bot.core.events import MessageDelivered, MessageLost
from bot.core.mrkdwn import plain
from bot.core.parts import letters_in
from bot.core.work import Work
from storage.celebrations import celebrations, cheers
from storage.celebrations import settings as kept_settings
from storage.celebrations.celebrations import Celebration
from storage.kinds import CelebrationKind, CelebrationState, ContactKind, Deed, MessageKind, Part, Reach
from storage.people import people
from storage.people.people import Person

EDITABLE = timedelta(days=1)
MOST_PEOPLE, MOST_IN_GROUPS = 15, 50
MOST_A_DAY = 20
MOST_LETTERS = 10_100
"""Limit for the escaped text, in which some characters take five: one message, so that it can be edited."""
WORDS, CHANGE, PEOPLE, REACH, CHANNEL = (
    f"celebrate_{what}" for what in ("words", "change", "people", "reach", "channel")
)
"""Names of form fields, where errors are shown."""


@dataclass(frozen=True, slots=True)
class Done:
    """A celebration that was accepted, with the data for a confirmation."""

    celebration_id: int
    reach: Reach
    channel_id: str | None
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hinted:
    """Hints for a better text. Shown once per celebration."""

    notes: tuple[str, ...]


def author_of(work: Work, person_id: str) -> Person:
    person = people.get(work, person_id=person_id)
    if person is None or not person.is_active:
        raise NotForYou(forms.UNKNOWN_AUTHOR())
    return person


def checked(work: Work, draft: Draft, by: str) -> Draft:
    """Validate and normalize the text. Raises FormError."""
    words, change = plain(draft.words), plain(draft.change)
    if not words:
        raise FormError(WORDS, forms.EMPTY())
    for field, text in ((WORDS, words), (CHANGE, change)):
        if len(text) > rules.LONGEST:
            raise FormError(field, forms.TOO_LONG(count=len(text), limit=rules.LONGEST))
    if letters_in(quoted(words) + quoted(change)) > MOST_LETTERS:
        raise FormError(WORDS, forms.TOO_LONG_FOR_SLACK())
    since = work.now - timedelta(days=1)
    if celebrations.made_since(work, person_id=by, since=since) >= MOST_A_DAY:
        raise FormError(WORDS, forms.TOO_MANY_TODAY(count=MOST_A_DAY))
    named = people.get_many(work, person_ids=rules.mentioned(words) + rules.mentioned(change))
    words, change = (rules.without_strangers(text, named.keys()) for text in (words, change))
    return Draft(words, change, draft.people, draft.reach)


def check_people(work: Work, person_ids: Iterable[str]) -> Mapping[str, Person]:
    """Check that all people are here and active. Raises FormError with the reason."""
    wanted = list(person_ids)
    known = people.get_many(work, person_ids=wanted)
    strange = [one for one in wanted if one not in known]
    gone = [known[one].name for one in wanted if one in known and not known[one].is_active]
    if strange:
        raise FormError(PEOPLE, forms.NOT_COLLEAGUES())
    if gone:
        raise FormError(PEOPLE, forms.HAS_LEFT(name=gone[0]))
    return known


def check_number(named: int, in_groups: int) -> None:
    if named > MOST_PEOPLE:
        raise FormError(PEOPLE, forms.TOO_MANY_PEOPLE(count=named, limit=MOST_PEOPLE))
    if in_groups > MOST_IN_GROUPS:
        raise FormError(PEOPLE, forms.TOO_MANY_IN_GROUPS(count=in_groups, limit=MOST_IN_GROUPS))


def known_already(work: Work, origin: str) -> Done | None:
    row = celebrations.by_origin(work, origin=origin)
    return done(row) if row is not None else None


def done(row: Celebration) -> Done:
    return Done(row.id, row.reach, row.channel_id, tuple(row.those(Part.RECEIVER)))


def make(
    work: Work,
    kind: CelebrationKind,
    draft: Draft,
    frame: FormContext,
    *,
    by: str,
    origin: str,
    people_in_it: Iterable[tuple[str, Part, bool]],
) -> Done:
    """Store a validated celebration and send it."""
    settings = kept_settings.settings(work)
    row = Celebration(
        workspace_id=work.workspace_id,
        origin=origin,
        kind=kind,
        person_id=by,
        words=draft.words,
        change=draft.change,
        link=None if frame.is_from_a_private_place else frame.link,
        groups=[{"id": group} for group in frame.groups],
        reach=draft.reach,
        state=CelebrationState.OPEN,
        seconding_emoji=settings.seconding_emoji,
        made_at=work.now,
        channel_id=frame.channel_id if draft.reach is Reach.CHANNEL else None,
        attempt=1,
    )
    work.session.add(row)
    celebrations.put_people(work, row, people_in_it)
    if row.reach is not Reach.PRIVATE or kind is CelebrationKind.SHOUTOUT:
        named = [one.person_id for one in row.people if one.is_named]
        record_contacts(work, [(by, one, ContactKind.SHOUTOUT) for one in named])
    share(work, row)
    return done(row)


def share(work: Work, row: Celebration) -> None:
    if row.reach is Reach.CHANNEL and row.channel_id is not None:
        work.send(blocks.in_channel(row), to=row.channel_id, key=keys.celebration_post(row.id, row.attempt))
    elif row.reach is Reach.PRIVATE and row.kind is CelebrationKind.SHOUTOUT:
        # It is a colleague's message that Weft only delivers: no nudge, so no quota applies.
        for receiver in row.those(Part.RECEIVER):
            work.send(blocks.privately(row, receiver), to=receiver, key=keys.celebration_to(row.id, receiver))


# Editing and withdrawing


def own(work: Work, celebration_id: int, by: str) -> Celebration:
    """Return a celebration that the person may change. Raises UserError otherwise."""
    row = celebrations.celebration(work, celebration_id=celebration_id, lock=True)
    if row is None or row.state is CelebrationState.WITHDRAWN:
        raise UserError(posts.ALREADY_DELETED())
    if row.person_id != by:
        raise NotForYou(posts.NOT_YOURS())
    if not is_editable(work, row):
        raise UserError(posts.TOO_LATE_TO_EDIT())
    return row


def is_editable(work: Work, row: Celebration) -> bool:
    return row.state is CelebrationState.LOST or work.now < row.made_at + EDITABLE


def names_in(work: Work, *texts: str) -> dict[str, str]:
    """Return the names of the people mentioned in texts, by id."""
    return names_of(work, [person_id for text in texts for person_id in rules.mentioned(text)])


def names_of(work: Work, person_ids: Iterable[str]) -> dict[str, str]:
    known = people.get_many(work, person_ids=person_ids)
    return {person_id: person.name for person_id, person in known.items()}


def edit(work: Work, celebration_id: int, *, by: str, words: str, change: str) -> Done:
    row = own(work, celebration_id, by)
    names = names_in(work, row.words, row.change)
    words, change = rules.by_mention(words, names), rules.by_mention(change, names)
    draft = checked(work, Draft(words, change), by)
    row.words, row.change, row.edited_at = draft.words, draft.change, work.now
    if row.state is CelebrationState.LOST:
        row.state, row.attempt = CelebrationState.OPEN, row.attempt + 1
        share(work, row)
        return done(row)
    if row.reach is Reach.CHANNEL:
        work.change(keys.celebration_post(row.id, row.attempt), blocks.in_channel(row))
    for receiver in row.those(Part.RECEIVER) if row.reach is Reach.PRIVATE else ():
        work.change(keys.celebration_to(row.id, receiver), blocks.privately(row, receiver))
    return done(row)


def withdraw(work: Work, celebration_id: int, *, by: str) -> None:
    """Delete the messages and content. The row stays, so that its id and old buttons aren't reused for another."""
    row = own(work, celebration_id, by)
    work.remove(keys.celebration_post(row.id, row.attempt))
    for receiver in row.those(Part.RECEIVER):
        work.remove(keys.celebration_to(row.id, receiver))
    for one in row.people:
        work.remove(keys.celebration_told(row.id, one.person_id))
    drop(work, row)


def drop(work: Work, row: Celebration) -> None:
    cheers.drop(work, celebration_id=row.id)
    celebrations.put_people(work, row, [])
    row.state, row.words, row.change, row.link = CelebrationState.WITHDRAWN, "", "", None


# Delivery results


def delivered(work: Work, arrived: MessageDelivered) -> None:
    is_post = arrived.key.kind is MessageKind.CELEBRATION and arrived.key.part == 1
    row = find(work, arrived.key.subject_id or 0) if is_post else None
    if row is not None:
        row.channel_id, row.ts = arrived.channel, arrived.ts
        row.shared_at = row.shared_at or work.now  # Reported again if the healer keeps an older copy.
        row.reactions_read_at = work.now


def undelivered(work: Work, lost: MessageLost) -> None:
    """Return a failed text to its author."""
    is_ours = lost.key.kind in {MessageKind.CELEBRATION, MessageKind.CELEBRATION_PRIVATE} and lost.key.part == 1
    row = find(work, lost.key.subject_id or 0) if is_ours else None
    if row is None or row.state is not CelebrationState.OPEN:
        return
    if lost.is_post(MessageKind.CELEBRATION):
        row.state = CelebrationState.LOST
        work.send(blocks.not_posted(row, lost.error), to=row.person_id, key=lost.key.lost())
    elif lost.deed is Deed.CHANGE:
        work.send(blocks.not_changed(row, lost.error), to=row.person_id, key=lost.key.lost())
    elif lost.is_post(MessageKind.CELEBRATION_PRIVATE):
        work.send(blocks.not_brought(row, lost.recipients[0]), to=row.person_id, key=lost.key.lost())


def find(work: Work, celebration_id: int) -> Celebration | None:
    return celebrations.celebration(work, celebration_id=celebration_id)
