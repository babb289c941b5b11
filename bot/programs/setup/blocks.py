"""What admins see of programs."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import actions, button, header, section
from bot.core.message import Block, Message
from bot.core.texts import channel, count, moment
from bot.programs.drawing import name
from bot.programs.rhythm import Rhythm
from storage.programs import Program

SET_UP, EDIT = "programs_set_up", "programs_edit"


def round_skipped(program: Program, due_at: datetime) -> Message:
    was_due = moment(due_at, program.zone)
    next_time = moment(program.next_round_at, program.zone)
    text = (
        f"I could not start the round of {name(program)} that was due {was_due}: Weft was not running for more than "
        f"a day. The next one starts {next_time}."
    )
    return Message(text, [section(text), actions(button("Change the program", EDIT, str(program.id)))])


def channel_lost(program: Program, code: str) -> Message:
    text = (
        f"I can't see the channel of {name(program)} any more ({code}), so nobody new can join through it. "
        "Invite me to it again, or choose another channel."
    )
    return Message(text, [section(text), actions(button("Change the program", EDIT, str(program.id)))])


def admin_section(programs: Sequence[tuple[Program, Rhythm, int]]) -> list[Block]:
    drawn: list[Block] = [header("For admins")]
    for program, rhythm, members in programs:
        words = f"*{name(program)}* in {channel(program.channel_id)}, {rhythm.words} · {count(members, 'member')}"
        drawn.append(section(words, accessory=button("Change", EDIT, str(program.id))))
    return [*drawn, actions(button("Set up a coffee program", SET_UP))]


def first_steps() -> list[Block]:
    return [actions(button("Set up a coffee program", SET_UP, style="primary"))]
