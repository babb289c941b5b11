"""Replans a large round for people who joined or left, or lost their match, while it was being decided.

Deciding for 10,000 people takes a while, and in such a company someone always joins or leaves: starting over would
never end. Matches of the others are kept.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.coffee.activity.attendance import find_participants, refreshed
from bot.coffee.matches.preferences import wishes_apart
from bot.coffee.rounds import repair
from bot.coffee.rounds.plan import Plan, is_due
from bot.coffee.rounds.rematching import rematch
from bot.core.work import Bot, Work
from storage.programs import programs


@dataclass(frozen=True, slots=True)
class PartialReplan:
    """Replans the part of a plan that no longer holds."""

    plan: Plan

    def __call__(self, work: Work, program_id: int) -> Plan | None:
        program = programs.program(work, program_id=program_id)
        if program is None or not is_due(program, work.now) or program.next_round_at != self.plan.due_at:
            return None
        seen = refreshed(work, program, self.plan.attendance)
        plan = self.plan.as_of(seen, wishes_apart(work, program))
        return replace(plan, matched=rematch(work, program, plan.matched, plan.left_over_since(self.plan)))


def find_company(bot: Bot, program_id: int, left_over: Collection[str]) -> None:
    """Place people who joined or lost their match while the round was written, in a short transaction each."""
    for person_id in sorted(left_over):
        with bot.begin() as work:
            program = programs.program(work, program_id=program_id)
            if program is None:
                return
            for person in find_participants(work, program, among={person_id}).values():
                repair.unmatched_people(work, program, person)
