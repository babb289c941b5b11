"""Programs and their members."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import NULLTYPE

from storage.connections.connections import FORGOTTEN
from storage.kinds import GroupedBy, Joining, ProgramKind, ProgramState
from storage.people.people import Person
from storage.polling import NOW, WORKSPACE, parameter, polled
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, insert_into

AT_ONCE = 500
MEMBERS_UNREAD = "members_unread"
"""Trouble code: Slack's answer for the channel's members was unusable."""


class Program(Table):
    """A group of people with a rhythm and a rule for who meets."""

    __tablename__ = "programs"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    kind: Mapped[ProgramKind]
    name: Mapped[str] = mapped_column(String(80))
    channel_id: Mapped[SlackId]
    state: Mapped[ProgramState] = mapped_column(default=ProgramState.RUNNING)
    every_weeks: Mapped[int]
    weekday: Mapped[int]
    """Weekdays; 0 is Monday."""
    wall_time: Mapped[str] = mapped_column(String(5))
    """Local time in `zone`, like `10:00`."""
    zone: Mapped[str] = mapped_column(String(64))
    first_on: Mapped[date] = mapped_column(Date)
    """Day of the first round; weeks are counted from it."""
    next_round_at: Mapped[datetime] = mapped_column(index=True)
    next_seed: Mapped[str] = mapped_column(String(20))
    """Seed of the next round, drawn in advance so that a preview shows what will be sent."""
    heads_up_for: Mapped[datetime | None]
    """Start of the round that the last heads-up was about."""
    created_by: Mapped[SlackId]
    created_at: Mapped[datetime]
    members_read_at: Mapped[datetime | None]
    """When the channel's members were last synced."""
    version: Mapped[int] = mapped_column(default=1)
    """Incremented by each change, to detect concurrent edits by two admins."""
    nth: Mapped[int | None]
    """Monthly on the first (1) to fourth or the last (-1) such weekday; replaces `every_weeks`."""
    size: Mapped[int] = mapped_column(default=2)
    """People in a match."""
    minutes: Mapped[int] = mapped_column(default=15)
    """Length of a meeting."""
    grouped_by: Mapped[GroupedBy | None]
    choices: Mapped[list[str]] = mapped_column(default=list)
    """Groups to pick from."""
    user_groups: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the user groups that meet each other. For a member of several, the first applies."""
    audience: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the user groups whose members may join. Empty: everyone may."""
    groups_missed: Mapped[list[str]] = mapped_column(default=list)
    """User groups of both kinds that are gone or empty, of which the program's admins were told."""
    joining: Mapped[Joining] = mapped_column(default=Joining.ANYONE)
    lets_guests: Mapped[bool] = mapped_column(default=False)
    exception_days: Mapped[list[str]] = mapped_column(default=list)
    """Days without a round, like `2026-12-24`: it moves to the next working day."""
    country: Mapped[str | None] = mapped_column(String(10))
    """Country whose holidays are exceptions too."""
    templates: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Admins' own message templates, by name."""
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its channel is private: only people who were in it see the program."""
    channel_trouble: Mapped[str | None] = mapped_column(String(64))
    """Why Weft can't see the channel: Slack's code or MEMBERS_UNREAD. The program's admins were told."""


