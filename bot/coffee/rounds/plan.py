"""Planning a round: who meets, before anything is written."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.coffee.activity.attendance import Attendance, check_attendance
from bot.coffee.rounds import rules
from bot.coffee.rounds.matches_made import Matching, empty_matching
from bot.coffee.rounds.rematching import rematch
from bot.core.calendar import zone_or_utc
from bot.core.work import Work
from storage.kinds import ProgramState
from storage.programs import apart, programs
from storage.programs.programs import Program


@dataclass(frozen=True)
class Plan:
    """A planned round that is not written yet."""

    due_at: datetime
    attendance: Attendance
    matched: Matching
    starts_at: datetime | None = None
    """Start if an admin sends it early; None for the regular time."""

    def as_of(self, now: Attendance, apart: Collection[tuple[str, str]]) -> "Plan":
        """Return what still holds, without people who no longer take part and without blocked pairs. New ones are in no
        match."""
        gone = self.attendance.present - now.present
        return replace(self, attendance=now, matched=self.matched.without(gone).parted(apart))

    @property
    def could_bring_together(self) -> bool:
        """Return whether there would be matches without private block lists, whose effect must not be revealed."""
        return len(self.attendance.present) > 1 and self.matched.quality.bound != 0

    def has_changed_since(self, before: "Plan") -> bool:
        is_same = self.attendance.present == before.attendance.present
        return not is_same or self.matched.groups != before.matched.groups

    def left_over_since(self, before: "Plan") -> Collection[str]:
        """Return people who joined, or lost their match, since then."""
        came = self.attendance.present - before.attendance.present
        return came | (self.matched.alone.keys() - before.matched.alone.keys())


def decide(work: Work, program_id: int) -> Plan | None:
    program = programs.program(work, program_id=program_id)
    if program is None or not is_due(program, work.now):
        return None
    if rules.is_too_late(program.next_round_at, work.now):
        return Plan(program.next_round_at, Attendance(frozenset(), {}), empty_matching())
    return keep_private_lists(work, program, plan_next(work, program))


def keep_private_lists(work: Work, program: Program, plan: Plan) -> Plan:
    """Return the plan without privately blocked pairs; the people concerned are matched again."""
    allowed = plan.matched.parted(apart.all_pairs(work))
    return plan if allowed is plan.matched else replace(plan, matched=rematch(work, program, allowed))


def plan_next(work: Work, program: Program) -> Plan:
    """Return the next round as its admins see it, if it started now. The seed is drawn already, so only private block
    lists can change it. These are ignored here, as an admin could try out who is on one.
    """
    from bot.coffee.rounds import matching  # Takes long to load: see there.

    attendance, present = check_attendance(work, program)
    matched = matching.match_up(work, program, present, int(program.next_seed), private_lists=False)
    return Plan(program.next_round_at, attendance, matched)


def plan_next_of(work: Work, program_id: int) -> Plan | None:
    """Return the plan; None if the program is not running."""
    program = programs.program(work, program_id=program_id)
    return plan_next(work, program) if program is not None and program.state is ProgramState.RUNNING else None


def is_due(program: Program, now: datetime) -> bool:
    if program.state != ProgramState.RUNNING or program.next_round_at > now:
        return False
    zone = zone_or_utc(program.zone)
    return rules.may_start(program.next_round_at, now, zone) or rules.is_too_late(program.next_round_at, now)
