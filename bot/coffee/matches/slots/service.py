"""Offering times for a match, and agreeing on one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.coffee.activity import inactivity
from bot.coffee.matches.slots import blocks, rules
from bot.coffee.texts import slots as texts
from bot.coffee.texts.matches import NOT_YOURS
from bot.core import keys
from bot.core.errors import NotForYou, UserError
from bot.core.message import File
from bot.core.mrkdwn import moment
from bot.core.work import Work
from bot.people.hours import hours_of
from storage.kinds import Importance, MatchState, MessageKind
from storage.people import people
from storage.people.people import Person
from storage.programs.programs import Program
from storage.rounds import rounds, slots
from storage.rounds.rounds import Match
from storage.rounds.slots import Slot


def offer(work: Work, match: Match, sitting: Sequence[Person], *, since: datetime) -> list[tuple[int, datetime]]:
    """Offer new times to these people, replacing earlier ones; none if they have agreed on one."""
    hours, minutes = [hours_of(person) for person in sitting], match.round.program.minutes
    starts = (
        rules.three_slots(hours, since, length=timedelta(minutes=minutes), before=match.round.ends_at)
        if match.agreed_at is None
        else ()
    )
    offered = slots.offer(work, match_id=match.id, starts=starts, minutes=minutes)
    return [(slot.id, slot.starts_at) for slot in offered]


def minutes_of(work: Work, match: Match) -> int:
    """Return the length of the meeting as agreed, even if the program's has changed since."""
    if match.agreed_at is not None:
        agreed = slots.minutes_of(work, match_id=match.id, starts_at=match.agreed_at)
        return agreed or match.round.program.minutes
    return match.round.program.minutes


def share_time(work: Work, match: Match, sitting: Sequence[Person]) -> bool:
    """Return whether their working hours share enough time in the coming week."""
    length = timedelta(minutes=match.round.program.minutes)
    return rules.share_enough([hours_of(person) for person in sitting], work.now, length)


def choose(work: Work, slot_id: int, *, by: str) -> str:
    """Record that a time works for this person. If it works for all, it is agreed; the first such time wins."""
    # Locks the match before choices are read, so that of two concurrent last choices one comes second.
    match, slot = find_match_of(work, slot_id, by)
    everyone = [seat.person_id for seat in match.seats]
    if match.agreed_at is not None:
        return texts.ALREADY_AGREED(when=moment(match.agreed_at, match.round.program.zone))
    if slot.is_offered and all(at <= work.now for at in slots.starts_of(work, match_id=match.id, offered=True)):
        return texts.PASSED_SENT_NEW_TIMES() if offer_others(work, match) else texts.PASSED_NO_OTHER_TIME()
    check_open(work, slot)
    slots.add_choice(work, chosen=slot, person_id=by)
    work.take_back(keys.bump(match.round_id, match.id))
    inactivity.answered(work, match.round.program, [by])
    waiting_for = [one for one in everyone if one not in slots.people_by_slot(work, slot_id=slot_id)]
    if waiting_for:
        return blocks.chosen(waiting_for)
    agree(work, match, slot)
    return texts.AGREED()


def offer_again(work: Work, slot_id: int, *, by: str) -> str:
    """Offer new times to all of them, replacing those offered or agreed on."""
    match, slot = find_match_of(work, slot_id, by)
    check_newest(match, slot)
    return texts.SENT_NEW_TIMES() if offer_others(work, match) else texts.NO_OTHER_TIME()


def offer_others(work: Work, match: Match) -> bool:
    """Return whether there were other times to offer."""
    sitting = people_of(work, match)
    hours, minutes = [hours_of(person) for person in sitting], match.round.program.minutes
    before = slots.starts_of(work, match_id=match.id)
    length, ends_at = timedelta(minutes=minutes), match.round.ends_at
    starts = rules.three_slots(hours, work.now, length=length, before=ends_at, besides=before)
    if not starts:
        return False
    call_time_off(work, match)
    offered = slots.offer(work, match_id=match.id, starts=starts, minutes=minutes)
    message = blocks.new_times(match.round.program, sitting, [(one.id, one.starts_at) for one in offered])
    key = keys.new_times(match.round_id, match.id, offered[0].id)
    ids = [person.person_id for person in sitting]
    work.send(message, to=ids, key=key, importance=Importance.ANSWER, until=match.round.ends_at)
    return True


