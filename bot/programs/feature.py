"""Coffee chats across teams: programs, their rounds, and whether people met."""

import re
from datetime import timedelta

from slack_sdk import WebClient

from bot.core.feature import Feature, Tick, Undelivered
from bot.core.work import Bot, Work
from bot.programs import blocks, channels, check_ins, commands, listeners, rounds, standing
from storage import programs


def start_rounds(bot: Bot, _client: WebClient) -> None:
    rounds.start_due_rounds(bot)


def announce(bot: Bot, _client: WebClient) -> None:
    rounds.announce_rounds(bot)


def ask(bot: Bot, _client: WebClient) -> None:
    check_ins.ask_due(bot)


def undelivered(work: Work, lost: Undelivered) -> None:
    """Who is gone was told of already; here it is about conversations that Slack does not open, and channels."""
    introduction = re.fullmatch(r"round:\d+:intro:(\d+)(:without:\w+)?", lost.key)
    if introduction and not lost.gone:
        rounds.introduction_lost(work, int(introduction[1]))
    program = programs.program_of_channel(work.session, workspace_id=work.workspace_id, channel_id=lost.recipients[0])
    if program is not None:
        key = f"program:{program.id}:channel-lost:{work.now:%Y%m%d}"
        work.send(blocks.channel_lost(program, lost.error), to=program.created_by, key=key)


FEATURE = Feature(
    name="programs",
    listen=listeners.register,
    ticks=(
        Tick("read the members of channels", timedelta(minutes=5), channels.read_members_when_due),
        Tick("tell of rounds beforehand", timedelta(minutes=5), announce),
        Tick("start rounds", timedelta(minutes=1), start_rounds),
        Tick("ask whether people met", timedelta(minutes=5), ask),
    ),
    home=standing.home,
    help=commands.HELP,
    export_person=standing.export_person,
    forget_person=standing.forget_person,
    person_gone=rounds.somebody_gone,
    undelivered=undelivered,
)
