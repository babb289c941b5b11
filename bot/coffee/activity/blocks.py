"""What people read before a round: the heads-up, or whether they would like to go on."""

from collections.abc import Sequence

from bot.coffee.program import templates
from bot.coffee.program.buttons import PAUSE, RESUME, SKIP, STAY, leave_button, round_after
from bot.coffee.program.drawing import name
from bot.coffee.program.templates import Template
from bot.coffee.texts import activity as texts
from bot.coffee.texts import program as program_texts
from bot.core.blocks import actions, button, context, divider, section
from bot.core.lists import listed
from bot.core.message import Message
from bot.core.mrkdwn import DAY, moment
from storage.programs.programs import Program

TWO = 2


def stay_or_go(program: Program) -> Message:
    """Return the stay question, sent once, in place of the heads-up."""
    which = str(program.id)
    stay = button(texts.KEEP_ME_IN(), STAY, which, style="primary")
    return Message(
        texts.KEEP_MATCHING(program=program.name),
        [
            section(texts.KEEP_MATCHING_LEAD(program=program.name)),
            actions(stay, button(program_texts.PAUSE(), PAUSE, which), leave_button(which)),
            context(texts.CHANGE_ANY_TIME()),
        ],
    )


def on_a_break(program: Program) -> Message:
    """Return the notice of a break, after no answer to the stay question and no activity since."""
    which = str(program.id)
    back = button(texts.IM_BACK(), RESUME, which, style="primary")
    lead = section(texts.PAUSED_LEAD(program=program.name))
    return Message(texts.PAUSED(program=program.name), [lead, actions(back, leave_button(which))])


def heads_up(program: Program, *, after: int) -> Message:
    at, zone = program.next_round_at, program.zone
    skip = button(program_texts.SKIP_ROUND(), SKIP, round_after(program, after))
    return Message(
        texts.NEXT_MATCH(program=program.name, day=moment(at, zone, DAY)),
        [
            section(templates.words(program, Template.HEADS_UP, start=moment(at, zone))),
            actions(skip, button(program_texts.PAUSE(), PAUSE, str(program.id))),
            context(texts.BUSY_WEEK()),
        ],
    )


def merged(parts: Sequence[tuple[Program, Message]], *, are_heads_ups: bool) -> Message:
    """Return the messages about several programs as one. `are_heads_ups`: all of them, and no stay question."""
    programs = [program for program, _ in parts]
    [*first, last] = [message for _, message in parts]
    drawn = [block for message in first for block in (*message.blocks, divider())] + last.blocks
    names = listed([name(program) for program in programs])
    if not first:
        return last
    if not are_heads_ups:
        return Message(texts.NEWS_OF(programs=names), drawn)
    if len(programs) == TWO:
        return Message(texts.MATCHES_COMING_TWO(programs=names), drawn)
    return Message(texts.MATCHES_COMING(count=len(programs)), drawn)
