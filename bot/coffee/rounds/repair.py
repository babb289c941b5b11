"""Repairs matches after someone left or came late, or if Slack won't open a conversation.

Everyone concerned is told in a line, but never why someone can't come.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.coffee.events import MemberJoined, MemberLeft
from bot.coffee.matches.written import service as written
from bot.coffee.membership import welcoming
from bot.coffee.rounds import blocks
from bot.coffee.rounds.introduction import introduce
from bot.core import keys
from bot.core.events import PersonGone
from bot.core.mrkdwn import Mrkdwn
from bot.core.work import Work
from bot.people.hours import hours_of
from storage.kinds import Answer, CheckIn, MatchState, MessageKind
from storage.people import people
from storage.people.people import Person
from storage.programs import programs
from storage.programs.programs import Program
from storage.rounds import places, rounds
from storage.rounds.rounds import Match, Round

if TYPE_CHECKING:
    from bot.coffee.rounds.late_joiner import Place

ACTIVE = {Answer.PLANNED, Answer.MET}
OF_MATCH = (MessageKind.INTRODUCTION, MessageKind.NEW_TIMES, MessageKind.TIME_AGREED)
"""Kinds of messages that are wrong once a match's people change."""


# People who left, for good or for this round


def take_out_gone(work: Work, event: PersonGone) -> None:
    """Take a person who left out of their open matches, so that no partner waits in vain."""
    for match in open_matches_of(work, event.person_id):
        take_out(work, match, event.person_id)


def take_out_member(work: Work, event: MemberLeft) -> None:
    """Take a person out of this program's open matches, except those with plans, which they can still keep."""
    for match in open_matches_of(work, event.person_id):
        planned = match.agreed_at is not None or any(seat.answer in ACTIVE for seat in match.seats)
        if match.round.program_id == event.program.id and not planned:
            take_out(work, match, event.person_id)


def open_matches_of(work: Work, person_id: str) -> list[Match]:
    return list(rounds.open_matches_of(work, person_id=person_id))


def take_out(work: Work, match: Match, gone: str) -> None:
    written.show_the_rest(work, match, gone)
    cancel_messages_about(work, match)
    others = [person for person in find_seat(work, match) if person.person_id != gone]
    if len(others) > 1:
        continue_without(work, match, others, gone)
    elif not (others and wants_another(work, match, others[0]) and meet_another(work, match, others[0], gone)):
        call_off(work, match, gone)


def cancel_messages_about(work: Work, match: Match) -> None:
    """Cancel pending messages about the match as it was. The people who stay may get check-ins again."""
    work.take_back_about(*OF_MATCH, subject_id=match.id)
    work.take_back(keys.bump(match.round_id, match.id))
    work.take_back(*(keys.check_in(seat.round_id, seat.person_id, which) for seat in match.seats for which in CheckIn))
    for seat in match.seats:
        seat.midway_asked_at = seat.final_asked_at = None


def continue_without(work: Work, match: Match, others: list[Person], gone: str) -> None:
    leave_seat(work, match, gone)
    program, at = match.round.program, notification_time(work, match, others[0])
    news = blocks.fewer_of_you(others)
    introduce(work, program, match.round, match, others, news=news, since=f"without:{gone}", at=at)
    written.go_on(work, match)


def leave_seat(work: Work, match: Match, gone: str) -> None:
    """Remove the seat and move the others up, as place 0 is the captain's and place 2 marks a trio."""
    for seat in [seat for seat in match.seats if seat.person_id == gone]:
        match.seats.remove(seat)
    for place, seat in enumerate(match.seats):
        seat.place = place
    work.session.flush()


def wants_another(work: Work, match: Match, left: Person) -> bool:
    """Return whether to find another match: not if they were busy, nor when the round is nearly over."""
    said = [seat.answer for seat in match.seats if seat.person_id == left.person_id]
    return Answer.BUSY not in said and work.now < match.round.final_at


def find_seat(work: Work, match: Match) -> list[Person]:
    """Return the known people of a match, the captain first."""
    ids = [seat.person_id for seat in match.seats]
    known = people.get_many(work, person_ids=ids)
    return [known[person_id] for person_id in ids if person_id in known]


def call_off(work: Work, match: Match, gone: str) -> None:
    """Call off the match. Both keep their seats, as they may have met before and can still say so."""
    end(work, match)
    welcoming.correct_waiting(work, match.round.program)
    for person in [one for one in find_seat(work, match) if one.person_id != gone]:
        prioritize_next_round(work, match.round.program, person.person_id)
        key = keys.partner_gone(match.round_id, person.person_id, match.id, gone)
        at = notification_time(work, match, person)
        work.send(blocks.partner_gone(match.round.program, after=match.round_id), to=person.person_id, key=key, at=at)


