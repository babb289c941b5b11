"""The introduction of a match."""

from collections.abc import Sequence
from datetime import datetime

from bot.coffee.matches.check_ins import rules as check_in_rules
from bot.coffee.matches.slots import service as slots
from bot.coffee.matches.starters import rules as starters
from bot.coffee.matches.written import service as written
from bot.coffee.rounds import blocks
from bot.coffee.rounds.blocks import Opening
from bot.core import keys
from bot.core.mrkdwn import Mrkdwn
from bot.core.work import Work
from bot.people.offers import ask_me_about
from storage.kinds import Attention, Importance
from storage.people.people import Person
from storage.programs.programs import Program
from storage.rounds import turns
from storage.rounds.rounds import Match, Round


def introduce(
    work: Work,
    program: Program,
    this_round: Round,
    match: Match,
    sitting: Sequence[Person],
    *,
    news: Mrkdwn | None = None,
    since: str = "",
    at: datetime | None = None,
) -> None:
    """Send the introduction. `news`: what has changed for people introduced before. `since`: that change, for the key.

    `at`: when it is read, from which on times are offered.
    """
    match.introduced_at, read_at = work.now, at or work.now
    offered = slots.offer(work, match, sitting, since=read_at)
    written.begin_if_needed(work, match, sitting)
    opening = Opening(
        people=sitting,
        why=match.why,
        news=news,
        starter=starter_for(work, this_round, match, sitting),
        minutes=slots.minutes_of(work, match),
        slots=offered,
        agreed_at=match.agreed_at if match.agreed_at is not None and match.agreed_at > work.now else None,
        questions=match.questions or (),
    )
    match.bump_at = check_in_rules.bump_at(read_at, program.zone, before=this_round.midway_at)
    work.send(
        blocks.introduction(program, match.id, opening, read_at),
        to=[person.person_id for person in sitting],
        key=keys.introduction(this_round.id, match.id, since=since, now=work.now),
        importance=Importance.ROUND,
        attention=Attention.PROGRAM,
        at=at,
        until=this_round.ends_at,
    )


def starter_for(work: Work, this_round: Round, match: Match, sitting: Sequence[Person]) -> str:
    """Return a question for the captain to ask the next person: about their work, and new for these people."""
    other, seed = sitting[1], f"{this_round.seed}:{match.id}"
    ids = [person.person_id for person in sitting]
    used = turns.past_starters(work, people=ids)
    topics = ask_me_about(other)
    chosen = starters.choose(
        seed,
        title=other.title,
        team=other.team,
        topics=topics,
        used=used,
        people=len(sitting),
        is_across_teams=len({person.team for person in sitting}) > 1,
    )
    match.starter = chosen.name
    return starters.question(chosen.name, seed, topics)
