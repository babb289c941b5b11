"""Learnings from a coffee, shared only if all people who were there agree."""

import re
from datetime import timedelta
from typing import Any

from bot.coffee.matches.learned import blocks, forms
from bot.coffee.texts import learned as texts
from bot.coffee.texts.matches import NOT_YOURS
from bot.core import keys
from bot.core.errors import FormError, NotForYou, UserError
from bot.core.events import MeetingRecorded, MessageLost
from bot.core.mrkdwn import mention
from bot.core.work import Work
from bot.people.hours import hours_of
from storage import now
from storage.connections import connections, learned
from storage.connections.learned import Consent, Learned
from storage.kinds import Importance, MessageKind
from storage.people import people
from storage.people.people import Person
from storage.programs import programs
from storage.programs.programs import Program
from storage.rounds import rounds

LAPSES_AFTER = timedelta(days=7)
ORIGIN = re.compile(r"(match|now):(\d{1,18})", re.ASCII)
"""Origins of coffees with something to share: a match of a round, or a coffee now."""


def offer(work: Work, met: MeetingRecorded) -> list[dict[str, Any]]:
    return [blocks.share_button(met.origin)] if ORIGIN.fullmatch(met.origin) else []


def origin_of(told: str) -> str:
    """Return the origin in a button's or form's value. Older versions stored the number of a match only."""
    origin = f"match:{told}" if told.isdecimal() else told
    if not ORIGIN.fullmatch(origin):
        raise UserError(texts.CANT_SHARE())
    return origin


def check_may_share(work: Work, origin: str, by: str) -> None:
    """Check that the coffee took place, that the person was there and has not written a line yet."""
    there = connections.people_in(work, origin=origin)
    if not there:
        raise UserError(texts.SAY_FIRST())
    if by not in there:
        raise NotForYou(NOT_YOURS())
    if learned.of_meeting(work, origin=origin, person_id=by) is not None:
        raise UserError(texts.ONE_IS_PLENTY())


def request_consent(work: Work, origin: str, *, by: str, words: str) -> tuple[Program, list[str]]:
    """Save a line and ask the others for consent, in private. Returns the program and who was asked."""
    try:
        check_may_share(work, origin, by)
        program = program_of(work, origin)
    except UserError as problem:
        raise FormError(forms.LINE, str(problem)) from problem
    partners = partners_here(work, origin, by)
    if not partners:
        raise FormError(forms.LINE, texts.PARTNER_LEFT())
    row = Learned(
        workspace_id=work.workspace_id,
        program_id=program.id,
        origin=origin,
        person_id=by,
        words=words,
        written_at=work.now,
    )
    row.consents = [Consent(workspace_id=work.workspace_id, person_id=one.person_id) for one in partners]
    work.session.add(row)
    work.session.flush()
    for one in partners:
        ask(work, program, row, one)
    return program, [one.person_id for one in partners]


def program_of(work: Work, origin: str) -> Program:
    """Return the program of the coffee."""
    kind, _, number = origin.partition(":")
    if kind == "match":
        match = rounds.match(work, match_id=int(number))
        program = match.round.program if match is not None else None
    else:
        request = now.request(work, request_id=int(number))
        program_id = request.program_id if request is not None else 0
        program = programs.program(work, program_id=program_id)
    if program is None:
        raise UserError(texts.CANT_SHARE())
    return program


def partners_here(work: Work, origin: str, by: str) -> list[Person]:
    """Return the other people of the coffee who are active."""
    there = connections.people_in(work, origin=origin) - {by}
    known = people.get_many(work, person_ids=sorted(there))
    return [person for person in known.values() if person.is_active]


def ask(work: Work, program: Program, row: Learned, person: Person) -> None:
    work.send(
        blocks.asked(program, row.id, row.person_id, row.words, is_pair=len(row.consents) == 1),
        to=person.person_id,
        key=keys.learned_asked(row.id, person.person_id),
        at=hours_of(person).next_moment(work.now),
        importance=Importance.ANSWER,
        until=work.now + LAPSES_AFTER,
    )


def answer(work: Work, learned_id: int, *, by: str, agrees: bool) -> str:
    """Record consent or refusal; the last consent shares it. A refusal can't be told from no answer."""
    row = learned.learned(work, learned_id=learned_id)
    mine = [consent for consent in row.consents if consent.person_id == by] if row is not None else []
    if row is None or not mine:
        raise UserError(texts.CANT_SHARE())
    if row.shared_at is not None:
        return texts.ALREADY_SHARED()
    if work.now - row.written_at > LAPSES_AFTER and agrees:
        raise UserError(texts.TOO_LATE())
    mine[0].agrees, mine[0].answered_at = agrees, work.now
    if all(consent.agrees for consent in row.consents):
        share(work, row)
    if not agrees:
        return texts.DISAGREED(author=mention(row.person_id))
    return texts.AGREED() if row.shared_at is None else texts.AGREED_LAST()


def share(work: Work, row: Learned) -> None:
    program = programs.program(work, program_id=row.program_id)
    if program is None:
        raise UserError(texts.CANT_SHARE())
    row.shared_at = work.now
    partners = [consent.person_id for consent in row.consents]
    shown = blocks.shared(row.person_id, partners, row.words)
    work.send(shown, to=program.channel_id, key=keys.learned_line(row.id))


def undelivered(work: Work, lost: MessageLost) -> None:
    """Return the line to its author. The others only agreed to it."""
    is_line = lost.is_post(MessageKind.LEARNED_LINE)
    row = learned.learned(work, learned_id=lost.key.subject_id or 0) if is_line else None
    if row is not None:
        message = blocks.not_shared(lost.recipients[0], row.words, lost.error)
        work.send(message, to=row.person_id, key=lost.key.lost())
