"""The buttons by which people change their place in a program; many messages have them."""

from datetime import datetime

from bot.coffee.texts import program as texts
from bot.core.blocks import button, confirmed
from storage.programs.programs import Program

JOIN, LEAVE, PAUSE, RESUME, SKIP, UNSKIP, STAY = (
    f"programs_{what}" for what in ("join", "leave", "pause", "resume", "skip", "unskip", "stay")
)


def round_after(program: Program, after: int, at: datetime | None = None) -> str:
    """Return a button's value for one round: the one after this round (0: the first), or a later one by its time.

    Not by time alone, as the round may move and the button still has to mean it.
    """
    return f"{program.id}:{after}" + (f":{int(at.timestamp())}" if at else "")


def membership_buttons(program: Program, *, skipped: bool, after: int) -> list[dict[str, object]]:
    which, meant = str(program.id), round_after(program, after)
    skip = button(texts.UNDO_SKIP(), UNSKIP, meant) if skipped else button(texts.SKIP_ROUND(), SKIP, meant)
    return [skip, button(texts.PAUSE(), PAUSE, which), leave_button(which)]


def leave_button(which: str) -> dict[str, object]:
    leave = button(texts.LEAVE(), LEAVE, which)
    return confirmed(leave, texts.LEAVE_TITLE(), texts.LEAVE_QUESTION(), texts.LEAVE(), texts.STAY())
