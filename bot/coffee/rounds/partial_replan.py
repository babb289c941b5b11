"""Who came or went while a large round was decided, and who is left with nobody because of it.

Deciding for ten thousand takes a while, and in such a company somebody skips or joins at any time: begun anew for each,
it would never end. What was decided for the others holds.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.coffee.activity.attendance import seen_again, who_takes_part
from bot.coffee.matches.preferences import wishes_apart
from bot.coffee.rounds import repair
from bot.coffee.rounds.plan import Plan, is_due
from bot.coffee.rounds.rematching import rematch
from bot.core.work import Bot, Work
from storage.programs import programs


@dataclass(frozen=True, slots=True)
class Mend:
    """Decide a plan once more, for those for whom it does not hold any more."""

    plan: Plan

    def __call__(self, work: Work, program_id: int) -> Plan | None:
        program = programs.program(work, program_id=program_id)
        if program is None or not is_due(program, work.now) or program.next_round_at != self.plan.due_at:
            return None
        seen = seen_again(work, program, self.plan.attendance)
        plan = self.plan.as_of(seen, wishes_apart(work, program))
        return replace(plan, matched=rematch(work, program, plan.matched, plan.left_over_since(self.plan)))


def find_company(bot: Bot, program_id: int, left_over: Collection[str]) -> None:
    """For the few who came or were left while the round was written. One at a time, so that no click waits for it."""
    for person_id in sorted(left_over):
        with bot.begin() as work:
            program = programs.program(work, program_id=program_id)
            if program is None:
                return
            for person in who_takes_part(work, program, among={person_id}).present.values():
                repair.left_over(work, program, person)
