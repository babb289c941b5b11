"""Reminds the captain if no one has been active for two working days: in private, once."""

from bot.coffee.matches.check_ins import blocks
from bot.coffee.matches.check_ins.service import partners_of
from bot.coffee.matches.written import buttons as written_buttons
from bot.core import keys
from bot.core.work import Bot, Work
from bot.people.hours import hours_of
from storage.kinds import Attention, MatchState
from storage.people import people
from storage.rounds import inactivity
from storage.rounds.rounds import Match

AT_ONCE = 25


def bump_due(bot: Bot) -> None:
    while bump_some(bot):
        pass


def is_due(work: Work) -> bool:
    return bool(inactivity.matches_to_bump(work, limit=1))


def bump_some(bot: Bot) -> int:
    with bot.begin() as work:
        matches = inactivity.matches_to_bump(work, limit=AT_ONCE)
        for match, is_silent in matches:
            match.bump_at = None
            still_open = match.state is MatchState.PLANNED and match.agreed_at is None
            if is_silent and still_open and len(match.seats) > 1:
                bump(work, match)
    return len(matches)


def bump(work: Work, match: Match) -> None:
    captain_id = match.seats[0].person_id
    captain = people.get(work, person_id=captain_id)
    if captain is None or not captain.is_active:
        return
    write = written_buttons.answer_button(match.id) if match.questions else None
    work.send(
        blocks.bump(match.id, partners_of(match, captain_id), write),
        to=captain_id,
        key=keys.bump(match.round_id, match.id),
        at=hours_of(captain).next_moment(work.now),
        until=match.round.midway_at,
        attention=Attention.PROGRAM,
    )
