"""The next round as it would be, for its admins: who would meet whom, why, and what could not be fulfilled."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.blocks import actions, button, confirmed, context, header, plain_text, section
from bot.core.message import Block
from bot.core.texts import count, listed, mention, moment
from bot.programs.absences import ABOUT_THEM
from bot.programs.drawing import name
from bot.programs.rounds.deciding import Plan
from bot.programs.rounds.matched import Group, Quality
from storage.kinds import AbsenceReason
from storage.programs import Program

SEND_NOW, RESHUFFLE, KEEP_APART_ONCE, LET_MEET, PREVIOUS, NEXT, LOOK_AGAIN = (
    f"programs_{what}"
    for what in ("send_now", "reshuffle", "apart_once", "let_meet", "preview_previous", "preview_next", "preview_again")
)
AT_ONCE = 20
"""Matches on a page."""
LEAST_COUNTED = 5
"""Totals over fewer say too much of each."""
MOST_APART = 20
UNMET = {
    "same_team": ("is within one team", "are within one team"),
    "met_before": ("has people who met before", "have people who met before"),
    "hours": ("shares less than two hours of the working day", "share less than two hours of the working day"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    program: Program
    plan: Plan
    stamp: str
    """What this preview shows, in short: with it the bot sees whether the next one would be another."""
    made_at: datetime
    apart: Sequence[tuple[str, str]] = ()
    """Who is kept apart in this round by an admin."""
    page: int = 0
    news: str = ""


def waiting(program: Program) -> dict[str, Any]:
    return modal(program, "", [section(f"I'm matching everybody in *{name(program)}*, one moment.")])


def window(shown: Preview) -> dict[str, Any]:
    groups = shown.plan.matched.groups
    # There may be fewer pages than when they turned.
    shown = replace(shown, page=min(shown.page, max(len(groups) - 1, 0) // AT_ONCE))
    first = shown.page * AT_ONCE
    drawn: list[Block] = [context(shown.news)] if shown.news else []
    drawn += [section(lead(shown)), *buttons(shown)]
    if groups:
        drawn += [header(f"Matches {first + 1} to {min(first + AT_ONCE, len(groups))} of {len(groups):,}")]
        drawn += [section(line(group)) for group in groups[first : first + AT_ONCE]]
        drawn += turning(shown)
    drawn += [
        *unmet(groups),
        *sitting_out(shown.plan),
        *kept_apart(shown),
    ]
    drawn += [context(quality(shown.plan.matched.quality))] if groups else []
    return modal(shown.program, f"{shown.program.id}:{shown.page}:{shown.stamp}", drawn)


def modal(program: Program, about: str, drawn: list[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text("Next round", 24),
        "close": plain_text("Close", 24),
        "private_metadata": about or str(program.id),
        "blocks": drawn,
    }


def lead(shown: Preview) -> str:
    groups = shown.plan.matched.groups
    people = sum(len(group.people) for group in groups)
    starts = moment(shown.plan.due_at, shown.program.zone)
    if not groups:
        return f"*{name(shown.program)}*, {starts}: nobody would meet. It takes two people who may meet each other."
    return (
        f"*{name(shown.program)}*, {starts}: {count(people, 'person', 'people')} in "
        f"{count(len(groups), 'match', 'matches')}. These are the matches that will be sent, if nobody joins or leaves."
    )


def buttons(shown: Preview) -> list[Block]:
    which = str(shown.program.id)
    apart = button("Keep two apart", KEEP_APART_ONCE, which)
    if not shown.plan.matched.groups:
        return [actions(button("Look again", LOOK_AGAIN, which), apart)]
    send = confirmed(
        button("Send now", SEND_NOW, which, style="primary"),
        "Send it now?",
        "Everybody here is introduced at once, instead of at the regular time. The round after it keeps to the rhythm.",
        "Send now",
    )
    return [actions(send, button("Reshuffle", RESHUFFLE, which), apart)]


def line(group: Group) -> str:
    return f"{listed([mention(person_id) for person_id in group.people])}\n{group.why}"


def turning(shown: Preview) -> list[Block]:
    last = (len(shown.plan.matched.groups) - 1) // AT_ONCE
    pages = [("Previous", PREVIOUS, shown.page - 1), ("Next", NEXT, shown.page + 1)]
    there = [button(label, action_id, str(page)) for label, action_id, page in pages if 0 <= page <= last]
    return [actions(*there)] if there else []


def unmet(groups: Iterable[Group]) -> list[Block]:
    """What could not be fulfilled, in numbers."""
    numbers = Counter(kind for group in groups for kind in group.unmet if kind in UNMET)
    if not numbers:
        return []
    told = [f"{count(number, 'match', 'matches')} {UNMET[kind][number > 1]}" for kind, number in numbers.most_common()]
    return [section(f"*What could not be fulfilled*\n{listed(told)}: everybody else was taken, or would fit less.")]


def sitting_out(plan: Plan) -> list[Block]:
    """Totals of five or more, never anybody's own reason; and no rest from which a smaller one could be worked out."""
    reasons = Counter([*plan.attendance.absent.values(), *plan.matched.alone.values()])
    told = [f"{count(number, 'person', 'people')}: {ABOUT_THEM[why]}" for why, number in enough(reasons)]
    if not told:
        return []
    return [section("*Who sits out*\n" + "\n".join(told)), context("Reasons of fewer than five people are not shown.")]


def enough(reasons: Counter[AbsenceReason]) -> list[tuple[AbsenceReason, int]]:
    return [(why, number) for why, number in reasons.most_common() if number >= LEAST_COUNTED]


def kept_apart(shown: Preview) -> list[Block]:
    if not shown.apart:
        return []
    drawn: list[Block] = [section("*Kept apart in this round* by its admins")]
    for one, other in shown.apart[:MOST_APART]:
        again = button("Let them meet", LET_MEET, f"{one},{other}")
        drawn.append(section(f"{mention(one)} and {mention(other)}", accessory=again))
    return drawn


def quality(reached: Quality) -> str:
    proven = (
        "no other matching is better" if not reached.gap_ppm else f"at most {reached.gap_ppm:,.0f} ppm from the best"
    )
    return f"Wishes met: {reached.wishes_met:.0%} · {proven}, proven by a bound · matched in {reached.seconds:.1f} s"
