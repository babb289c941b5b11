"""What every kind of program owes its members. A kind that is added is tried here by itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from bot.coffee.program.kinds import KINDS
from bot.people.service import import_attributes
from storage.kinds import MatchState
from storage.programs import programs
from storage.rounds import rounds
from tests.coffee.stories import opened
from tests.coffee.test_kinds import started
from tests.rows import copy_of
from tests.weft import words

TEAMS = ("Data", "Sales", "Support")
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.fixture
def running(weft, team, workspace, kind):
    """Twelve people of three teams in a program of this kind, which runs."""
    crowd = [workspace.add_person(f"Person {number}", tz="Europe/Berlin") for number in range(12)]
    put_in_teams(weft, crowd)
    channel = workspace.add_channel("everyone", members=crowd)
    started(weft, team.alma, channel, Type=kind.label())
    return SimpleNamespace(admin=team.alma, crowd=crowd, channel=channel)


@pytest.fixture
def begun(weft, running):
    """Its first round has begun, and everyone has read their introduction."""
    weft.live_until(program_in(weft).next_round_at)
    weft.live(hours=2)
    return running


def put_in_teams(weft, people):
    weft.tick()
    with weft.bot.begin() as work:
        rows = [f"{person.id},{TEAMS[number % len(TEAMS)]}" for number, person in enumerate(people)]
        import_attributes(work, "\n".join(["person_id,team", *rows]))


def program_in(weft):
    with weft.bot.look() as work:
        [program] = programs.running_programs(work)
        return copy_of(program)


def matches(weft):
    """The people of each match of the last round that is not called off."""
    with weft.bot.look() as work:
        last = rounds.last_round(work, program_id=program_in(weft).id)
        standing = [match for match in last.matches if match.state is not MatchState.CALLED_OFF]
        return [{seat.person_id for seat in match.seats} for match in standing]


def seated(weft):
    return set().union(*matches(weft))


def members(weft):
    with weft.bot.look() as work:
        return {member.person_id for member in programs.members(work, program_id=program_in(weft).id)}


def newcomer(weft, workspace):
    eva = workspace.add_person("Eva Horak", tz="Europe/Berlin")
    put_in_teams(weft, [eva])
    return eva


@pytest.mark.sampled(1)
@every_kind
def test_everyone_is_introduced_and_may_ask_why(weft, begun, kind):
    assert seated(weft) == {person.id for person in begun.crowd}
    assert all(len(match) in kind.sizes or len(match) == kind.size + 1 for match in matches(weft))
    for person in begun.crowd:
        [introduction] = person.group_messages()
        assert person.id in str(introduction.blocks)
        assert " were matched " in words(person.command("/coffee", "why"))


@pytest.mark.sampled(1)
@every_kind
def test_who_joins_late_is_welcomed_and_meets_someone_soon(weft, begun, workspace):
    eva = newcomer(weft, workspace)

    eva.join(begun.channel)
    weft.live(hours=3)

    assert eva.id in members(weft)
    assert any("Welcome to" in message.text for message in eva.messages())
    assert eva.command("/coffee", "why").text
    weft.live_until(program_in(weft).next_round_at)
    weft.live(hours=2)
    assert eva.id in seated(weft)


@pytest.mark.sampled(1)
@every_kind
@pytest.mark.parametrize(
    "goes",
    [
        lambda person, channel: person.leave(channel),
        lambda person, channel: person.command("/coffee", "pause 3w"),
        lambda person, channel: person.deactivate(),
    ],
    ids=["leaves", "pauses", "leaves the company"],
)
def test_when_someone_cant_come_no_one_is_left_sitting_alone(weft, begun, goes):
    [first, *others] = begun.crowd
    told_before = {person.id: len(person.messages()) + len(person.group_messages()) for person in others}
    [partners] = [match - {first.id} for match in matches(weft) if first.id in match]

    goes(first, begun.channel)
    weft.live(hours=3)

    assert first.id not in seated(weft)
    assert all(len(match) > 1 for match in matches(weft))
    for person in others:
        is_told = len(person.messages()) + len(person.group_messages()) > told_before[person.id]
        assert is_told or person.id not in partners


@pytest.mark.slow
@every_kind
def test_after_someone_left_another_who_joins_may_take_the_place(weft, begun, workspace):
    eva = newcomer(weft, workspace)
    begun.crowd[0].leave(begun.channel)

    eva.join(begun.channel)
    weft.live(hours=3)

    assert members(weft) == {person.id for person in [*begun.crowd[1:], eva]}
    assert all(len(match) > 1 for match in matches(weft))


@pytest.mark.sampled(1)
@every_kind
def test_the_next_round_can_be_looked_at_and_shuffled(weft, running):
    opened(running.admin, program_in(weft).name)
    running.admin.press("Preview matches")
    assert all(f"<@{person.id}>" in str(running.admin.modal.blocks) for person in running.crowd)

    running.admin.press("Reshuffle")
    assert all(f"<@{person.id}>" in str(running.admin.modal.blocks) for person in running.crowd)


@pytest.mark.sampled(1)
@every_kind
def test_who_came_and_went_unheard_is_found_by_reading_the_channel(weft, begun, workspace):
    eva = newcomer(weft, workspace)
    workspace.hold_events()
    eva.join(begun.channel)
    begun.crowd[0].leave(begun.channel)
    workspace.deliveries.held.clear()
    workspace.release_events()

    weft.live(days=1, hours=1)

    assert members(weft) == {person.id for person in [*begun.crowd[1:], eva]}
    assert weft.clock.now() - program_in(weft).members_read_at < timedelta(days=1)
