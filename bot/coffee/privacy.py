"""Export and deletion of what programs keep about a person."""

from typing import Any

from bot.coffee.texts.absences import ABOUT_YOU
from bot.core.work import Work
from storage import now
from storage.connections import learned
from storage.programs import apart, programs
from storage.rounds import rounds, slots, written


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    memberships = programs.memberships_ever(work, person_id=person_id)
    absences = rounds.absences_of(work, person_id=person_id)
    return {
        "memberships": [
            {
                "program": program.name,
                "joined_at": member.joined_at.isoformat(),
                "left_at": member.left_at.isoformat() if member.left_at else None,
                "paused_until": member.paused_until.isoformat() if member.paused_until else None,
                "chosen_group": member.chosen_group,
            }
            for program, member in memberships
        ],
        "matches": [
            {
                "with": [seat.person_id for seat in match.seats if seat.person_id != person_id],
                "started_at": match.round.starts_at.isoformat(),
                "why": match.why,
                "agreed_at": match.agreed_at.isoformat() if match.agreed_at else None,
                "your_answer": next((seat.answer for seat in match.seats if seat.person_id == person_id), None),
            }
            for match in rounds.matches_of(work, person_id=person_id)
        ],
        "rather_not_meet": list(apart.wishes_of(work, person_id=person_id)),
        "times_you_chose": [
            {"match": slot.match_id, "starts_at": slot.starts_at.isoformat(), "chosen_at": at.isoformat()}
            for slot, at in slots.choices_of(work, person_id=person_id)
        ],
        "programs_you_lead": [program.name for program in programs.programs_led_by(work, person_id=person_id)],
        "pairs_you_keep_apart_once": programs.pairs_kept_apart_by(work, person_id=person_id),
        "learned": [
            {"words": row.words, "written_at": row.written_at.isoformat(), "is_shared": row.shared_at is not None}
            for row in learned.of_person(work, person_id=person_id)
        ],
        "agreed_to_share": [
            {"line": row.learned_id, "agrees": row.agrees} for row in learned.consents_of(work, person_id=person_id)
        ],
        "coffees_now": [
            {"began_at": row.began_at.isoformat(), "state": row.state, "with": row.other_id or ""}
            for row in now.requests_of(work, person_id=person_id)
            if row.person_id == person_id
        ],
        "asked_for_a_coffee_now": [
            {"asked_at": row.asked_at.isoformat(), "accepted": row.accepts}
            for row in now.asks_of(work, person_id=person_id)
        ],
        "written_answers": [
            {"match": row.match_id, "answers": row.answers, "answered_at": row.answered_at.isoformat()}
            for row in written.answers_of(work, person_id=person_id)
        ],
        "rounds_without_a_match": [
            {"round": absence.round_id, "reason": ABOUT_YOU[absence.reason]()} for absence in absences
        ],
    }


def forget_person(work: Work, person_id: str) -> None:
    apart.forget_person(work, person_id=person_id)
    rounds.forget_person(work, person_id=person_id)
    programs.forget_person(work, person_id=person_id)
    now.forget_person(work, person_id=person_id)
    learned.forget_person(work, person_id=person_id)
    written.forget_person(work, person_id=person_id)
    slots.forget_person(work, person_id=person_id)
