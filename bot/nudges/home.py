"""The settings of nudges on Home's Settings page."""

from collections.abc import Mapping

from bot.core.blocks import actions, button, context, header, section
from bot.core.calendar import WEEKDAYS
from bot.core.message import Block
from bot.core.nudge import NudgeKind
from bot.core.texts import listed
from bot.core.work import Work
from bot.nudges import blocks, service
from bot.nudges.forms import WORKING_DAYS, Wishes

PROMISE = (
    "Now and then I suggest one small step: at most one message a day and three a week, in your working hours, "
    "never while you are away. Three in a row that you leave unanswered stop their kind."
)


def on_settings(kinds: Mapping[str, NudgeKind], work: Work, person_id: str) -> list[Block]:
    return drawn(kinds, service.wishes_of(work, person_id, kinds)) if kinds else []


def drawn(kinds: Mapping[str, NudgeKind], wishes: Wishes) -> list[Block]:
    change = button("Change", blocks.OPEN_SETTINGS)
    if wishes.is_off:
        on = button("Turn on again", blocks.ALL_ON, style="primary")
        return [header("Suggestions"), section("All are off. You hear nothing that you did not ask for."), actions(on)]
    lines = "\n".join(line(kind, wishes) for kind in kinds.values())
    return [
        header("Suggestions"),
        context(PROMISE),
        section(lines),
        context(times(wishes)),
        actions(change, *bring_back(kinds, wishes), button("Turn all off", blocks.ALL_OFF)),
    ]


def line(kind: NudgeKind, wishes: Wishes) -> str:
    if kind.name in wishes.stopped:
        return f"⬜ {kind.label} (stopped: you left three unanswered)"
    return f"{'✅' if kind.name in wishes.on else '⬜'} {kind.label}"


def bring_back(kinds: Mapping[str, NudgeKind], wishes: Wishes) -> list[dict[str, object]]:
    return [button("Bring back what stopped", blocks.BRING_BACK)] if wishes.stopped & kinds.keys() else []


def times(wishes: Wishes) -> str:
    days = "On working days" if wishes.days == WORKING_DAYS else f"On {listed(names_of(wishes.days))}"
    begins = "" if wishes.from_hour is None else f", not before {wishes.from_hour}:00"
    ends = "" if wishes.until_hour is None else f", not after {wishes.until_hour}:00"
    return f"{days}{begins}{ends}, always within your working hours."


def names_of(days: str) -> list[str]:
    return [f"{WEEKDAYS[int(day)]}s" for day in days]
