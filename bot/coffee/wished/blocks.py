"""The outlook of a wish for a coffee with a team, as shown to the person."""

from bot.coffee.now.buttons import looking
from bot.coffee.texts import wished as texts
from bot.coffee.wished.service import UpcomingRound, WishStatus
from bot.core.blocks import button, section
from bot.core.message import Block
from bot.core.mrkdwn import DAY, day, moment
from storage.programs.programs import Program

ASK_NOW = "programs_wished_ask_now"
MOST_NAMED = 3


def ways(outlook: WishStatus) -> list[Block]:
    if not outlook.ahead:
        return [section(texts.NO_PROGRAM())]
    rounds = [section(of_round(one, outlook.team)) for one in outlook.ahead[:MOST_NAMED]]
    return [*rounds, at_once(outlook, outlook.ahead[0].program)]


def of_round(one: UpcomingRound, team: str) -> str:
    program = one.program.name
    if one.break_until is not None:
        return texts.WILL_TRY_AFTER_BREAK(program=program, team=team, day=day(one.break_until))
    said = texts.NO_ONE_THERE if one.is_team_empty else texts.WILL_TRY
    return said(program=program, team=team, day=moment(one.at, one.program.zone, DAY))


def at_once(outlook: WishStatus, program: Program) -> Block:
    """`program`: the one whose members are asked."""
    if outlook.is_looking:
        return looking()
    if outlook.not_now:
        return section(outlook.not_now)
    now = button(texts.TRY_NOW_INSTEAD(), ASK_NOW, f"{program.id}:{outlook.team}")
    return section(texts.TRY_NOW(team=outlook.team), accessory=now)
