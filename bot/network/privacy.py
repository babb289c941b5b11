"""Export of a person's network besides the people they know."""

from typing import Any

from bot.core.work import Work
from storage.connections import network
from storage.connections.network import IntroductionRequest
from storage.kinds import RequestState


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    """Export the person's own data: not who pinned them or declined their requests."""
    pins = network.pins_of(work, person_ids=[person_id])
    wishes = network.wishes(work, person_id=person_id)
    requests = network.requests_with(work, person_id=person_id)
    looks = network.lookups(work, person_id=person_id)
    kept: dict[str, Any] = {
        "people_to_stay_in_touch_with": [
            {"with": pin.other_id, "every_weeks": pin.every_weeks, "since": pin.pinned_on.isoformat()} for pin in pins
        ],
        "teams_you_would_like_to_meet": [wish.team for wish in wishes],
        "introductions_you_asked_for": [own(one) for one in requests if one.person_id == person_id],
        "introductions_you_were_asked_about": [
            {"for": one.person_id, "because": one.because} for one in requests if was_asked(one, person_id)
        ],
        "looks_for_who_could_introduce_you": {"on": looks[0].isoformat(), "times": looks[1]} if looks else {},
        "you_are_not_named_as_connector": network.is_not_a_connector(work, person_id=person_id),
    }
    return {name: value for name, value in kept.items() if value}


def own(one: IntroductionRequest) -> dict[str, Any]:
    """Return a request as its asker knows it, without who declined."""
    worked = one.state is RequestState.INTRODUCED
    return {
        "to": one.team or one.target_person_id,
        "through": one.connector_person_id,
        "because": one.because,
        "asked_at": one.asked_at.isoformat(),
        "came_together": worked,
    }


def was_asked(one: IntroductionRequest, person_id: str) -> bool:
    if one.connector_person_id == person_id:
        return True
    # A target knows of a request only once asked: until then it is the asker's.
    reached = {RequestState.TARGET_ASKED, RequestState.INTRODUCED}
    return one.target_person_id == person_id and one.state in reached
