"""Check-ins: asking people whether they met, and recording their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coffee.activity import inactivity
from bot.coffee.matches.check_ins import blocks
from bot.coffee.matches.written import buttons as written_buttons
from bot.coffee.matches.written import service as written
from bot.coffee.texts.check_ins import MATCH_CHANGED
from bot.coffee.texts.matches import CALLED_OFF, NOT_YOURS
from bot.core import keys
from bot.core.errors import NotForYou, UserError
from bot.core.events import MeetingRecorded
from bot.core.message import Message
from bot.core.work import Bot, Work
from bot.people.hours import hours_of, today_of
from storage.connections import connections
from storage.kinds import Answer, Attention, CheckIn, MatchState, MessageKind, MetThrough
from storage.outbox import outbox
from storage.people import people
from storage.rounds import check_ins, rounds
from storage.rounds.rounds import Match, Seat

AT_ONCE = 25
"""Batch size: questions in one transaction, kept small so that clicks don't wait."""


def ask_due(bot: Bot) -> None:
    """Ask all people due, midway and before the end, in private and in their working hours."""
    while ask_some(bot, CheckIn.MIDWAY) or ask_some(bot, CheckIn.FINAL):
        pass


def is_check_in_due(work: Work) -> bool:
    return any(seats_to_ask(work, which, limit=1) for which in CheckIn)


def seats_to_ask(work: Work, which: CheckIn, *, limit: int) -> Sequence[Seat]:
    due = check_ins.seats_due_midway if which is CheckIn.MIDWAY else check_ins.seats_due_at_end
    return due(work, limit=limit)


def ask_some(bot: Bot, which: CheckIn) -> int:
    with bot.begin() as work:
        seats = seats_to_ask(work, which, limit=AT_ONCE)
        known = people.get_many(work, person_ids=[seat.person_id for seat in seats])
        for seat in seats:
            mark_asked(seat, which, work.now)
            person = known.get(seat.person_id)
            if person is not None and person.is_active and not written.waits(work, seat.match, seat.person_id):
                ask(work, seat, which, hours_of(person).next_moment(work.now))
    return len(seats)


def mark_asked(seat: Seat, which: CheckIn, now: datetime) -> None:
    if which is CheckIn.MIDWAY:
        seat.midway_asked_at = now
    else:
        seat.final_asked_at = now


def ask(work: Work, seat: Seat, which: CheckIn, at: datetime) -> None:
    work.send(
        question(work, seat, which),
        to=seat.person_id,
        key=keys.check_in(seat.round_id, seat.person_id, which),
        at=at,
        attention=Attention.PROGRAM,
        until=last_chance(seat.match, which),
        again=True,
    )


def last_chance(match: Match, which: CheckIn) -> datetime:
    """Return when the question expires. The final one may come late, after a late agreed time or for lack of quota."""
    return match.round.final_at if which is CheckIn.MIDWAY else match.round.ends_at + check_ins.STILL_ASKED


def question(work: Work, seat: Seat, which: CheckIn) -> Message:
    match = seat.match
    partners = partners_of(match, seat.person_id)
    if written.owes(work, match, seat.person_id):
        return blocks.answers_owed(match.id, partners, written_buttons.answer_button(match.id))
    if match.questions:
        return blocks.was_it_a_coffee(match.id, partners)
    return blocks.check_in(match.id, partners, final=which is CheckIn.FINAL, had_time=match.agreed_at is not None)


def partners_of(match: Match, person_id: str) -> list[str]:
    everyone = (without_name(seat.person_id) for seat in match.seats)
    return [other for other in everyone if other not in (person_id, connections.FORGOTTEN)]


def without_name(person_id: str) -> str:
    """Return one id for all forgotten people, whose seats have distinct ones."""
    return connections.FORGOTTEN if person_id.startswith(connections.FORGOTTEN) else person_id


@dataclass(frozen=True, slots=True)
class Heard:
    """A recorded answer."""

    partners: tuple[str, ...]
    met: MeetingRecorded | None
    """The meeting, if the answer was that they met."""


def record_answer(work: Work, match_id: int, *, by: str, answer: Answer) -> Heard:
    """Record a person's own answer. One "we met" makes it a meeting for all. Idempotent."""
    match = rounds.match(work, match_id=match_id)
    mine = [seat for seat in match.seats if seat.person_id == by] if match is not None else []
    if match is None or not mine:
        gone = match is not None and match.state is MatchState.CALLED_OFF
        raise UserError(CALLED_OFF()) if gone else NotForYou(NOT_YOURS())
    if match.state is MatchState.CALLED_OFF and (answer is not Answer.MET or len(match.seats) == 1):
        raise UserError(CALLED_OFF())  # Unless they met before: then both seats remain.
    if answer is Answer.MET and is_to_be_introduced(work, match):
        raise UserError(MATCH_CHANGED())
    mine[0].answer, mine[0].answered_at = answer, work.now
    work.take_back(keys.bump(match.round_id, match.id))
    settle(work, match, by)
    inactivity.answered(work, match.round.program, with_a_word(match, by))
    closed = {Answer.MET, Answer.BUSY, Answer.NO_REPLY}
    if match.state is MatchState.MET:
        stop_asking(work, match.seats)
    elif answer in closed:
        stop_asking(work, mine)
    partners = tuple(partners_of(match, by))
    return Heard(partners, MeetingRecorded(by, partners, origin_of(match)) if answer is Answer.MET else None)


def origin_of(match: Match) -> str:
    return f"match:{match.id}"


def is_to_be_introduced(work: Work, match: Match) -> bool:
    """Return whether a new introduction is pending: people have changed, and the pressed button is about others.

    One that may have arrived is no reason to refuse: a person who presses its button has it.
    """
    return outbox.is_waiting(work, MessageKind.INTRODUCTION, subject_id=match.id, is_unseen=True)


def settle(work: Work, match: Match, by: str) -> None:
    """Update the match and its meeting: it has met if anyone in it says so."""
    if match.state is MatchState.CALLED_OFF and not said_met(match.seats):
        return
    origin = origin_of(match)
    if said_met(match.seats):
        match.state = MatchState.MET
        connections.record_meeting(
            work,
            people=[without_name(seat.person_id) for seat in match.seats],
            met_on=today_of(work, by),
            through=MetThrough.PROGRAM,
            origin=origin,
        )
    elif match.state is MatchState.MET:
        match.state = MatchState.CALLED_OFF if match.called_off_at is not None else MatchState.PLANNED
        connections.take_back_meeting(work, origin=origin)


def with_a_word(match: Match, by: str) -> list[str]:
    """Return who counts as active: all people of a match that met, else the person who answered."""
    return [seat.person_id for seat in match.seats] if match.state is MatchState.MET else [by]


def said_met(seats: Iterable[Seat]) -> bool:
    return any(seat.answer is Answer.MET for seat in seats)


def stop_asking(work: Work, seats: Iterable[Seat]) -> None:
    work.take_back(*(keys.check_in(seat.round_id, seat.person_id, which) for seat in seats for which in CheckIn))
