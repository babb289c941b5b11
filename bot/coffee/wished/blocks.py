"""The outlook of a wish for a coffee with a team, as shown to the person."""

from bot.coffee.now.buttons import looking
from bot.coffee.program.drawing import WHEN, name
from bot.coffee.wished.service import UpcomingRound, WishStatus
from bot.core.blocks import button, section
from bot.core.message import Block
from bot.core.texts import day, escape, moment
from storage.programs.programs import Program

ASK_NOW = "programs_wished_ask_now"
MOST_NAMED = 3
NO_PROGRAM = (
    "You are in no coffee program at the moment, so there is no round that could bring you there. "
    "`/coffee join` brings you in; I keep the wish until then."
)


def ways(outlook: WishStatus) -> list[Block]:
    if not outlook.ahead:
        return [section(NO_PROGRAM)]
    rounds = [section(of_round(one, escape(outlook.team))) for one in outlook.ahead[:MOST_NAMED]]
    return [*rounds, at_once(outlook, outlook.ahead[0].program)]


def of_round(one: UpcomingRound, team: str) -> str:
    program = f"*{name(one.program)}*"
    if one.break_until is not None:
        return f"{program}: you are on a break until {day(one.break_until)}. The first round after it tries."
    when = moment(one.at, one.program.zone, WHEN)
    if one.is_team_empty:
        return f"{program}: nobody from {team} is in it yet. I try again with each round, the next one {when}."
    return (
        f"{program}: the next round is {when}. I try to match you with somebody from {team} then. "
        "I can't promise it: one of them has to take part, too. If it does not work, the round after tries again."
    )


def at_once(outlook: WishStatus, program: Program) -> Block:
    """`program`: the one whose members are asked."""
    if outlook.is_looking:
        return looking()
    team = escape(outlook.team)
    if outlook.not_now:
        return section(f"*Or now?* {outlook.not_now}")
    words = (
        f"*Or now?* I ask people from {team} who are at work at the moment, one at a time, whether they have "
        f"{program.minutes} minutes. Whoever says no is not named, and it can be that nobody has time."
    )
    return section(words, accessory=button("Ask now", ASK_NOW, f"{program.id}:{outlook.team}"))