class Membership(Table):
    """A person's membership. Leaving ends it without deleting it."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "workspace_id", "tell_at"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    through_channel: Mapped[bool]
    """Joined through the channel, so leaving the channel ends it."""
    paused_until: Mapped[date | None] = mapped_column(Date)
    skipped_round_at: Mapped[datetime | None]
    """Start of the round they skip."""
    left_alone: Mapped[int] = mapped_column(default=0)
    """Rounds in a row without a match; gives priority in the next."""
    chosen_group: Mapped[str | None] = mapped_column(String(75))
    """Their pick, in a program where people pick their group."""
    is_open_to_now: Mapped[bool] = mapped_column(default=True)
    """Whether they may be asked for a coffee now."""
    silent_rounds: Mapped[int] = mapped_column(default=0)
    """Rounds in a row with a match and without activity, up to the last one ended."""
    asked_to_stay_at: Mapped[datetime | None]
    """When they were asked whether they want to stay, or that was decided. Delivery is tracked in the outbox."""
    heads_up_for: Mapped[datetime | None]
    """Start of the round of their planned or last heads-up. None while a stay question is planned."""
    tell_at: Mapped[datetime | None]
    """When the planned heads-up or stay question is due, in one message with those of their other programs."""
    told_at: Mapped[datetime | None]
    """When that message was put into the outbox; part of its key."""


class ProgramAdmin(Table):
    """A person who may change a program and gets its alerts, besides workspace admins."""

    __tablename__ = "program_admins"

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]


class ApartOnce(Table):
    """A pair an admin keeps apart in the next round. For private blocks, see apart.py."""

    __tablename__ = "apart_once"

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    other_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    created_by: Mapped[SlackId]


PRESENCE = (
    Membership.joined_at,
    Membership.paused_until,
    Membership.skipped_round_at,
    Person.is_active,
    Person.is_guest,
    Person.unreachable_at,
    Person.status_emoji,
    Person.status_until,
    Person.country,
)
"""Columns that decide whether a member takes part in a round."""


def program(scope: Scope, *, program_id: int) -> Program | None:
    found = scope.session.get(Program, program_id)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


IN_WORKSPACE = select(Program).where(Program.workspace_id == WORKSPACE)
RUNNING = IN_WORKSPACE.where(Program.state == ProgramState.RUNNING)
programs = polled(IN_WORKSPACE.order_by(Program.id))
running_programs = polled(RUNNING.order_by(Program.id))
"""Programs visible to members."""
programs_due = polled(RUNNING.where(Program.next_round_at <= NOW).order_by(Program.next_round_at, Program.id))
programs_before = polled(
    RUNNING.where(
        Program.next_round_at <= parameter("until"),
        or_(Program.heads_up_for.is_(None), Program.heads_up_for != Program.next_round_at),
    ).order_by(Program.id)
)
"""Programs whose next round starts before then and without a heads-up so far."""


def programs_led_by(scope: Scope, *, person_id: str) -> Sequence[Program]:
    """Return programs that name this person as an admin."""
    chosen = select(Program).join(ProgramAdmin, ProgramAdmin.program_id == Program.id)
    mine = chosen.where(Program.workspace_id == scope.workspace_id, ProgramAdmin.person_id == person_id)
    return scope.session.scalars(mine.order_by(Program.id)).all()


def admins_of(scope: Scope, *, program_id: int) -> Sequence[str]:
    chosen = select(ProgramAdmin.person_id).where(ProgramAdmin.program_id == program_id)
    return scope.session.scalars(chosen.order_by(ProgramAdmin.person_id)).all()


def replace_admins(scope: Scope, *, program: Program, person_ids: Iterable[str]) -> None:
    scope.session.execute(delete(ProgramAdmin).where(ProgramAdmin.program_id == program.id))
    scope.session.add_all(
        ProgramAdmin(program_id=program.id, person_id=person_id, workspace_id=program.workspace_id)
        for person_id in sorted(set(person_ids))
    )
    scope.session.flush()


def pairs_apart_once(scope: Scope, *, program_id: int) -> list[tuple[str, str]]:
    chosen = select(ApartOnce.person_id, ApartOnce.other_id).where(ApartOnce.program_id == program_id)
    return [
        (one, other) for one, other in scope.session.execute(chosen.order_by(ApartOnce.person_id, ApartOnce.other_id))
    ]


def pairs_kept_apart_by(scope: Scope, *, person_id: str) -> list[list[str]]:
    chosen = select(ApartOnce).where(ApartOnce.workspace_id == scope.workspace_id, ApartOnce.created_by == person_id)
    return [[row.person_id, row.other_id] for row in scope.session.scalars(chosen)]


def keep_apart_once(scope: Scope, *, program: Program, pair: tuple[str, str], by: str) -> None:
    one, other = sorted(pair)
    add_if_missing(scope, ApartOnce, program_id=program.id, person_id=one, other_id=other, created_by=by)


def forget_apart_once(scope: Scope, *, program_id: int, pair: tuple[str, str] | None = None) -> None:
    """Delete this pair or all pairs: they were for one round."""
    chosen = delete(ApartOnce).where(ApartOnce.program_id == program_id)
    if pair is not None:
        chosen = chosen.where(ApartOnce.person_id == min(pair), ApartOnce.other_id == max(pair))
    scope.session.execute(chosen)


def count_members_of_all(scope: Scope) -> dict[int, int]:
    """Count members by program, without people who left the company."""
    chosen = select(Membership.program_id, func.count()).where(
        Membership.workspace_id == scope.workspace_id, *is_there()
    )
    return {program_id: count for program_id, count in scope.session.execute(chosen.group_by(Membership.program_id))}


def save_program(scope: Scope, program: Program) -> bool:
    """Save the program. False if its channel has another one by now; the transaction must then be rolled back."""
    scope.session.add(program)
    try:
        scope.session.flush()
    except IntegrityError:
        return False
    return True


def program_of_channel(scope: Scope, *, channel_id: str) -> Program | None:
    chosen = select(Program).where(Program.workspace_id == scope.workspace_id, Program.channel_id == channel_id)
    return scope.session.scalar(chosen)


def lock_program(scope: Scope, *, program_id: int) -> Program | None:
    """Return the program, reloaded and locked until the transaction ends."""
    return scope.session.get(Program, program_id, with_for_update=True, populate_existing=True)


def mark_members_read(scope: Scope, *, program_id: int) -> None:
    scope.session.get_one(Program, program_id).members_read_at = scope.now


def forget_way_in(scope: Scope, *, program_id: int) -> None:
    """Clear `through_channel`, so that members stay when the program moves to another channel."""
    here = update(Membership).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    scope.session.execute(here.values(through_channel=False))


def membership(scope: Scope, *, program_id: int, person_id: str) -> Membership | None:
    return scope.session.get(Membership, (program_id, person_id))


def add_membership(scope: Scope, *, program: Program, person_id: str, at: datetime) -> bool:
    """Add a membership. False if it exists, perhaps from a concurrent process."""
    row = {"program_id": program.id, "person_id": person_id, "workspace_id": program.workspace_id}
    new = insert_into(scope, Membership).values(**row, joined_at=at, through_channel=False)
    return scope.session.scalar(new.on_conflict_do_nothing().returning(Membership.person_id)) is not None


def lock_membership(scope: Scope, *, program_id: int, person_id: str) -> Membership:
    """Return the membership, reloaded and locked until the transaction ends."""
    key = (program_id, person_id)
    return scope.session.get_one(Membership, key, with_for_update=True, populate_existing=True)


def members(scope: Scope, *, program_id: int) -> Sequence[Membership]:
    """Return current members, paused ones included."""
    chosen = select(Membership).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    return scope.session.scalars(chosen.order_by(Membership.person_id)).all()


def ever_members(scope: Scope, *, program_id: int) -> set[str]:
    """Return ids of current and former members."""
    return set(scope.session.scalars(select(Membership.person_id).where(Membership.program_id == program_id)))


def memberships_to_tell(scope: Scope, *, person_id: str) -> list[tuple[Program, Membership]]:
    """Return and lock the memberships with a heads-up or stay question due, ordered by next round."""
    chosen = (
        select(Program, Membership)
        .join(Membership, Membership.program_id == Program.id)
        .where(Membership.workspace_id == scope.workspace_id, Membership.person_id == person_id)
        .where(Membership.tell_at <= scope.now, Membership.left_at.is_(None))
        .order_by(Program.next_round_at, Program.id)
        .with_for_update(of=Membership)
        .execution_options(populate_existing=True)
    )
    return [(found, belongs) for found, belongs in scope.session.execute(chosen)]


people_to_tell = polled(
    select(Membership.person_id)
    .where(Membership.workspace_id == WORKSPACE, Membership.tell_at <= NOW)
    .distinct()
    .order_by(Membership.person_id)
)


def forget_to_tell(scope: Scope, *, program_id: int, questions: bool) -> None:
    """Cancel the planned heads-ups, or the planned stay questions, of a program."""
    waiting = (Membership.program_id == program_id, Membership.tell_at.is_not(None), Membership.told_at.is_(None))
    is_question = Membership.heads_up_for.is_(None)
    chosen = update(Membership).where(*waiting, is_question if questions else ~is_question)
    scope.session.execute(chosen.values(tell_at=None, heads_up_for=None))


def move_skips(scope: Scope, *, program_id: int, before: datetime, after: datetime) -> None:
    """Move skips along with a rescheduled round."""
    chosen = update(Membership).where(Membership.program_id == program_id, Membership.skipped_round_at == before)
    scope.session.execute(chosen.values(skipped_round_at=after))


def get_memberships(scope: Scope, *, program_id: int, person_ids: Iterable[str]) -> Sequence[Membership]:
    """Return current memberships of these people."""
    chosen = select(Membership).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    return [
        member
        for some in in_parts(sorted(person_ids))
        for member in scope.session.scalars(chosen.where(Membership.person_id.in_(some)).order_by(Membership.person_id))
    ]


def in_parts(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def count_members(scope: Scope, *, program_id: int) -> int:
    chosen = select(func.count()).select_from(Membership)
    return scope.session.scalar(chosen.where(Membership.program_id == program_id, *is_there())) or 0


def is_there() -> tuple[ColumnElement[bool], ...]:
    """Return the condition for current members who are still in the company."""
    known = (Person.workspace_id == Membership.workspace_id, Person.person_id == Membership.person_id)
    return Membership.left_at.is_(None), exists().where(*known, Person.is_active)


def attending_members(scope: Scope, *, program_id: int) -> dict[str, tuple[object, ...]]:
    """Return the columns of PRESENCE by member, to detect changes cheaply."""
    same_person = (Person.workspace_id == Membership.workspace_id) & (Person.person_id == Membership.person_id)
    # Raw database values: they are only compared, and skipping conversion halves the time.
    decisive = [type_coerce(column, NULLTYPE) for column in PRESENCE]
    chosen = select(Membership.person_id, *decisive).outerjoin(Person, same_person)
    rows = scope.session.execute(chosen.where(Membership.program_id == program_id, Membership.left_at.is_(None)))
    return {row[0]: tuple(row[1:]) for row in rows}


def add_silent_round(scope: Scope, *, program_id: int, matched: Collection[str], alone: Collection[str]) -> None:
    """Count rounds without a match in a row, and reset the count of people matched."""
    waiting = select(Membership).where(Membership.program_id == program_id, Membership.left_alone > 0)
    for member in scope.session.scalars(waiting):
        if member.person_id in matched:
            member.left_alone = 0
    for some in in_parts(sorted(alone)):
        counted = update(Membership).where(Membership.program_id == program_id, Membership.person_id.in_(some))
        scope.session.execute(counted.values(left_alone=Membership.left_alone + 1))


def memberships_of(scope: Scope, *, person_id: str) -> list[tuple[Program, Membership]]:
    """Return the programs a person is in."""
    everything = memberships_ever(scope, person_id=person_id)
    return [(found, belongs) for found, belongs in everything if belongs.left_at is None]


def memberships_ever(scope: Scope, *, person_id: str) -> list[tuple[Program, Membership]]:
    chosen = (
        select(Program, Membership)
        .join(Membership, Membership.program_id == Program.id)
        .where(Program.workspace_id == scope.workspace_id, Membership.person_id == person_id)
        .order_by(Program.id)
    )
    return [(found, belongs) for found, belongs in scope.session.execute(chosen)]


def forget_person(scope: Scope, *, person_id: str) -> None:
    scope.session.execute(
        delete(Membership).where(Membership.workspace_id == scope.workspace_id, Membership.person_id == person_id)
    )
    scope.session.execute(
        delete(ProgramAdmin).where(ProgramAdmin.workspace_id == scope.workspace_id, ProgramAdmin.person_id == person_id)
    )
    named = or_(ApartOnce.person_id == person_id, ApartOnce.other_id == person_id, ApartOnce.created_by == person_id)
    scope.session.execute(delete(ApartOnce).where(ApartOnce.workspace_id == scope.workspace_id, named))
    for made in scope.session.scalars(
        select(Program).where(Program.workspace_id == scope.workspace_id, Program.created_by == person_id)
    ):
        made.created_by = FORGOTTEN


def members_of_any(scope: Scope, *, person_ids: Sequence[str]) -> set[str]:
    """Return those of these people who are in any program."""
    found: set[str] = set()
    for start in range(0, len(person_ids), 500):
        chosen = select(Membership.person_id).where(
            Membership.workspace_id == scope.workspace_id,
            Membership.person_id.in_(person_ids[start : start + 500]),
            Membership.left_at.is_(None),
        )
        found.update(scope.session.scalars(chosen))
    return found
