"""Async coffees, for people whose working hours hardly overlap."""

from collections.abc import Sequence

from bot.coffee.activity import inactivity
from bot.coffee.matches.slots import service as slots
from bot.coffee.matches.written import blocks
from bot.coffee.matches.written.questions import three
from bot.coffee.texts import written as texts
from bot.coffee.texts.matches import NOT_YOURS
from bot.core import keys
from bot.core.errors import NotForYou, UserError
from bot.core.events import MessageDelivered, MessageLost
from bot.core.work import Work
from storage.kinds import Importance, MatchState, MessageKind
from storage.outbox import outbox
from storage.people import people
from storage.people.people import Person
from storage.rounds import rounds, written
from storage.rounds.rounds import Match


def begin_if_needed(work: Work, match: Match, sitting: Sequence[Person]) -> None:
    """Set the questions of a match, or clear them if a time to meet can be found. They stay when people change."""
    if slots.share_time(work, match, sitting) or match.agreed_at is not None:
        match.questions = None
    elif match.questions is None:
        match.questions = three(f"{match.round.seed}:{match.id}")


def find(work: Work, match_id: int, by: str) -> tuple[Match, list[str]]:
    """Return the match and its questions. Raises UserError or NotForYou unless the person may answer now."""
    match = rounds.match(work, match_id=match_id)
    if match is None or match.state is MatchState.CALLED_OFF or not match.questions:
        raise UserError(texts.CALLED_OFF())
    everyone = [seat.person_id for seat in match.seats]
    if by not in everyone:
        raise NotForYou(NOT_YOURS())
    known = people.get_many(work, person_ids=everyone)
    if not all(one in known and known[one].is_active for one in everyone):
        # People of a match that met stay in it after they leave.
        raise UserError(texts.NOT_REACHABLE())
    if any(row.shown_at for row in written.answers_of_match(work, match_id=match.id).values()):
        raise UserError(texts.ALL_ANSWERED())
    return match, match.questions


def previous_answers(work: Work, match: Match, by: str) -> list[str]:
    row = written.answers_of_match(work, match_id=match.id).get(by)
    return row.answers if row is not None else []


def answer(work: Work, match_id: int, *, by: str, words: Sequence[str]) -> list[str]:
    """Save a person's answers; the last one's reveal all. Returns who still has to answer."""
    match, questions = find(work, match_id, by)
    written.save_answer(work, match_id=match.id, person_id=by, answers=words)
    work.take_back(keys.bump(match.round_id, match.id))
    inactivity.answered(work, match.round.program, [by])
    return show_if_complete(work, match, questions)


def show_if_complete(work: Work, match: Match, questions: Sequence[str]) -> list[str]:
    kept = written.answers_of_match(work, match_id=match.id)
    everyone = [seat.person_id for seat in match.seats]
    waiting_for = [person_id for person_id in everyone if person_id not in kept]
    if waiting_for:
        return waiting_for
    for row in kept.values():
        row.shown_at = work.now
    show(work, match, questions, of=everyone, to=everyone)
    return []


def show(work: Work, match: Match, questions: Sequence[str], *, of: Sequence[str], to: Sequence[str]) -> None:
    kept = written.answers_of_match(work, match_id=match.id)
    work.send(
        blocks.shown(match.id, questions, {person_id: kept[person_id].answers for person_id in of}),
        to=to,
        key=keys.written_answers(match.round_id, match.id, to),
        importance=Importance.ANSWER,
    )


# Delivery of the answers


def delivered(work: Work, arrived: MessageDelivered) -> None:
    """Erase the answers once they are delivered to the people's conversation."""
    if arrived.key.kind is MessageKind.WRITTEN and arrived.key.subject_id is not None:
        erase_when_shown(work, arrived.key.subject_id)


def undelivered(work: Work, lost: MessageLost) -> None:
    """Send the answers to each reachable person alone if Slack won't open a conversation for all."""
    match_id = lost.key.subject_id
    if lost.key.kind is not MessageKind.WRITTEN or match_id is None:
        return
    if outbox.is_waiting(work, MessageKind.WRITTEN, subject_id=match_id):
        return
    match = rounds.match(work, match_id=match_id)
    if match is not None and match.questions and len(lost.recipients) > 1:
        there = written.answers_of_match(work, match_id=match.id)
        for person_id in lost.recipients:
            if person_id not in lost.gone:
                show(work, match, match.questions, of=list(there), to=[person_id])
    erase_when_shown(work, match_id)


def erase_when_shown(work: Work, match_id: int) -> None:
    if not outbox.is_pending(work, MessageKind.WRITTEN, subject_id=match_id):
        for row in written.answers_of_match(work, match_id=match_id).values():
            row.answers = []


def show_the_rest(work: Work, match: Match, gone: str) -> None:
    """Send the answers to the others only, if someone leaves before they are delivered."""
    if match.questions and outbox.is_waiting(work, MessageKind.WRITTEN, subject_id=match.id):
        work.take_back_about(MessageKind.WRITTEN, subject_id=match.id)
        everyone = [seat.person_id for seat in match.seats]
        show(work, match, match.questions, of=everyone, to=[one for one in everyone if one != gone])


def go_on(work: Work, match: Match) -> None:
    """Show the answers if the person who left was the last one missing."""
    kept = written.answers_of_match(work, match_id=match.id)
    if match.questions and kept and not any(row.shown_at for row in kept.values()):
        show_if_complete(work, match, match.questions)


def restart(work: Work, match: Match) -> None:
    """Delete questions and answers: the partner has changed."""
    written.forget_match(work, match_id=match.id)
    match.questions = None


def owes(work: Work, match: Match, person_id: str) -> bool:
    return bool(match.questions) and person_id not in written.answers_of_match(work, match_id=match.id)


def waits(work: Work, match: Match, person_id: str) -> bool:
    """Return whether they have answered and others have not."""
    mine = written.answers_of_match(work, match_id=match.id).get(person_id) if match.questions else None
    return mine is not None and mine.shown_at is None
