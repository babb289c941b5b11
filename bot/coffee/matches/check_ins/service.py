"""Asking whether people met, and what they say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coffee.activity import inactivity
from bot.coffee.matches.check_ins import blocks
from bot.coffee.matches.check_ins.keys import bump_key, key_of
from bot.coffee.matches.written import buttons as written_buttons
from bot.coffee.matches.written import service as written
from bot.coffee.rounds.introduction import intro_key
from bot.core.calendar import zone_or_utc
from bot.core.errors import NotForYou, UserError
from bot.core.message import Message
from bot.core.work import Bot, Met, Work
from bot.people.hours import hours_of
from storage import asking, connections, outbox, people, rounds
from storage.kinds import Answer, Attention, CheckIn, MatchState, MetThrough
from storage.rounds import Match, Seat

AT_ONCE = 25
"""Questions in one transaction: nobody's click waits for the rest."""
OTHERS_NOW = "Your match is another one now: my next message says whom you meet, and has this button, too."
CALLED_OFF = "This coffee was called off, so there is nothing to answer any more."


def ask_due(bot: Bot) -> None:
    """Midway and before the end, each person is asked privately, in their working hours."""
    while ask_some(bot, CheckIn.MIDWAY) or ask_some(bot, CheckIn.FINAL):
        pass


def is_anybody_to_ask(work: Work) -> bool:
    return any(seats_to_ask(work, which, limit=1) for which in CheckIn)


def seats_to_ask(work: Work, which: CheckIn, *, limit: int) -> Sequence[Seat]:
    due = asking.seats_to_ask_midway if which is CheckIn.MIDWAY else asking.seats_to_ask_at_the_end
    return due(work, now=work.now, limit=limit)


def ask_some(bot: Bot, which: CheckIn) -> int:
    with bot.begin() as work:
        seats = seats_to_ask(work, which, limit=AT_ONCE)
        known = people.several(work, person_ids=[seat.person_id for seat in seats])
        for seat in seats:
            note_asked(seat, which, work.now)
            person = known.get(seat.person_id)
            if person is not None and person.is_active and not written.waits(work, seat.match, seat.person_id):
                ask(work, seat, which, hours_of(person).next_moment(work.now))
    return len(seats)


def note_asked(seat: Seat, which: CheckIn, now: datetime) -> None:
    if which is CheckIn.MIDWAY:
        seat.midway_asked_at = now
    else:
        seat.final_asked_at = now


def ask(work: Work, seat: Seat, which: CheckIn, at: datetime) -> None:
    work.send(
        question(work, seat, which),
        to=seat.person_id,
        key=key_of(seat, which),
        at=at,
        attention=Attention.PROGRAM,
        until=last_chance(seat.match, which),
        again=True,
    )


def last_chance(match: Match, which: CheckIn) -> datetime:
    """A coffee in the round's last hours may be asked about a while longer, and so may one whose turn had to wait."""
    return match.round.final_at if which is CheckIn.MIDWAY else match.round.ends_at + asking.STILL_ASKED


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
    """Seats of people who asked to be forgotten are told apart; that somebody was met is all that is kept."""
    return connections.FORGOTTEN if person_id.startswith(connections.FORGOTTEN) else person_id


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that was recorded."""

    partners: tuple[str, ...]
    met: Met | None
    """The meeting, for what can follow it, when that was the answer."""


def record_answer(work: Work, match_id: int, *, by: str, answer: Answer) -> Heard:
    """Everybody answers for themselves; one "we met" is enough for the meeting. Saying it twice changes nothing."""
    match = rounds.match(work, match_id=match_id)
    mine = [seat for seat in match.seats if seat.person_id == by] if match is not None else []
    if match is None or not mine:
        gone = match is not None and match.state is MatchState.CALLED_OFF
        raise UserError(CALLED_OFF) if gone else NotForYou("That coffee is someone else's, so I left it as it is.")
    if match.state is MatchState.CALLED_OFF and (answer is not Answer.MET or len(match.seats) == 1):
        raise UserError(CALLED_OFF)  # Unless they met before: then both still sit there.
    if answer is Answer.MET and is_to_be_introduced(work, match):
        raise UserError(OTHERS_NOW)
    mine[0].answer, mine[0].answered_at = answer, work.now
    work.take_back(bump_key(match))
    settle(work, match, by)
    inactivity.answered(work, match.round.program, with_a_word(match, by))
    closed = {Answer.MET, Answer.BUSY, Answer.NO_REPLY}
    if match.state is MatchState.MET:
        stop_asking(work, match.seats)
    elif answer in closed:
        stop_asking(work, mine)
    partners = tuple(partners_of(match, by))
    return Heard(partners, Met(by, partners, origin_of(match)) if answer is Answer.MET else None)


def origin_of(match: Match) -> str:
    return f"match:{match.id}"


def is_to_be_introduced(work: Work, match: Match) -> bool:
    """The people in it have changed, and do not know each other yet: what they have in hand is about others.

    An introduction that may have arrived is no reason: whoever presses its button has it.
    """
    return outbox.waits(work, beginning=intro_key(match.round_id, match.id), is_unseen=True)


def settle(work: Work, match: Match, by: str) -> None:
    """The match has met if anybody in it says so."""
    if match.state is MatchState.CALLED_OFF and not said_met(match.seats):
        return
    origin = origin_of(match)
    if said_met(match.seats):
        match.state = MatchState.MET
        person = people.get(work, person_id=by)
        connections.record_meeting(
            work,
            people=[without_name(seat.person_id) for seat in match.seats],
            met_on=work.now.astimezone(zone_or_utc(person.zone if person else "UTC")).date(),
            through=MetThrough.PROGRAM,
            origin=origin,
        )
    elif match.state is MatchState.MET:
        match.state = MatchState.CALLED_OFF if match.called_off_at is not None else MatchState.PLANNED
        connections.take_back_meeting(work, origin=origin)


def with_a_word(match: Match, by: str) -> list[str]:
    """Whoever said something; of a coffee that took place, everybody."""
    return [seat.person_id for seat in match.seats] if match.state is MatchState.MET else [by]


def said_met(seats: Iterable[Seat]) -> bool:
    return any(seat.answer is Answer.MET for seat in seats)


def stop_asking(work: Work, seats: Iterable[Seat]) -> None:
    work.take_back(*(key_of(seat, which) for seat in seats for which in CheckIn))
