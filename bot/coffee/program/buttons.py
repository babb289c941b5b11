"""The buttons by which people change their place in a program; many messages have them."""

from datetime import datetime

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
    skip = button("Join the next one after all", UNSKIP, meant) if skipped else button("Skip this time", SKIP, meant)
    return [skip, button("Pause", PAUSE, which), leave_button(which)]


def leave_button(which: str) -> dict[str, object]:
    return confirmed(
        button("Leave", LEAVE, which),
        "Leave this program?",
        "You won't be matched any more. What you did so far stays yours, and you can join again any time.",
        "Leave",
        "Stay",
    )
