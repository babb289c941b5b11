"""Writes planned nudges to the outbox and records them, so that none is repeated."""

from collections.abc import Sequence
from datetime import date

from bot.core import keys
from bot.core.nudge import Suggestion
from bot.core.work import Work
from bot.nudges import blocks
from bot.nudges.registry import Chosen, NudgeRegistry, taste_of
from bot.nudges.rules import Preference
from storage import nudges
from storage.kinds import Attention
from storage.nudges import Nudge
from storage.outbox.keys import MessageKey


def write(work: Work, kinds: NudgeRegistry, day: date, ready: Sequence[str], chosen: Sequence[Chosen]) -> None:
    """Write the nudges. Only one of two concurrent processes writes, and people who opted out since are left out."""
    mine = set(nudges.mark_planned(work, person_ids=ready, day=day))
    still_mine = [one for one in chosen if one.person_id in mine]
    if not still_mine:
        return
    ids = [one.person_id for one in still_mine]
    calendars = nudges.calendars(work, person_ids=ids)
    tastes = nudges.tastes(work, person_ids=ids)
    for one in still_mine:
        if calendars[one.person_id].is_off:
            continue
        wanted = [
            (name, suggestion, taste)
            for name, suggestion in one.suggestions
            if (taste := taste_of(tastes.get((one.person_id, name)), kinds[name])).is_wanted
        ]
        if wanted:
            suggest(work, one, wanted, key=keys.nudge(one.person_id, day))


def suggest(work: Work, one: Chosen, wanted: Sequence[tuple[str, Suggestion, Preference]], *, key: MessageKey) -> None:
    rows = [
        Nudge(
            workspace_id=work.workspace_id,
            person_id=one.person_id,
            kind=name,
            about=suggestion.about,
            message_key=key.text,
            planned_at=work.now,
        )
        for name, suggestion, _ in wanted
    ]
    work.session.add_all(rows)
    work.session.flush()
    shown = [
        blocks.Shown(row.id, suggestion, taste.is_last_chance)
        for row, (_, suggestion, taste) in zip(rows, wanted, strict=True)
    ]
    work.send(blocks.message(shown), to=one.person_id, key=key, attention=Attention.NUDGE, until=one.until)
