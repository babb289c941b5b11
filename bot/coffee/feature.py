"""Coffee chats across teams: programs, their rounds, and whether people met."""

import re
from datetime import timedelta

from slack_sdk import WebClient

from bot.coffee import listeners, privacy
from bot.coffee.activity import ahead, expected, heads_up
from bot.coffee.matches.check_ins import bump
from bot.coffee.matches.check_ins import service as check_ins
from bot.coffee.matches.check_ins.owed import OWED
from bot.coffee.matches.learned import service as learned
from bot.coffee.matches.written import service as written
from bot.coffee.membership import commands, standing
from bot.coffee.membership import listeners as membership
from bot.coffee.now import service as coffee_now
from bot.coffee.program.setup import channels, groups, overview
from bot.coffee.program.setup.admins import led_by
from bot.coffee.rounds import notify, repair
from bot.coffee.rounds import service as rounds
from bot.coffee.wished import blocks as wished_blocks
from bot.coffee.wished import service as wished
from bot.core.alone import send_to_each
from bot.core.channel_trouble import is_about_channel
from bot.core.feature import Feature, Tick, Undelivered
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from storage.programs import programs


def start_rounds(bot: Bot, _client: WebClient) -> None:
    rounds.start_due_rounds(bot)
    notify.tell_of_rounds(bot)


def is_any_round_to_start(work: Work) -> bool:
    return bool(rounds.programs_due(work) or notify.rounds_to_tell(work))


def announce(bot: Bot, _client: WebClient) -> None:
    heads_up.announce_rounds(bot)


def ask(bot: Bot, _client: WebClient) -> None:
    bump.bump_due(bot)
    check_ins.ask_due(bot)


def is_anybody_to_ask(work: Work) -> bool:
    return bump.is_due(work) or check_ins.is_anybody_to_ask(work)


def look_for_coffees_now(bot: Bot, _client: WebClient) -> None:
    coffee_now.look_on(bot)


def undelivered(work: Work, lost: Undelivered) -> None:
    """Handle conversations Slack won't open, and lost channels. For people who left, see `somebody_gone`."""
    introduction = re.fullmatch(r"round:\d+:intro:(\d+)(:(?!alone)\w+:\w+:\d+)?", lost.key)
    if introduction and not lost.gone:
        repair.introduction_lost(work, int(introduction[1]))
    if re.fullmatch(r"now:\d+|round:\d+:(agreed|canceled|times):.+", lost.key):
        send_to_each(work, lost)
    written.undelivered(work, lost)
    learned.undelivered(work, lost)
    ahead.undelivered(work, lost)
    program = programs.program_of_channel(work, channel_id=lost.recipients[0])
    if program is not None and is_about_channel(lost.error):
        channels.note_lost(work, program.channel_id, lost.error)


def today(work: Work, person_id: str) -> list[Block]:
    return [*standing.today(work, person_id), *overview.first_steps(work, person_id)]


def ways_to_team(work: Work, person_id: str, team: str) -> list[Block]:
    return wished_blocks.ways(wished.outlook(work, person_id, team))


FEATURE = Feature(
    name="coffee",
    listen=listeners.register,
    events=(membership.EVENTS, channels.EVENTS),
    ticks=(
        Tick("read the members of channels", timedelta(minutes=5), channels.read_members_when_due),
        Tick(
            "read the user groups of programs", timedelta(minutes=1), groups.read_groups_when_due, groups.is_any_wanted
        ),
        Tick("tell of rounds beforehand", timedelta(minutes=5), announce, heads_up.is_any_to_announce),
        Tick("start rounds", timedelta(minutes=1), start_rounds, is_any_round_to_start),
        Tick("look for somebody free now", timedelta(minutes=1), look_for_coffees_now, coffee_now.is_anybody_looking),
        Tick("ask whether people met", timedelta(minutes=5), ask, is_anybody_to_ask),
    ),
    home={Page.TODAY: today, Page.PEOPLE: standing.apart_from, Page.ADMIN: overview.for_admins},
    lets_in=lambda work, person_id: bool(led_by(work, person_id)),
    help=commands.HELP,
    export_person=privacy.export_person,
    forget_person=privacy.forget_person,
    person_gone=repair.somebody_gone,
    after_meeting=learned.offer,
    ways_to_team=ways_to_team,
    delivered=written.delivered,
    undelivered=undelivered,
    nudges=(OWED,),
    expects=expected.who_is_written_to,
)