def notification_time(work: Work, match: Match, person: Person) -> datetime:
    """Return the next moment at work, or now if the agreed time comes before."""
    at = hours_of(person).next_moment(work.now)
    is_ahead = match.agreed_at is not None and work.now < match.agreed_at <= at
    return work.now if is_ahead else at


def end(work: Work, match: Match) -> None:
    match.state, match.called_off_at = MatchState.CALLED_OFF, work.now


def prioritize_next_round(work: Work, program: Program, person_id: str) -> None:
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    if member is not None:
        member.left_alone += 1


def meet_another(work: Work, match: Match, left: Person, gone: str) -> bool:
    """Match the partner with someone free or into another match. False if there is none."""
    place = find_place(work, match.round.program, match.round, left, without=gone)
    if place is None:
        return False
    match.agreed_at = None
    if place.match is None:
        leave_seat(work, match, gone)
        places.reset_seats(match.seats)
        written.restart(work, match)
        news = blocks.came_free([left.person_id, *place.others])
        bring_together(work, match, place, news=news, since=f"instead:{gone}")
    else:
        end(work, match)
        news = blocks.joins_you(left.person_id)
        join_match(work, place.match, left.person_id, place.why, news=news)
    return True


# People who come late


def place_late_joiner(work: Work, event: MemberJoined) -> None:
    """Place someone who joined in the first half of the round."""
    to_free, to_match = (
        blocks.has_joined(event.program, event.person.person_id, to_match=is_match) for is_match in (False, True)
    )
    seat_late_joiner(work, event.program, event.person, to_free=to_free, to_match=to_match)


def unmatched_people(work: Work, program: Program, person: Person) -> bool:
    """Place someone who lost their match before being notified. Returns whether they have a match."""
    return seat_late_joiner(work, program, person, to_free=None, to_match=blocks.joins_you(person.person_id))


def seat_late_joiner(work: Work, program: Program, person: Person, *, to_free: Mrkdwn | None, to_match: Mrkdwn) -> bool:
    """`to_free`: news for people without a match. `to_match`: news for an existing match."""
    this_round = rounds.last_round(work, program_id=program.id)
    if this_round is None or work.now >= this_round.midway_at:
        return False
    if places.has_match(work, round_id=this_round.id, person_id=person.person_id):
        return True
    place = find_place(work, program, this_round, person)
    if place is None:
        return False
    if place.match is not None:
        join_match(work, place.match, person.person_id, place.why, news=to_match)
        return True
    match = open_match(work, this_round, place.why)
    places.move_seat(work, match, person.person_id)
    bring_together(work, match, place, news=to_free, since=f"late:{person.person_id}")
    return True


def open_match(work: Work, this_round: Round, why: str) -> Match:
    match = Match(workspace_id=work.workspace_id, round=this_round, why=why)
    work.session.add(match)
    work.session.flush()
    return match


def find_place(
    work: Work, program: Program, this_round: Round, person: Person, *, without: str | None = None
) -> "Place | None":
    from bot.coffee.rounds import late_joiner  # Takes long to load: see matching.py.

    return late_joiner.find_place(work, program, this_round, person, without=without)


def bring_together(work: Work, match: Match, place: "Place", *, news: Mrkdwn | None, since: str) -> None:
    """Seat the free people in the match and introduce all."""
    for person_id in place.others:
        places.move_seat(work, match, person_id)
    reintroduce(work, match, place.why, news=news, since=since)


def join_match(work: Work, match: Match, person_id: str, why: str, *, news: Mrkdwn) -> None:
    cancel_messages_about(work, match)
    places.move_seat(work, match, person_id)
    reintroduce(work, match, why, news=news, since=f"with:{person_id}")


def reintroduce(work: Work, match: Match, why: str, *, news: Mrkdwn | None, since: str) -> None:
    match.why = why
    sitting = find_seat(work, match)
    for person in sitting:
        places.forget_absence(work, round_id=match.round_id, person_id=person.person_id)
        work.take_back_about(MessageKind.PARTNER_GONE, subject_id=match.round_id, to=person.person_id)
        work.take_back(keys.left_alone(match.round_id, person.person_id))
        member = programs.membership(work, program_id=match.round.program_id, person_id=person.person_id)
        if member is not None:
            member.left_alone = 0
    at = hours_of(sitting[0]).next_moment(work.now)
    introduce(work, match.round.program, match.round, match, sitting, news=news, since=since, at=at)
    welcoming.correct_waiting(work, match.round.program)


# Conversations that Slack won't open


def introduction_lost(work: Work, match_id: int) -> None:
    """Message each person alone, as Slack won't open a conversation for them together."""
    match = rounds.match(work, match_id=match_id)
    if match is None or match.state is not MatchState.PLANNED:
        return
    everyone = [seat.person_id for seat in match.seats]
    for person_id in everyone:
        partners = [one for one in everyone if one != person_id]
        message = blocks.write_them_yourself(match.round.program, match.id, partners)
        work.send(message, to=person_id, key=keys.introduction(match.round_id, match.id).alone(person_id))
