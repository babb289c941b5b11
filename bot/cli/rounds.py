"""`weft round preview PROGRAM`: the next matches, the reasons for them, and their quality."""

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import closing

from rich.console import Console
from rich.table import Table

from bot.cli.opening import chosen_workspace, open_database, upgraded
from bot.coffee.preview.blocks import enough, takes_too_few
from bot.coffee.rounds.matches_made import LEAST_COUNTED, Quality
from bot.coffee.rounds.plan import Plan, plan_next
from bot.coffee.texts.absences import ABOUT_THEM
from bot.coffee.texts.preview import TOO_FEW
from bot.config import Settings
from bot.core.clock import SystemClock
from bot.core.errors import SetupError
from bot.core.work import Bot, Work
from storage.kinds import ProgramState
from storage.people import people
from storage.programs import programs
from storage.programs.programs import Program


def preview_round(settings: Settings, wanted: str, out: Console) -> int:
    """Print the next round as if it started now. Writes and sends nothing."""
    with closing(open_database(settings.database_url)) as database:
        upgraded(database)
        bot = Bot(database, SystemClock(), random.SystemRandom(), chosen_workspace(database, settings))
        with bot.look() as work:
            program = find(work, wanted)
            plan, unknown = plan_next(work, program), unknown_yet(program)
            names = {one.person_id: one.name for one in people.active(work)}
        if takes_too_few(plan):
            out.print(TOO_FEW(least=LEAST_COUNTED), soft_wrap=True)
            return 0
        out.print(matches_table(plan, names), soft_wrap=False)
        out.print(absence_table(plan), soft_wrap=False)
        if len(plan.matched.groups) >= LEAST_COUNTED:
            out.print(quality_table(plan.matched.quality), soft_wrap=False)
        out.print(unknown, soft_wrap=True)
    return 0


def find(work: Work, wanted: str) -> Program:
    there = programs.programs(work)
    named = [one for one in there if str(one.id) == wanted or one.name.casefold() == wanted.casefold()]
    if len(named) == 1:
        return named[0]
    known = ", ".join(f"{one.id} {one.name}" for one in there) or "none yet"
    raise SetupError(f"There's no program called “{wanted}”. Programs: {known}.")


def unknown_yet(program: Program) -> str:
    """Describe the assumptions of the preview and what may still change."""
    if program.state is not ProgramState.RUNNING:
        return f"{program.name} isn't running. No round starts until an admin starts it."
    return (
        "This is a preview, as its admins see it now. Nothing was sent. It changes when people join, leave, skip, "
        "pause, or are away, when they meet before the round, and with an admin's Reshuffle. A match that someone's "
        "private list rules out is still in it and changes before it's sent."
    )


def matches_table(plan: Plan, names: Mapping[str, str]) -> Table:
    table = Table(title=f"Next round, {plan.due_at:%Y-%m-%d %H:%M} UTC", title_justify="left")
    for heading in ("who", "why"):
        table.add_column(heading)
    for group in plan.matched.groups:
        table.add_row(", ".join(names[person_id] for person_id in group.people), group.why_for_admins)
    return table


def absence_table(plan: Plan) -> Table:
    """Build the table of absences. Only totals of five or more: individual reasons are private."""
    table = Table(title="Not in this round", title_justify="left")
    for heading in ("reason", "people"):
        table.add_column(heading)
    for reason, number in enough(Counter([*plan.attendance.absent.values(), *plan.matched.alone.values()])):
        table.add_row(ABOUT_THEM[reason](), str(number))
    return table


def quality_table(quality: Quality) -> Table:
    table = Table(title="Match quality", title_justify="left", show_header=False)
    table.add_row("preferences met", f"{quality.wishes_met:.0%}")
    table.add_row("proven gap", f"{quality.gap_ppm:.1f} ppm" + ("" if quality.gap_ppm else ", proven"))
    table.add_row("time", f"{quality.seconds:.2f} s")
    return table
