"""Messages to share a learning from a coffee, with the other's consent."""

from collections.abc import Sequence
from typing import Any

from bot.coffee.program.drawing import name
from bot.core.blocks import actions, button, context, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Message
from bot.core.texts import channel, escape, listed, mention
from storage.programs.programs import Program

LEARNED, AGREE, DISAGREE = (f"programs_learned_{what}" for what in ("share", "agree", "disagree"))
AGREED = "Thank you. I'll post it for you two."
DISAGREED = "Noted. It isn't shared, and nobody can tell a no from no answer."


def share_button(origin: str) -> dict[str, Any]:
    return button("Share what I learned", LEARNED, origin)


def asked(program: Program, learned_id: int, author: str, words: str) -> Message:
    text = f"{mention(author)} would like to share a line about your coffee in {channel(program.channel_id)}."
    which = str(learned_id)
    return Message(
        f"{text} Is that all right with you?",
        [
            section(f"{text} It would name you both:"),
            section(f"> {one_line(words)}"),
            actions(button("Yes, share it", AGREE, which, style="primary"), button("Rather not", DISAGREE, which)),
            context("With a no, or no answer, it isn't shared, and nobody can tell which of the two it was."),
        ],
    )


def shared(program: Program, author: str, partners: Sequence[str], words: str) -> Message:
    names = f"{mention(author)}, over coffee with {listed([mention(one) for one in partners])}"
    text = f"“{one_line(words)}” {names}"
    return Message(text, [section(f"“{one_line(words)}”"), context(f"{names} · {name(program)}")])


def not_shared(channel_id: str, words: str, code: str) -> Message:
    text = f"I couldn't share your line in {channel(channel_id)}: {trouble_of(code).reason}."
    return Message(text, [section(f"{text} Here it is:"), section(f"> {one_line(words)}")])


def one_line(words: str) -> str:
    return " ".join(escape(words).split())


def thanks(partners: Sequence[str], program: Program) -> str:
    who = listed([mention(one) for one in partners])
    return (
        f"Thanks! I'll ask {who} first, in private, as soon as they're at work. "
        f"With a yes within a week it appears in {channel(program.channel_id)}."
    )
