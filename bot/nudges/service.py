"""Answers to nudges, by a button below one or in the settings."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.core.errors import FormError, NotForYou, UserError
from bot.core.nudge import NudgeKind
from bot.core.work import Work
from bot.nudges import forms, texts
from bot.nudges.forms import Wishes
from bot.nudges.registry import taste_of
from bot.nudges.settling import mark_shown, outcomes_of
from storage import nudges
from storage.kinds import DeliveryState, NudgeOutcome
from storage.nudges import Nudge, NudgeTaste

Outcomes = Mapping[int, NudgeOutcome]


def answer(work: Work, nudge_id: int, *, by: str, outcome: NudgeOutcome) -> None:
    """Record *Not now*, *Less of this* or *Never this kind*. Idempotent."""
    nudge = mine(work, nudge_id, by)
    if nudge.outcome is outcome:
        return
    taste = taste_for(work, nudge)
    taste.ignored = 0  # An answer is not silence.
    if outcome is NudgeOutcome.LESS:
        taste.less += 1
    elif outcome is NudgeOutcome.NEVER:
        taste.is_on = False
    settle_with(work, nudge, outcome)


def use(work: Work, nudge_ids: Collection[int], *, by: str) -> None:
    """Record that the person pressed the feature's own button in these nudges."""
    for nudge in nudges.get_many(work, nudge_ids=nudge_ids).values():
        if nudge.person_id == by and nudge.outcome is not NudgeOutcome.USED:
            taste = taste_for(work, nudge)
            taste.ignored, taste.used = 0, taste.used + 1
            settle_with(work, nudge, NudgeOutcome.USED)


def keep(work: Work, nudge_id: int, *, by: str) -> None:
    """Turn the type on again, whether it stopped or was switched off."""
    taste = taste_for(work, mine(work, nudge_id, by))
    taste.ignored, taste.is_on = 0, True


def mine(work: Work, nudge_id: int, by: str) -> Nudge:
    nudge = nudges.nudge(work, nudge_id=nudge_id)
    if nudge is None:
        raise UserError(texts.EXPIRED())
    if nudge.person_id != by:
        raise NotForYou(texts.NOT_YOURS())
    return nudge


def taste_for(work: Work, nudge: Nudge) -> NudgeTaste:
    return nudges.taste(work, person_id=nudge.person_id, kind=nudge.kind)


def settle_with(work: Work, nudge: Nudge, outcome: NudgeOutcome) -> None:
    mark_shown(work, nudge, work.now)
    nudge.outcome, nudge.settled_at = outcome, work.now


def standing(work: Work, nudge_ids: Sequence[int], *, by: str) -> Outcomes:
    """Return the outcomes of a message's nudges, to redraw it."""
    rows = nudges.get_many(work, nudge_ids=nudge_ids)
    return outcomes_of({number: row for number, row in rows.items() if row.person_id == by})


# Settings


def wishes_of(work: Work, person_id: str, kinds: Mapping[str, NudgeKind]) -> Wishes:
    calendar = nudges.calendars(work, person_ids=[person_id]).get(person_id)
    tastes = nudges.tastes(work, person_ids=[person_id])
    known = {name: taste_of(tastes.get((person_id, name)), kind) for name, kind in kinds.items()}
    return Wishes(
        on=frozenset(name for name, taste in known.items() if taste.is_wanted),
        stopped=frozenset(name for name, taste in known.items() if taste.is_on and taste.has_stopped),
        is_off=calendar is not None and calendar.is_off,
        days=calendar.days if calendar is not None else forms.WORKING_DAYS,
        from_hour=calendar.from_hour if calendar is not None else None,
        until_hour=calendar.until_hour if calendar is not None else None,
    )


def save(work: Work, person_id: str, kinds: Mapping[str, NudgeKind], wishes: Wishes) -> None:
    """Save which types, days and hours. Raises FormError if no time is left."""
    if not wishes.days:
        raise FormError(forms.DAYS, texts.NO_DAY())
    if (wishes.from_hour or 0) >= (wishes.until_hour or 24):
        raise FormError(forms.UNTIL, texts.TOO_EARLY())
    calendar = nudges.calendar(work, person_id=person_id)
    calendar.days, calendar.from_hour, calendar.until_hour = wishes.days, wishes.from_hour, wishes.until_hour
    before = wishes_of(work, person_id, kinds)
    for name in kinds:
        if (name in wishes.on) != (name in before.on):
            switch(work, person_id, name, is_on=name in wishes.on)
    withdraw(work, person_id)


def switch(work: Work, person_id: str, kind: str, *, is_on: bool) -> None:
    taste = nudges.taste(work, person_id=person_id, kind=kind)
    taste.is_on = is_on
    if is_on:
        taste.ignored = 0


def turn_off(work: Work, person_id: str) -> None:
    nudges.calendar(work, person_id=person_id).is_off = True
    withdraw(work, person_id)


def turn_on(work: Work, person_id: str) -> None:
    nudges.calendar(work, person_id=person_id).is_off = False


def bring_back(work: Work, person_id: str, *, kinds: Mapping[str, NudgeKind]) -> None:
    """Turn on all types that stopped."""
    for name in wishes_of(work, person_id, kinds).stopped:
        switch(work, person_id, name, is_on=True)


def withdraw(work: Work, person_id: str) -> None:
    """Cancel nudges that are not sent yet: they rest on old settings, and are planned anew tomorrow."""
    waiting = nudges.unsettled(work, person_ids=[person_id])
    for one in waiting:
        if one.state is DeliveryState.WAITING:
            work.take_back(one.nudge.message_key)
            work.session.delete(one.nudge)


# Privacy


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    calendars = nudges.calendars(work, person_ids=[person_id])
    tastes = nudges.tastes(work, person_ids=[person_id])
    kept = {
        "suggested": [
            {
                "kind": row.kind,
                "about": row.about,
                "at": row.planned_at.isoformat(),
                "outcome": row.outcome,
            }
            for row in nudges.nudges_of(work, person_id=person_id)
        ],
        "kinds": [
            {"kind": row.kind, "is_on": row.is_on, "ignored": row.ignored, "used": row.used, "less": row.less}
            for row in tastes.values()
        ],
        "times": [
            {"is_off": row.is_off, "days": row.days, "from_hour": row.from_hour, "until_hour": row.until_hour}
            for row in calendars.values()
        ],
    }
    return kept if any(kept.values()) else {}


def forget_person(work: Work, person_id: str) -> None:
    nudges.forget_person(work, person_id=person_id)
