"""Preview of the next round for its admins: matches, their reasons and unmet preferences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.coffee.absences import ABOUT_THEM
from bot.coffee.program.drawing import name
from bot.coffee.rounds.matches_made import Group, Quality
from bot.coffee.rounds.plan import Plan
from bot.core.blocks import actions, button, confirmed, context, header, plain_text, section
from bot.core.message import Block
from bot.core.texts import count, listed, mention, moment
from storage.programs.programs import Program

Counted = TypeVar("Counted")

SEND_NOW, RESHUFFLE, KEEP_APART_ONCE, LET_MEET, PREVIOUS, NEXT, LOOK_AGAIN = (
    f"programs_{what}"
    for what in ("send_now", "reshuffle", "apart_once", "let_meet", "preview_previous", "preview_next", "preview_again")
)
AT_ONCE = 20
"""Matches on a page."""
LEAST_COUNTED = 5
"""Minimum for totals, and for showing matches at all: smaller numbers would reveal individuals."""
MOST_APART = 20
TOO_FEW = (
    f"Fewer than {LEAST_COUNTED} people take part in this round, so its matches are theirs alone and I don't show "
    "them. You can still send it now, or let it start as planned."
)
UNMET = {
    "same_team": "are within one team",
    "met_before": "have people who met before",
    "hours": "share less than two hours of the working day",
}


@dataclass(frozen=True, slots=True)
class Preview:
    program_id: int
    name: str
    zone: str
    basis: tuple[object, ...]
    """Values of the program it rests on. As long as they are equal, so is the round."""
    plan: Plan
    stamp: str
    """Fingerprint of the preview, to detect whether the round would differ now."""
    made_at: datetime
    apart: Sequence[tuple[str, str]] = ()
    """Pairs that an admin keeps apart in this round."""
    page: int = 0
    news: str = ""


def waiting(program: Program) -> dict[str, Any]:
    return modal(str(program.id), [section(f"I'm matching everyone in *{name(program)}*, one moment.")])


def window(shown: Preview) -> dict[str, Any]:
    if takes_too_few(shown.plan):
        return without_matches(shown)
    groups = shown.plan.matched.groups
    # There may be fewer pages by now.
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
    drawn += [context(quality(shown.plan.matched.quality))] if len(groups) >= LEAST_COUNTED else []
    return modal(f"{shown.program_id}:{shown.page}:{shown.stamp}", drawn)


def without_matches(shown: Preview) -> dict[str, Any]:
    """Return the same window whatever the matches are, even if there are none."""
    news: list[Block] = [context(shown.news)] if shown.news else []
    drawn = [*news, section(TOO_FEW), actions(send_button(str(shown.program_id)))]
    return modal(f"{shown.program_id}:0:{shown.stamp}", drawn)


def modal(about: str, drawn: list[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text("Next round", 24),
        "close": plain_text("Close", 24),
        "private_metadata": about,
        "blocks": drawn,
    }


def lead(shown: Preview) -> str:
    groups = shown.plan.matched.groups
    people = sum(len(group.people) for group in groups)
    starts = moment(shown.plan.due_at, shown.zone)
    if not groups:
        return f"*{shown.name}*, {starts}: nobody would meet. It takes two people who may meet each other."
    return (
        f"*{shown.name}*, {starts}: {count(people, 'person', 'people')} in "
        f"{count(len(groups), 'match', 'matches')}. These are the matches that will be sent, if no one joins or "
        "leaves. I only change one if someone asked me in private not to be matched with someone in it."
    )


def buttons(shown: Preview) -> list[Block]:
    which = str(shown.program_id)
    apart = button("Keep two apart", KEEP_APART_ONCE, which)
    if not shown.plan.matched.groups:
        return [actions(button("Look again", LOOK_AGAIN, which), apart)]
    return [actions(send_button(which), button("Reshuffle", RESHUFFLE, which), apart)]


def send_button(which: str) -> Block:
    return confirmed(
        button("Send now", SEND_NOW, which, style="primary"),
        "Send it now?",
        "Everybody here is introduced at once, instead of at the regular time. The round after it keeps to the rhythm.",
        "Send now",
    )


def line(group: Group) -> str:
    """Return a match, sorted by id: who is captain depends on earlier rounds, which private blocks influenced."""
    return f"{listed([mention(person_id) for person_id in sorted(group.people)])}\n{group.why_for_admins}".rstrip()


def turning(shown: Preview) -> list[Block]:
    last = (len(shown.plan.matched.groups) - 1) // AT_ONCE
    pages = [("Previous", PREVIOUS, shown.page - 1), ("Next", NEXT, shown.page + 1)]
    there = [button(label, action_id, str(page)) for label, action_id, page in pages if 0 <= page <= last]
    return [actions(*there)] if there else []


def unmet(groups: Iterable[Group]) -> list[Block]:
    """Return totals of unmet preferences, of five or more."""
    numbers = enough(Counter(kind for group in groups for kind in group.unmet if kind in UNMET))
    if not numbers:
        return []
    told = [f"{number} matches {UNMET[kind]}" for kind, number in numbers]
    return [section(f"*What could not be fulfilled*\n{listed(told)}: everybody else was taken, or would fit less.")]


def takes_too_few(plan: Plan) -> bool:
    return len(plan.attendance.present) < LEAST_COUNTED


def sitting_out(plan: Plan) -> list[Block]:
    """Return totals of absence reasons, of five or more, without a remainder that would reveal smaller ones."""
    reasons = Counter([*plan.attendance.absent.values(), *plan.matched.alone.values()])
    told = [f"{count(number, 'person', 'people')}: {ABOUT_THEM[why]}" for why, number in enough(reasons)]
    if not told:
        return []
    return [section("*Who sits out*\n" + "\n".join(told)), context("Reasons of fewer than five people are not shown.")]


def enough(reasons: Counter[Counted]) -> list[tuple[Counted, int]]:
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
