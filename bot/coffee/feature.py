"""Coffee chats across teams: programs, their rounds, and whether people met."""

from datetime import timedelta

from bot.coffee import listeners, privacy
from bot.coffee.activity import ahead, expected, heads_up
from bot.coffee.events import MemberJoined, MemberLeft
from bot.coffee.matches.check_ins import bump
from bot.coffee.matches.check_ins import service as check_ins
from bot.coffee.matches.check_ins.owed import OWED
from bot.coffee.matches.learned import service as learned
from bot.coffee.matches.written import service as written
from bot.coffee.membership import listeners as membership
from bot.coffee.membership import standing
from bot.coffee.now import service as coffee_now
from bot.coffee.rounds import notify, repair
from bot.coffee.rounds import service as rounds
from bot.coffee.setup import channels, groups, overview
from bot.coffee.setup.admins import programs_led_by
from bot.coffee.texts.membership import HELP
from bot.coffee.wished import blocks as wished_blocks
from bot.coffee.wished import service as wished
from bot.core.alone import send_to_each
from bot.core.channel_trouble import is_about_channel
from bot.core.clients import ReadingClient
from bot.core.events import DayPlanned, MeetingRecorded, MessageDelivered, MessageLost, PersonGone, TeamWished
from bot.core.feature import Feature, PersonalData, Section, Tick, Words
from bot.core.message import Block
from bot.core.page import Page
from bot.core.work import Bot, Work
from storage.kinds import MessageKind
from storage.programs import programs
from storage.rounds import rounds as kept_rounds


def start_rounds(bot: Bot, _client: ReadingClient) -> None:
    rounds.start_due_rounds(bot)
    notify.tell_of_rounds(bot)


def is_any_round_to_start(work: Work) -> bool:
    return bool(rounds.programs_due(work) or kept_rounds.rounds_to_tell(work))


def announce(bot: Bot, _client: ReadingClient) -> None:
    heads_up.announce_rounds(bot)


def ask(bot: Bot, _client: ReadingClient) -> None:
    bump.bump_due(bot)
    check_ins.ask_due(bot)


def is_check_in_due(work: Work) -> bool:
    return bump.is_due(work) or check_ins.is_check_in_due(work)


def look_for_coffees_now(bot: Bot, _client: ReadingClient) -> None:
    coffee_now.continue_searches(bot)


SENT_TO_EACH = {MessageKind.COFFEE_NOW, MessageKind.NEW_TIMES, MessageKind.TIME_AGREED, MessageKind.TIME_CANCELED}
"""Messages for people together that each can read alone as well."""


def find_other_way(work: Work, lost: MessageLost) -> None:
    """Handle conversations Slack won't open, and lost channels. For people who left, see `handle_person_gone`."""
    if lost.is_post(MessageKind.INTRODUCTION) and len(lost.recipients) > 1 and not lost.gone:
        repair.introduction_lost(work, lost.key.subject_id or 0)
    if lost.key.kind in SENT_TO_EACH:
        send_to_each(work, lost)
    program = programs.program_of_channel(work, channel_id=lost.recipients[0])
    if program is not None and is_about_channel(lost.error):
        channels.mark_lost(work, program.channel_id, lost.error)


def today(work: Work, person_id: str) -> list[Block]:
    return [*standing.today(work, person_id), *overview.first_steps(work, person_id)]


def ways_to_team(work: Work, wish: TeamWished) -> list[Block]:
    return wished_blocks.ways(wished.wish_status(work, wish.person_id, wish.team))


def leads_programs(work: Work, person_id: str) -> bool:
    return bool(programs_led_by(work, person_id))


FEATURE = Feature(
    name="coffee",
    listen=listeners.register,
    slack_events=(membership.EVENTS, channels.EVENTS),
    handlers=(
        MessageDelivered.on(written.delivered),
        MessageLost.on(find_other_way, written.undelivered, learned.undelivered, ahead.plan_again),
        MeetingRecorded.on(learned.offer),
        PersonGone.on(repair.take_out_gone),
        MemberJoined.on(repair.place_late_joiner),
        MemberLeft.on(repair.take_out_member),
        TeamWished.on(ways_to_team),
        DayPlanned.on(expected.select_expecting),
    ),
    ticks=(
        Tick("read the members of channels", timedelta(minutes=5), channels.read_members_when_due),
        Tick(
            "read the user groups of programs", timedelta(minutes=1), groups.read_groups_when_due, groups.is_any_wanted
        ),
        Tick("tell of rounds beforehand", timedelta(minutes=5), announce, heads_up.is_any_to_announce),
        Tick("start rounds", timedelta(minutes=1), start_rounds, is_any_round_to_start),
        Tick("look for somebody free now", timedelta(minutes=1), look_for_coffees_now, coffee_now.is_search_open),
        Tick("ask whether people met", timedelta(minutes=5), ask, is_check_in_due),
    ),
    home=(
        Section(Page.TODAY, today),
        Section(Page.PEOPLE, standing.apart_from),
        Section(Page.ADMIN, overview.for_admins, lets_in=leads_programs),
    ),
    words=Words(tuple(line() for line in HELP)),
    personal_data=PersonalData(privacy.export_person, privacy.forget_person),
    nudges=(OWED,),
)
