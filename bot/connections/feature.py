"""Who has met whom."""

from typing import Any

from bot.core.feature import Feature
from bot.core.work import Work
from storage import connections


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    meetings = connections.meetings_of(work.session, workspace_id=work.workspace_id, person_id=person_id)
    return {
        "meetings": [
            {
                "met_on": meeting.met_on.isoformat(),
                "through": meeting.through,
                "with": [seat.person_id for seat in meeting.seats if seat.person_id != person_id],
            }
            for meeting in meetings
        ]
    }


def forget_person(work: Work, person_id: str) -> None:
    connections.forget_person(work.session, workspace_id=work.workspace_id, person_id=person_id)


FEATURE = Feature(name="connections", export_person=export_person, forget_person=forget_person)
