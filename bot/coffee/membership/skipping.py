"""Skipping one round: the one that a button means, or the one on a given day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.coffee.activity import inactivity
from bot.coffee.activity.ahead import take_back_from
from bot.coffee.membership import blocks
from bot.coffee.membership.blocks import Reply
from bot.coffee.program import rhythm as rhythms
from bot.coffee.program.buttons import round_after
from bot.coffee.program.lookup import find, membership_of
from bot.coffee.program.rhythm import rhythm_of
from bot.coffee.texts import membership as texts
from bot.core.calendar import zone_or_utc
from bot.core.errors import UserError
from bot.core.lists import listed
from bot.core.mrkdwn import day as in_words
from bot.core.work import Work
from storage.programs.programs import Membership, Program
from storage.rounds import rounds

FURTHEST = timedelta(days=366)
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Meant:
    """The round that a button means."""

    program_id: int
    after: int | None = None
    """Id of the round before it, 0 for none. None for a button of an older version."""
    round_at: datetime | None = None
    """Start, for a round later than the next."""
    said_at: datetime | None = None
    """When the button's message was posted, if it is in one."""


def read_meant(value: str, said_at: datetime | None) -> Meant | None:
    """Parse a button's value; None if it is malformed."""
    parts = value.split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 15 for part in parts):
        return None
    program_id, *rest = map(int, parts)
    try:
        round_at = datetime.fromtimestamp(rest[1], UTC) if len(rest) > 1 else None
    except (OverflowError, ValueError):
        return None
    return Meant(program_id, rest[0] if rest else None, round_at, said_at)


def skip(work: Work, meant: Meant, person_id: str) -> Reply:
    program = find(work, meant.program_id)
    member = membership_of(work, program.id, person_id)
    at = meant.round_at or program.next_round_at
    if has_started(work, program, meant):
        return blocks.skip_is_late(program, last_id(work, program))
    return sit_out(work, program, member, at)


def skip_next(work: Work, program: Program, person_id: str) -> Reply:
    return sit_out(work, program, membership_of(work, program.id, person_id), program.next_round_at)


def skip_on(work: Work, program: Program, person_id: str, day: date) -> Reply:
    return sit_out(work, program, membership_of(work, program.id, person_id), round_on(program, day))


def sit_out(work: Work, program: Program, member: Membership, at: datetime) -> Reply:
    is_next = at == program.next_round_at
    meant = round_after(program, last_id(work, program), None if is_next else at)
    skipped = member.skipped_round_at
    if skipped == at:
        return blocks.skips_already(program, meant, at)
    if skipped is not None and skipped >= program.next_round_at:
        other = round_after(program, last_id(work, program), None if skipped == program.next_round_at else skipped)
        return blocks.skips_another(program, other, skipped)
    member.skipped_round_at = at
    inactivity.reset_silence(member)
    if is_next:
        take_back_from(work, program, member.person_id)
    return blocks.skips(program, meant, at)


def unskip(work: Work, meant: Meant, person_id: str) -> Reply:
    program = find(work, meant.program_id)
    member = membership_of(work, program.id, person_id)
    at = meant.round_at or program.next_round_at
    if has_started(work, program, meant):
        return blocks.undo_is_late(program)
    if member.skipped_round_at == at:
        member.skipped_round_at = None
    return blocks.back_in(program, round_after(program, last_id(work, program), meant.round_at))


def has_started(work: Work, program: Program, meant: Meant) -> bool:
    if meant.round_at is not None:
        return meant.round_at < program.next_round_at
    if meant.after is not None:
        return meant.after != last_id(work, program)
    last = rounds.last_round(work, program_id=program.id)
    return meant.said_at is not None and last is not None and last.starts_at > meant.said_at


def last_id(work: Work, program: Program) -> int:
    return rounds.last_id(work, program_id=program.id)


def round_on(program: Program, day: date) -> datetime:
    """Return the start of the round on this day in the program's zone. Raises UserError if there is none."""
    ahead = list(rounds_ahead(program))
    there = {at.astimezone(zone_or_utc(program.zone)).date(): at for at in ahead}
    if day not in there:
        today = program.next_round_at.date()
        days = listed([in_words(one, today) for one in list(there)[:MOST_NAMED]])
        raise UserError(texts.NO_ROUND_THAT_DAY(program=program.name, day=in_words(day, today), days=days))
    return there[day]


def has_round_on(program: Program, day: date) -> bool:
    zone = zone_or_utc(program.zone)
    return any(at.astimezone(zone).date() == day for at in rounds_ahead(program))


def rounds_ahead(program: Program) -> Iterator[datetime]:
    rhythm, at = rhythm_of(program), program.next_round_at
    latest = at + FURTHEST
    while at < latest:
        yield at
        at = rhythms.next_round_at(rhythm, at)
