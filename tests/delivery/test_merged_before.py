"""What waits in the outbox of a version that put heads-ups together when it sent them goes out once all the same."""

from datetime import timedelta

import pytest
from alembic import command
from sqlalchemy import text

from bot.core.blocks import section
from bot.core.message import Message
from storage.kinds import Attention
from storage.migrate import configuration
from storage.programs import programs
from tests.delivery.test_budget import POST, rows, wait

BEFORE = "0035"


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


def tell(weft, person, key, *lines):
    with weft.bot.begin() as work:
        message = Message("\n".join(lines), [section(line) for line in lines])
        until = work.now + timedelta(hours=20)
        work.send(message, to=person.id, key=key, attention=Attention.AHEAD, until=until)


def upgrade_from_before(weft, *changes):
    with weft.bot.db.engine.begin() as connection:
        command.downgrade(configuration(connection), BEFORE)
        connection.execute(text("UPDATE outbox_messages SET shares = :yes"), {"yes": True})
        for change in changes:
            connection.execute(text(change))
        command.upgrade(configuration(connection), "head")


def read(person):
    return [line for message in person.messages() for line in message.text.split("\n")]


def test_two_that_were_to_come_as_one_both_come_on_that_day(weft_on_both, ana):
    weft = weft_on_both
    weft.tick()
    tell(weft, ana, "coffee", "Coffee is tomorrow")
    tell(weft, ana, "lunch", "Lunch is tomorrow")

    upgrade_from_before(weft)
    wait(weft, hours=1)

    assert read(ana) == ["Coffee is tomorrow", "Lunch is tomorrow"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("fault", ["lose_answer", "drop_request"])
def test_a_merged_post_whose_answer_was_lost_is_looked_for_and_not_said_twice(weft_on_both, workspace, ana, fault):
    weft = weft_on_both
    weft.tick()
    getattr(workspace.faults, fault)(POST)
    tell(weft, ana, "coffee", "Coffee is tomorrow", "Lunch is tomorrow")
    weft.composed.carrier.carry()
    tell(weft, ana, "lunch", "Lunch is tomorrow")

    upgrade_from_before(
        weft,
        "UPDATE outbox_messages SET text = 'Coffee is tomorrow' WHERE key = 'coffee'",
        "UPDATE outbox_messages SET said_with = 'coffee', is_uncertain = TRUE WHERE key = 'lunch'",
    )
    wait(weft, hours=2)

    assert read(ana) == ["Coffee is tomorrow", "Lunch is tomorrow"]
    assert {row.state.value for row in rows(weft)} == {"sent", "past"}


def test_of_rounds_ahead_people_are_not_told_again(weft, program):
    told = "INSERT INTO outbox_messages (workspace_id, key, recipient, deed, text, blocks, importance, attention, "
    told += "has_file, shares, is_uncertain, attempts, epoch, looks, due_at, state) SELECT workspace_id, "
    told += "'program:1:heads-up:202603030900:' || person_id, person_id, 'post', 'You are in', '[]', 3, 'program', "
    told += "FALSE, TRUE, FALSE, 1, 0, 0, '2026-03-02 09:00:00', 'sent' FROM memberships"
    upgrade_from_before(weft, told)

    with weft.bot.look() as work:
        members = programs.members(work, program_id=1)
        starts_at = programs.program(work, program_id=1).next_round_at
        assert {member.heads_up_for for member in members} == {starts_at}
