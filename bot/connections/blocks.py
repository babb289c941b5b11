"""What a person sees of those they met: for themselves, and in no order but the last first."""

from collections.abc import Sequence

from bot.core.blocks import context, header, section
from bot.core.message import Block
from bot.core.texts import count, day, mention
from storage.connections import Met
from storage.kinds import MetThrough

SHOWN = 30
"""The rest is in the file of `/weft export`."""
THROUGH = {MetThrough.PROGRAM: "through a program"}


def people_met(met: Sequence[Met]) -> list[Block]:
    if not met:
        return [header("People you met"), section("Nobody yet. After your first coffee you find them here.")]
    lines = "\n".join(one_met(one) for one in met[:SHOWN])
    more = f" And {count(len(met) - SHOWN, 'other')}, all in the file of `/weft export`." if len(met) > SHOWN else ""
    return [header("People you met"), section(lines), context(f"Only you see this list.{more}")]


def one_met(one: Met) -> str:
    times = f", {one.times} times so far" if one.times > 1 else ""
    through = f" {THROUGH[one.through]}" if one.through in THROUGH else ""
    return f"{mention(one.person_id)} · {day(one.last_on)}{through}{times}"
