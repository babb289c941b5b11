"""What somebody learned over coffee, shared only when everybody who was there agrees."""

from datetime import timedelta
from typing import Any

from bot.core.errors import FormError, NotForYou, UserError
from bot.core.work import Met, Work
from bot.people.hours import hours_of
from bot.programs.learned import blocks, forms
from storage import learned, people, rounds
from storage.kinds import Attention, Importance, MatchState
from storage.learned import Consent, Learned
from storage.programs import Program
from storage.rounds import Match

LAPSES_AFTER = timedelta(days=7)
GONE = "This can't be shared any more."


def offer(work: Work, met: Met) -> list[dict[str, Any]]:
    kind, _, number = met.origin.partition(":")
    return [blocks.share_button(int(number))] if kind == "match" and number.isdigit() else []


def find(work: Work, match_id: int, by: str) -> Match:
    """A coffee that happened, for somebody who was there."""
    match = rounds.match(work.session, workspace_id=work.workspace_id, match_id=match_id)
    if match is None or by not in [seat.person_id for seat in match.seats]:
        raise NotForYou("That coffee is somebody else's, so I left it as it is.")
    if match.state is not MatchState.MET:
        raise UserError("Say first that you met, then share what you learned.")
    if learned.of_match(work.session, match_id=match.id, person_id=by) is not None:
        raise UserError("You have written a line about this coffee already. One is plenty.")
    return match


def propose(work: Work, match_id: int, *, by: str, words: str) -> tuple[Program, list[str]]:
    """Everybody else who was there is asked in private. Returns whom."""
    try:
        match = find(work, match_id, by)
    except UserError as problem:
        raise FormError(forms.LINE, str(problem)) from problem
    seated = [seat.person_id for seat in match.seats if seat.person_id != by]
    known = people.several(work.session, workspace_id=work.workspace_id, person_ids=seated)
    partners = [one for one in seated if one in known and known[one].is_active]
    if not partners:
        raise FormError(forms.LINE, "The person you met is not here any more, so I can't ask them.")
    row = Learned(workspace_id=work.workspace_id, match_id=match.id, person_id=by, words=words, written_at=work.now)
    row.consents = [Consent(workspace_id=work.workspace_id, person_id=one) for one in partners]
    work.session.add(row)
    work.session.flush()
    for one in (known[person_id] for person_id in partners):
        work.send(
            blocks.asked(match.round.program, row.id, by, words),
            to=one.person_id,
            key=f"learned:{row.id}:{one.person_id}",
            at=hours_of(one).next_moment(work.now),
            until=work.now + LAPSES_AFTER,
            attention=Attention.PROGRAM,
        )
    return match.round.program, partners


def answer(work: Work, learned_id: int, *, by: str, agrees: bool) -> str:
    """Somebody agrees, or does not; the last yes shares it. A no can't be told from silence by anybody."""
    row = learned.learned(work.session, workspace_id=work.workspace_id, learned_id=learned_id)
    mine = [consent for consent in row.consents if consent.person_id == by] if row is not None else []
    if row is None or not mine:
        raise UserError(GONE)
    if row.shared_at is not None:
        return "It is shared already, with your yes."
    if work.now - row.written_at > LAPSES_AFTER and agrees:
        raise UserError("That was too long ago to be shared now. Thank you all the same.")
    mine[0].agrees, mine[0].answered_at = agrees, work.now
    if all(consent.agrees for consent in row.consents):
        share(work, row)
    return blocks.AGREED if agrees else blocks.DISAGREED


def share(work: Work, row: Learned) -> None:
    match = rounds.match(work.session, workspace_id=work.workspace_id, match_id=row.match_id)
    if match is None:
        raise UserError(GONE)
    program, partners = match.round.program, [consent.person_id for consent in row.consents]
    row.shared_at = work.now
    work.send(
        blocks.shared(program, row.person_id, partners, row.words),
        to=program.channel_id,
        key=f"learned:{row.id}",
        importance=Importance.PERSONAL,
    )
