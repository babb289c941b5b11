"""Preview of the next round for its admins: matches, their reasons and unmet preferences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.coffee.rounds.matches_made import LEAST_COUNTED, Group
from bot.coffee.rounds.plan import Plan
from bot.coffee.texts import preview as texts
from bot.coffee.texts.absences import ABOUT_THEM
from bot.core.blocks import actions, button, confirmed, context, header, plain_text, section
from bot.core.lists import listed
from bot.core.message import Block
from bot.core.mrkdwn import mention, moment
from storage.programs.programs import Program

Counted = TypeVar("Counted")

SEND_NOW, RESHUFFLE, KEEP_APART_ONCE, LET_MEET, PREVIOUS, NEXT, LOOK_AGAIN = (
    f"programs_{what}"
    for what in ("send_now", "reshuffle", "apart_once", "let_meet", "preview_previous", "preview_next", "preview_again")
)
AT_ONCE = 20
"""Matches on a page."""
MOST_APART = 20


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
    return modal(str(program.id), [section(texts.LOADING(program=program.name))])


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
        drawn += [header(texts.PAGE(first=first + 1, last=min(first + AT_ONCE, len(groups)), total=len(groups)))]
        drawn += [section(line(group)) for group in groups[first : first + AT_ONCE]]
        drawn += turning(shown)
    drawn += [
        *unmet(groups),
        *sitting_out(shown.plan),
        *kept_apart(shown),
    ]
    coffees = shown.plan.matched.tellable_first_coffees
    drawn += [context(texts.FIRST_COFFEES(count=coffees))] if coffees is not None else []
    return modal(f"{shown.program_id}:{shown.page}:{shown.stamp}", drawn)


def without_matches(shown: Preview) -> dict[str, Any]:
    """Return the same window whatever the matches are, even if there are none."""
    news: list[Block] = [context(shown.news)] if shown.news else []
    drawn = [*news, section(texts.TOO_FEW(least=LEAST_COUNTED)), actions(send_button(str(shown.program_id)))]
    return modal(f"{shown.program_id}:0:{shown.stamp}", drawn)


def modal(about: str, drawn: list[Block]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text(texts.TITLE(), 24),
        "close": plain_text(texts.CLOSE(), 24),
        "private_metadata": about,
        "blocks": drawn,
    }


def lead(shown: Preview) -> str:
    groups = shown.plan.matched.groups
    people = sum(len(group.people) for group in groups)
    starts = moment(shown.plan.due_at, shown.zone)
    if not groups:
        return texts.NO_MATCHES(program=shown.name, when=starts)
    matches = texts.MATCH_COUNT(count=len(groups))
    return texts.MATCHES(people=texts.PEOPLE(count=people), matches=matches, when=starts)


def buttons(shown: Preview) -> list[Block]:
    which = str(shown.program_id)
    apart = button(texts.KEEP_TWO_APART(), KEEP_APART_ONCE, which)
    if not shown.plan.matched.groups:
        return [actions(button(texts.REFRESH(), LOOK_AGAIN, which), apart)]
    return [actions(send_button(which), button(texts.RESHUFFLE(), RESHUFFLE, which), apart)]


def send_button(which: str) -> Block:
    return confirmed(
        button(texts.SEND_NOW(), SEND_NOW, which, style="primary"),
        texts.SEND_TITLE(),
        texts.SEND_QUESTION(),
        texts.SEND_NOW(),
        texts.NOT_YET(),
    )


def line(group: Group) -> str:
    """Return a match, sorted by id: who is captain depends on earlier rounds, which private blocks influenced."""
    return f"{listed([mention(person_id) for person_id in sorted(group.people)])}\n{group.why_for_admins}".rstrip()


def turning(shown: Preview) -> list[Block]:
    last = (len(shown.plan.matched.groups) - 1) // AT_ONCE
    pages = [(texts.PREVIOUS(), PREVIOUS, shown.page - 1), (texts.NEXT(), NEXT, shown.page + 1)]
    there = [button(label, action_id, str(page)) for label, action_id, page in pages if 0 <= page <= last]
    return [actions(*there)] if there else []


def unmet(groups: Iterable[Group]) -> list[Block]:
    """Return totals of unmet preferences, of five or more."""
    numbers = enough(Counter(kind for group in groups for kind in group.unmet if kind in texts.UNMET))
    return [context(texts.UNMET[kind](count=number)) for kind, number in numbers]


def takes_too_few(plan: Plan) -> bool:
    return len(plan.attendance.present) < LEAST_COUNTED


def sitting_out(plan: Plan) -> list[Block]:
    """Return totals of absence reasons, of five or more, without a remainder that would reveal smaller ones."""
    reasons = Counter([*plan.attendance.absent.values(), *plan.matched.alone.values()])
    told = [
        texts.ABSENT(people=texts.PEOPLE(count=number), reason=ABOUT_THEM[why]()) for why, number in enough(reasons)
    ]
    return [section("\n".join([texts.NOT_IN_ROUND(), *told])), context(texts.FIVE_OR_MORE())] if told else []


def enough(reasons: Counter[Counted]) -> list[tuple[Counted, int]]:
    return [(why, number) for why, number in reasons.most_common() if number >= LEAST_COUNTED]


def kept_apart(shown: Preview) -> list[Block]:
    if not shown.apart:
        return []
    drawn: list[Block] = [section(texts.KEPT_APART())]
    for one, other in shown.apart[:MOST_APART]:
        again = button(texts.REMOVE(), LET_MEET, f"{one},{other}")
        drawn.append(section(texts.A_PAIR_APART(one=mention(one), other=mention(other)), accessory=again))
    return drawn
