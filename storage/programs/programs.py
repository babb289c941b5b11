"""Programs and who is in them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
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

from storage.asked import WORKSPACE, asked_often
from storage.connections.connections import FORGOTTEN
from storage.kinds import GroupedBy, Joining, ProgramKind, ProgramState
from storage.people.people import Person
from storage.schema import SlackId, Table
from storage.scope import Scope
from storage.upsert import add_if_missing, insert_into

AT_ONCE = 500
MEMBERS_UNREAD = "members_unread"
"""Slack answers nothing useful when it is asked for a channel's members."""


class Program(Table):
    """People with a rhythm and a rule for who meets whom."""

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
    """0 is Monday."""
    wall_time: Mapped[str] = mapped_column(String(5))
    """Hours and minutes on the wall of the zone, `10:00`."""
    zone: Mapped[str] = mapped_column(String(64))
    first_on: Mapped[date] = mapped_column(Date)
    """The day of the first round; the following weeks are counted from it."""
    next_round_at: Mapped[datetime] = mapped_column(index=True)
    next_seed: Mapped[str] = mapped_column(String(20))
    """The dice of the next round, thrown already: a preview shows what will be sent."""
    heads_up_for: Mapped[datetime | None]
    """The start of the round that members were told of beforehand."""
    created_by: Mapped[SlackId]
    created_at: Mapped[datetime]
    members_read_at: Mapped[datetime | None]
    """When the channel's members were last compared with ours."""
    version: Mapped[int] = mapped_column(default=1)
    """Goes up with each change: of two admins at once, the second is told."""
    nth: Mapped[int | None]
    """Every month on the first (1) to fourth or the last (-1) such weekday, instead of every so many weeks."""
    size: Mapped[int] = mapped_column(default=2)
    """People in a match."""
    minutes: Mapped[int] = mapped_column(default=15)
    """How long people meet."""
    grouped_by: Mapped[GroupedBy | None]
    choices: Mapped[list[str]] = mapped_column(default=list)
    """The groups out of which each person chooses theirs."""
    user_groups: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the user groups whose people are to meet. Of several that somebody is in, the first counts."""
    audience: Mapped[list[str]] = mapped_column(default=list)
    """Ids of the user groups whose members may join. None: everybody may."""
    groups_missed: Mapped[list[str]] = mapped_column(default=list)
    """Those of both that are gone or have nobody in them; its admins have been told."""
    joining: Mapped[Joining] = mapped_column(default=Joining.ANYONE)
    lets_guests: Mapped[bool] = mapped_column(default=False)
    exception_days: Mapped[list[str]] = mapped_column(default=list)
    """Days without a round, `2026-12-24`: it moves to the next working day."""
    country: Mapped[str | None] = mapped_column(String(10))
    """Whose holidays are such days too."""
    templates: Mapped[dict[str, str]] = mapped_column(default=dict)
    """The admins' own words for some messages, by their name."""
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Its channel is: only people who were in it know of the program."""
    channel_trouble: Mapped[str | None] = mapped_column(String(64))
    """Why Weft can't see the channel any more, in Slack's code, or MEMBERS_UNREAD; its admins have been told."""


class Membership(Table):
    """A person in a program. Leaving ends it and erases nothing."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "workspace_id", "tell_at"),)

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    through_channel: Mapped[bool]
    """Joined by joining the channel: leaving the channel is leaving the program."""
    paused_until: Mapped[date | None] = mapped_column(Date)
    skipped_round_at: Mapped[datetime | None]
    """The start of the one round that the person sits out."""
    left_alone: Mapped[int] = mapped_column(default=0)
    """Rounds in a row without anybody to meet: they come first next time."""
    chosen_group: Mapped[str | None] = mapped_column(String(75))
    """In a program in which each person says which group they belong to."""
    is_open_to_now: Mapped[bool] = mapped_column(default=True)
    """May be asked for a coffee now, when somebody has time."""
    silent_rounds: Mapped[int] = mapped_column(default=0)
    """Rounds in a row, up to the last that ended, in which they had a match and said nothing."""
    asked_to_stay_at: Mapped[datetime | None]
    """When they were asked whether they would like to go on, or that was decided. Whether it came, the outbox knows."""
    heads_up_for: Mapped[datetime | None]
    """The start of the round that they hear of, or have heard of. None while they are asked instead."""
    tell_at: Mapped[datetime | None]
    """When they hear of it or are asked, in one message with what their other programs have to say by then."""
    told_at: Mapped[datetime | None]
    """When that message was put into the outbox."""


