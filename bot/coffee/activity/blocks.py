"""What people read before a round: the heads-up, or whether they would like to go on."""

from bot.coffee.program import templates
from bot.coffee.program.buttons import PAUSE, RESUME, SKIP, STAY, leave_button, round_after
from bot.coffee.program.drawing import STAYS, name
from bot.coffee.program.templates import Template
from bot.core.blocks import actions, button, context, section
from bot.core.message import Message
from bot.core.texts import moment
from storage.programs.programs import Program


def stay_or_go(program: Program) -> Message:
    """Return the stay question, sent once, in place of the heads-up."""
    text = f"Your last coffees in {name(program)} passed without a word from you. Shall I go on matching you?"
    which = str(program.id)
    return Message(
        text,
        [
            section(
                f"Your last coffees in *{name(program)}* passed without a word from you. That's fine, weeks are full. "
                "Shall I go on matching you?"
            ),
            actions(
                button("Yes, I stay", STAY, which, style="primary"), button("Pause", PAUSE, which), leave_button(which)
            ),
            context("Whatever you choose, one tap changes it again. Only you see this."),
        ],
    )


def on_a_break(program: Program) -> Message:
    """Return the notice of a break, after no answer to the stay question and no activity since."""
    text = f"I have put {name(program)} on a break for you, so that nobody waits for you. One tap brings you back."
    which = str(program.id)
    back = button("I'm back", RESUME, which, style="primary")
    return Message(text, [section(text), actions(back, leave_button(which))])


def heads_up(program: Program, *, after: int) -> Message:
    starts = moment(program.next_round_at, program.zone, STAYS)
    text = templates.words(program, Template.HEADS_UP, start=starts)
    skip = button("Skip this one", SKIP, round_after(program, after))
    return Message(text, [section(text), actions(skip, button("Pause", PAUSE, str(program.id)))])
