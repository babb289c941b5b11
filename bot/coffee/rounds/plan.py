"""Deciding a round: who meets whom, before anything is written."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.coffee.activity.attendance import Attendance, who_takes_part
from bot.coffee.rounds import rules
from bot.coffee.rounds.matches_made import Matched, nobody
from bot.coffee.rounds.rematching import rematch
from bot.core.calendar import zone_or_utc
from bot.core.work import Work
from storage.kinds import ProgramState
from storage.programs import apart, programs
from storage.programs.programs import Program


@dataclass(frozen=True)
class Plan:
    """A round as it was decided, before it is written."""

    due_at: datetime
    attendance: Attendance
    matched: Matched
    starts_at: datetime | None = None
    """When an admin sends it early; otherwise it starts when it is due."""

    def as_of(self, now: Attendance, apart: Collection[tuple[str, str]]) -> "Plan":
        """What of it still holds: without those who don't take part any more, and without matches of people who would
        rather not meet. Whoever came since has no match in it."""
        gone = self.attendance.present.keys() - now.present.keys()
        return replace(self, attendance=now, matched=self.matched.without(gone).parted(apart))

    @property
    def could_bring_together(self) -> bool:
        """Whether it would have had matches but for private lists, which are no one's business."""
        return len(self.attendance.present) > 1 and self.matched.quality.bound != 0

    def has_changed_since(self, before: "Plan") -> bool:
        is_same = self.attendance.present.keys() == before.attendance.present.keys()
        return not is_same or self.matched.groups != before.matched.groups

    def left_over_since(self, before: "Plan") -> Collection[str]:
        """Who came, or lost whom they were to meet."""
        came = self.attendance.present.keys() - before.attendance.present.keys()
        return came | (self.matched.alone.keys() - before.matched.alone.keys())


def decide(work: Work, program_id: int) -> Plan | None:
    program = programs.program(work, program_id=program_id)
    if program is None or not is_due(program, work.now):
        return None
    if rules.is_too_late(program.next_round_at, work.now):
        return Plan(program.next_round_at, Attendance({}, {}), nobody())
    return keep_private_lists(work, program, plan_next(work, program))


def keep_private_lists(work: Work, program: Program, plan: Plan) -> Plan:
    """The plan without matches that a private list forbids; those people are matched again."""
    allowed = plan.matched.parted(apart.all_pairs(work))
    return plan if allowed is plan.matched else replace(plan, matched=rematch(work, program, allowed))


def plan_next(work: Work, program: Program) -> Plan:
    """The next round if it started now, as its admins see it. The dice are thrown already, so it will be the same but
    for what private lists forbid. Those have no influence here: an admin could try out who is on one.
    """
    from bot.coffee.rounds import matching  # Takes long to load: see there.

    attendance = who_takes_part(work, program)
    matched = matching.match_up(work, program, attendance.present, int(program.next_seed), private_lists=False)
    return Plan(program.next_round_at, attendance, matched)


def plan_next_of(work: Work, program_id: int) -> Plan | None:
    """None when the program is not running any more."""
    program = programs.program(work, program_id=program_id)
    return plan_next(work, program) if program is not None and program.state is ProgramState.RUNNING else None


def is_due(program: Program, now: datetime) -> bool:
    if program.state != ProgramState.RUNNING or program.next_round_at > now:
        return False
    zone = zone_or_utc(program.zone)
    return rules.may_start(program.next_round_at, now, zone) or rules.is_too_late(program.next_round_at, now)