class ProgramAdmin(Table):
    """Somebody who may change a program and hears of its troubles, besides the admins of the workspace."""

    __tablename__ = "program_admins"

    program_id: Mapped[int] = mapped_column(ForeignKey("programs.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[SlackId] = mapped_column(primary_key=True)
    workspace_id: Mapped[SlackId]


class ApartOnce(Table):
    """An admin keeps two people apart in the next round of a program. Nobody's private wish: see apart.py."""

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
"""What decides whether a member takes part in a round."""


def program(scope: Scope, *, program_id: int) -> Program | None:
    found = scope.session.get(Program, program_id)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


@asked_often
def programs() -> Select[Program]:
    return select(Program).where(Program.workspace_id == WORKSPACE).order_by(Program.id)


@asked_often
def running_programs() -> Select[Program]:
    """The programs that members know of."""
    running = (Program.workspace_id == WORKSPACE, Program.state == ProgramState.RUNNING)
    return select(Program).where(*running).order_by(Program.id)


def programs_led_by(scope: Scope, *, person_id: str) -> Sequence[Program]:
    """Those of which this person is an admin by name."""
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


def kept_apart_once(scope: Scope, *, program_id: int) -> list[tuple[str, str]]:
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
    """This pair, or all pairs: they were for one round."""
    chosen = delete(ApartOnce).where(ApartOnce.program_id == program_id)
    if pair is not None:
        chosen = chosen.where(ApartOnce.person_id == min(pair), ApartOnce.other_id == max(pair))
    scope.session.execute(chosen)


def count_members_of_all(scope: Scope) -> dict[int, int]:
    """Nobody counts who has left the company."""
    chosen = select(Membership.program_id, func.count()).where(
        Membership.workspace_id == scope.workspace_id, *is_there()
    )
    return {program_id: count for program_id, count in scope.session.execute(chosen.group_by(Membership.program_id))}


def keep(scope: Scope, program: Program) -> bool:
    """False when its channel has another one by now; then nothing of the transaction can be kept."""
    scope.session.add(program)
    try:
        scope.session.flush()
    except IntegrityError:
        return False
    return True


def program_of_channel(scope: Scope, *, channel_id: str) -> Program | None:
    chosen = select(Program).where(Program.workspace_id == scope.workspace_id, Program.channel_id == channel_id)
    return scope.session.scalar(chosen)


@asked_often
def programs_due(*, now: datetime) -> Select[Program]:
    chosen = select(Program).where(
        Program.workspace_id == WORKSPACE, Program.state == ProgramState.RUNNING, Program.next_round_at <= now
    )
    return chosen.order_by(Program.next_round_at, Program.id)


@asked_often
def programs_before(*, until: datetime) -> Select[Program]:
    """Programs whose next round starts before this moment, and whose members were not told of it yet."""
    chosen = select(Program).where(
        Program.workspace_id == WORKSPACE,
        Program.state == ProgramState.RUNNING,
        Program.next_round_at <= until,
        or_(Program.heads_up_for.is_(None), Program.heads_up_for != Program.next_round_at),
    )
    return chosen.order_by(Program.id)


def lock_program(scope: Scope, *, program_id: int) -> Program | None:
    """The program as it stands, with nobody else deciding about it until this transaction ends."""
    return scope.session.get(Program, program_id, with_for_update=True, populate_existing=True)


def note_members_read(scope: Scope, *, program_id: int, at: datetime) -> None:
    scope.session.get_one(Program, program_id).members_read_at = at


def forget_way_in(scope: Scope, *, program_id: int) -> None:
    """Whoever came through the channel stays in, also when it is not the program's any more."""
    here = update(Membership).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    scope.session.execute(here.values(through_channel=False))


def membership(scope: Scope, *, program_id: int, person_id: str) -> Membership | None:
    return scope.session.get(Membership, (program_id, person_id))


def add_membership(scope: Scope, *, program: Program, person_id: str, at: datetime) -> bool:
    """False when there is one already, perhaps because another process was faster."""
    row = {"program_id": program.id, "person_id": person_id, "workspace_id": program.workspace_id}
    new = insert_into(scope, Membership).values(**row, joined_at=at, through_channel=False)
    return scope.session.scalar(new.on_conflict_do_nothing().returning(Membership.person_id)) is not None


def lock_membership(scope: Scope, *, program_id: int, person_id: str) -> Membership:
    """As it is now, and unchanged by other processes until this transaction ends."""
    key = (program_id, person_id)
    return scope.session.get_one(Membership, key, with_for_update=True, populate_existing=True)


def members(scope: Scope, *, program_id: int) -> Sequence[Membership]:
    """Who is in the program now, be they paused or not."""
    chosen = select(Membership).where(Membership.program_id == program_id, Membership.left_at.is_(None))
    return scope.session.scalars(chosen.order_by(Membership.person_id)).all()


def ever_members(scope: Scope, *, program_id: int) -> set[str]:
    """Who is or was in the program."""
    return set(scope.session.scalars(select(Membership.person_id).where(Membership.program_id == program_id)))


def memberships_to_tell(scope: Scope, *, person_id: str) -> list[tuple[Program, Membership]]:
    """Those in which they are to hear something by now, locked; the next round first."""
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


@asked_often
def people_to_tell(*, now: datetime) -> Select[str]:
    waiting = (Membership.workspace_id == WORKSPACE, Membership.tell_at <= now)
    return select(Membership.person_id).where(*waiting).distinct().order_by(Membership.person_id)


def forget_to_tell(scope: Scope, *, program_id: int, questions: bool) -> None:
    """Nothing that waits is told of this program: no heads-up, or no question whether someone would like to go on."""
    waiting = (Membership.program_id == program_id, Membership.tell_at.is_not(None), Membership.told_at.is_(None))
    is_question = Membership.heads_up_for.is_(None)
    chosen = update(Membership).where(*waiting, is_question if questions else ~is_question)
    scope.session.execute(chosen.values(tell_at=None, heads_up_for=None))


def move_skips(scope: Scope, *, program_id: int, before: datetime, after: datetime) -> None:
    """A round has moved: people who skip it still do."""
    chosen = update(Membership).where(Membership.program_id == program_id, Membership.skipped_round_at == before)
    scope.session.execute(chosen.values(skipped_round_at=after))


def these_members(scope: Scope, *, program_id: int, person_ids: Iterable[str]) -> Sequence[Membership]:
    """Those of these people who are in the program now."""
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
    """In the program, and in the company."""
    known = (Person.workspace_id == Membership.workspace_id, Person.person_id == Membership.person_id)
    return Membership.left_at.is_(None), exists().where(*known, Person.is_active)


def attending(scope: Scope, *, program_id: int) -> dict[str, tuple[object, ...]]:
    """For each member, all that decides whether they take part: for seeing cheaply that nothing has changed."""
    same_person = (Person.workspace_id == Membership.workspace_id) & (Person.person_id == Membership.person_id)
    # As the database keeps it: to be compared, not to be read, and then many rows take half the time.
    decisive = [type_coerce(column, NULLTYPE) for column in PRESENCE]
    chosen = select(Membership.person_id, *decisive).outerjoin(Person, same_person)
    rows = scope.session.execute(chosen.where(Membership.program_id == program_id, Membership.left_at.is_(None)))
    return {row[0]: tuple(row[1:]) for row in rows}


def note_turns(scope: Scope, *, program_id: int, matched: Collection[str], alone: Collection[str]) -> None:
    """Whoever was left alone comes first next time; whoever was not has had their turn."""
    waiting = select(Membership).where(Membership.program_id == program_id, Membership.left_alone > 0)
    for member in scope.session.scalars(waiting):
        if member.person_id in matched:
            member.left_alone = 0
    for some in in_parts(sorted(alone)):
        counted = update(Membership).where(Membership.program_id == program_id, Membership.person_id.in_(some))
        scope.session.execute(counted.values(left_alone=Membership.left_alone + 1))


def memberships_of(scope: Scope, *, person_id: str) -> list[tuple[Program, Membership]]:
    """The programs that a person is in."""
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


def who_is_in_any(scope: Scope, *, person_ids: Sequence[str]) -> set[str]:
    """Those of these people who are in some program."""
    found: set[str] = set()
    for start in range(0, len(person_ids), 500):
        chosen = select(Membership.person_id).where(
            Membership.workspace_id == scope.workspace_id,
            Membership.person_id.in_(person_ids[start : start + 500]),
            Membership.left_at.is_(None),
        )
        found.update(scope.session.scalars(chosen))
    return found
