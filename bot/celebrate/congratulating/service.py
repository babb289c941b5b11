"""Invites a few people who have met the celebrated ones to congratulate them in the thread."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.celebrate import rules as words_rules
from bot.celebrate.congratulating import blocks, forms, rules
from bot.celebrate.making.service import author_of
from bot.celebrate.texts import suggestions as texts
from bot.celebrate.texts.forms import TOO_LONG
from bot.connections.service import record_contacts
from bot.core import keys
from bot.core.errors import FormError, UserError
from bot.core.events import MessageLost
from bot.core.mrkdwn import plain
from bot.core.nudge import Suggestion
from bot.core.work import Bot, Work
from storage.celebrations import celebrations, cheers, congratulations
from storage.celebrations.celebrations import Celebration
from storage.celebrations.congratulations import Congratulator
from storage.connections import connections
from storage.kinds import CelebrationState, ContactKind, MessageKind, Reach
from storage.outbox import outbox
from storage.people import people

AT_ONCE = 50


def choose_when_shared(bot: Bot) -> None:
    """Invite people for each new celebration, once, so that never more than a few are asked."""
    with bot.begin() as work:
        for row in new_ones(work)[:AT_ONCE]:
            choose(work, row)


def is_any_new(work: Work) -> bool:
    return bool(new_ones(work))


def new_ones(work: Work) -> list[Celebration]:
    there = celebrations.in_channels(work, since=work.now - rules.FRESH)
    return [row for row in there if row.invited_at is None]


def choose(work: Work, row: Celebration) -> None:
    row.invited_at = work.now
    met = days_met(work, row)
    here = people.get_many(work, person_ids=met)
    active = {one: days for one, days in met.items() if one in here and here[one].is_active}
    for person_id in rules.closest({one: [day for _, day in days] for one, days in active.items()}):
        other_id, met_on = max(active[person_id], key=lambda one: one[1])
        congratulations.invite(work, row, person_id, other_id=other_id, met_on=met_on)


def days_met(work: Work, row: Celebration) -> dict[str, list[tuple[str, date]]]:
    """Return (celebrated person, date) of meetings by person id. People involved in the celebration are left out."""
    met: dict[str, list[tuple[str, date]]] = {}
    for other_id in row.celebrated:
        for meeting in connections.meetings_of(work, person_id=other_id):
            for seat in meeting.seats:
                if seat.person_id not in row.everyone:
                    met.setdefault(seat.person_id, []).append((other_id, meeting.met_on))
    return met


# Nudges


def suggest(work: Work, person_ids: Sequence[str]) -> Iterable[Suggestion]:
    """Suggest congratulating, except to people who have already endorsed the celebration with a reaction."""
    open_ones = congratulations.open_invitations(work, person_ids=person_ids, since=work.now - rules.FRESH)
    seconders = cheers.seconders_of(work, celebration_ids={row.id for _, row in open_ones})
    for invited, row in open_ones:
        if invited.person_id not in {one.person_id for one in seconders.get(row.id, ())}:
            yield suggestion(work, invited, row)


def suggestion(work: Work, invited: Congratulator, row: Celebration) -> Suggestion:
    other_id, met_on = invited.other_id or "", invited.met_on or work.now.date()
    met = [day for one, day in days_met(work, row).get(invited.person_id, ()) if one == other_id]
    return Suggestion(
        person_id=invited.person_id,
        about=f"celebration:{row.id}",
        why=blocks.why(row, other_id, met_on, work.now.date()),
        step=texts.SAY_CONGRATS(),
        action=blocks.congratulate(row),
        value=rules.worth(len(met)),
        until=(row.shared_at or work.now) + rules.FRESH,
    )


# Congratulation


def open_for(work: Work, celebration_id: int, by: str) -> Celebration:
    """Return a celebration that the person may still congratulate on. Raises UserError otherwise."""
    author_of(work, by)
    row = celebrations.celebration(work, celebration_id=celebration_id)
    if row is None or row.state is not CelebrationState.OPEN or row.reach is not Reach.CHANNEL or row.ts is None:
        raise UserError(texts.POST_DELETED())
    known = congratulations.congratulator(work, celebration_id=row.id, person_id=by)
    if known is not None and known.wrote_at is not None:
        raise UserError(texts.SAID_ALREADY())
    return row


def congratulate(work: Work, celebration_id: int, *, by: str, words: str) -> Celebration:
    """Post a congratulation to the thread in the person's name, once per person."""
    said = plain(words)
    if not said:
        raise FormError(forms.WORDS, texts.EMPTY())
    if len(said) > words_rules.LONGEST:
        raise FormError(forms.WORDS, TOO_LONG(count=len(said), limit=words_rules.LONGEST))
    row = open_for(work, celebration_id, by)
    congratulations.mark_written(work, row, by)
    record_contacts(work, [(by, one, ContactKind.CONGRATULATION) for one in row.celebrated])
    work.send(
        blocks.says(by, words_rules.without_strangers(said, ())),
        to=row.channel_id or "",
        key=keys.congratulation(row.id, by),
        thread_ts=row.ts,
    )
    return row


def undelivered(work: Work, lost: MessageLost) -> None:
    """Return the text of a failed congratulation to its author, who may try again."""
    if not lost.is_post(MessageKind.CONGRATULATION):
        return
    row = celebrations.celebration(work, celebration_id=lost.key.subject_id or 0)
    said = outbox.message(work, key=lost.key)
    for author in congratulations.authors(work, celebration_id=row.id) if row is not None else ():
        if row is not None and said is not None and keys.congratulation(row.id, author) == lost.key:
            work.send(blocks.not_posted(row, said.blocks, lost.error), to=author, key=lost.key.lost())