def cancel(work: Work, slot_id: int, *, by: str) -> str:
    match, slot = find_match_of(work, slot_id, by)
    check_newest(match, slot)
    if match.agreed_at is None or match.agreed_at <= work.now:
        return texts.NOTHING_TO_CANCEL()
    call_time_off(work, match)
    return texts.CANCELED()


def call_time_off(work: Work, match: Match) -> None:
    """Cancel the agreed time. If it was still ahead, all are told, with a file that removes it from calendars."""
    at, sitting = match.agreed_at, people_of(work, match)
    work.take_back(keys.bump(match.round_id, match.id))
    if at is None:
        return
    minutes = minutes_of(work, match)
    match.agreed_at = None
    slots.delete_choices(work, match_id=match.id, starts_at=at)  # One more press of one of them is no agreement.
    work.take_back_about(MessageKind.TIME_AGREED, subject_id=match.id)
    if at <= work.now:
        return
    program = match.round.program
    content = entry(work, match, sitting, at, minutes, is_canceled=True)
    work.send(
        blocks.canceled(program, at),
        to=[person.person_id for person in sitting],
        key=keys.time_canceled(match.round_id, match.id, at, work.now),
        importance=Importance.ANSWER,
        until=at,
        file=File("coffee.ics", content, title=blocks.title(program, sitting)),
    )


def find_match_of(work: Work, slot_id: int, by: str) -> tuple[Match, Slot]:
    """Return the slot's match, locked, and the slot. Raises unless the person is in it and may still choose."""
    match_id = slots.match_of_slot(work, slot_id=slot_id)
    match = rounds.match(work, match_id=match_id) if match_id else None
    if match is None:
        raise UserError(texts.TIME_UNKNOWN())
    if match.state is not MatchState.CALLED_OFF and by not in [seat.person_id for seat in match.seats]:
        raise NotForYou(NOT_YOURS())
    check_waiting(match)
    return match, slots.slot(work, slot_id=slot_id)


def people_of(work: Work, match: Match) -> list[Person]:
    ids = [seat.person_id for seat in match.seats]
    known = people.get_many(work, person_ids=ids)
    return [known[person_id] for person_id in ids if person_id in known]


def agreed_at(work: Work, slot_id: int) -> tuple[Program, datetime] | None:
    """Return the program and the time agreed on in this slot's match, by this slot or another."""
    match_id = slots.match_of_slot(work, slot_id=slot_id)
    match = rounds.match(work, match_id=match_id) if match_id else None
    if match is None or match.agreed_at is None or match.state is not MatchState.PLANNED:
        return None
    return match.round.program, match.agreed_at


def check_newest(match: Match, slot: Slot) -> None:
    """Check that the times above the button were not replaced by newer ones."""
    if not slot.is_offered and match.agreed_at != slot.starts_at:
        raise UserError(texts.TIMES_CHANGED())


def check_waiting(match: Match) -> None:
    if match.state is MatchState.CALLED_OFF:
        raise UserError(texts.COFFEE_OFF())
    if match.state is MatchState.MET:
        raise UserError(texts.HAVE_MET())


def check_open(work: Work, slot: Slot) -> None:
    if not slot.is_offered:
        raise UserError(texts.TIMES_CHANGED())
    if slot.starts_at <= work.now:
        raise UserError(texts.TIME_PASSED())


def agree(work: Work, match: Match, slot: Slot) -> None:
    match.agreed_at, at, minutes = slot.starts_at, slot.starts_at, slot.minutes
    everyone = [seat.person_id for seat in match.seats]
    known = people.get_many(work, person_ids=everyone)
    sitting = [known[person_id] for person_id in everyone]
    program = match.round.program
    work.send(
        blocks.agreed(program, sitting, at, minutes),
        to=everyone,
        key=keys.time_agreed(match.round_id, match.id, slot.id, work.now),
        importance=Importance.ANSWER,
        until=at,
        file=File("coffee.ics", entry(work, match, sitting, at, minutes), title=blocks.title(program, sitting)),
    )


def entry(
    work: Work, match: Match, sitting: Sequence[Person], at: datetime, minutes: int, *, is_canceled: bool = False
) -> bytes:
    from bot.coffee.matches.slots.calendar_file import calendar_file  # Takes long to load, and is seldom needed.

    title = blocks.title(match.round.program, sitting)
    uid = f"match-{match.id}.{work.workspace_id}@weft"
    length = timedelta(minutes=minutes)
    place = blocks.room(sitting)
    return calendar_file(uid, title, at, length, written_at=work.now, place=place, is_canceled=is_canceled)
