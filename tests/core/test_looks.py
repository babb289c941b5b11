"""Looking at the clock: what is not due costs a question, and what is due happens in its turn."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from bot.core.feature import Tick, always
from bot.scheduler import run_all_ticks, run_tick, run_when_due
from storage.db import READ_ONLY
from storage.workspaces import Workspace
from tests.weft import next_look

EVERY_MINUTE = timedelta(minutes=1)
LOOKS_OF_TWO_WEEKS = 52


@pytest.fixture
def ran():
    """The names of the ticks that were run."""
    return []


def named(name, ran, is_due):
    return Tick(name, EVERY_MINUTE, lambda bot, client: ran.append(name), is_due)


def ours(work):
    return work.session.get_one(Workspace, work.workspace_id)


def test_what_is_not_due_is_not_run(weft, ran):
    answers = {"one": False, "two": True, "three": False}
    run_when_due(weft.composed, *(named(name, ran, lambda work, due=due: due) for name, due in answers.items()))
    assert ran == ["two"]


def test_what_one_brings_about_is_there_for_the_next(weft_on_both, ran):
    def rename(bot, _client):
        with bot.begin() as work:
            ours(work).name = "Acme & Daughters"

    def is_renamed(work):
        return ours(work).name == "Acme & Daughters"

    run_when_due(
        weft_on_both.composed,
        named("before", ran, is_renamed),
        Tick("rename", EVERY_MINUTE, rename),
        named("after", ran, is_renamed),
    )
    assert ran == ["after"]


def test_a_question_that_fails_keeps_nothing_from_running(weft_on_both, ran):
    def fail(work):
        work.session.execute(text("SELECT 1 FROM nowhere"))

    run_when_due(
        weft_on_both.composed,
        named("broken", ran, fail),
        named("idle", ran, lambda work: ours(work).name == ""),
        named("well", ran, lambda work: ours(work).name != ""),
    )
    assert ran == ["broken", "well"]


@pytest.mark.slow
def test_a_look_at_a_quiet_moment_keeps_no_writer_waiting_and_asks_little(weft, round_started):
    weft.settle()
    begun, asked = [], []
    engine = weft.bot.db.engine
    event.listen(engine, "begin", lambda connection: begun.append(READ_ONLY in connection.get_execution_options()))
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    run_all_ticks(weft.composed)

    assert begun
    assert all(begun)
    assert len(asked) < 45


@pytest.mark.slow
def test_of_each_tick_that_is_not_due_it_is_true_that_there_is_nothing_to_do(weft, program):
    """They live through a round. At each look, what the bot leaves out is done all the same, and does nothing."""
    changed, left_out = [], set()

    def note_change(_connection, cursor, statement, *_rest):
        if not statement.startswith("SELECT") and cursor.rowcount > 0:
            changed.append(statement)

    event.listen(weft.bot.db.engine, "after_cursor_execute", note_change)
    for _ in range(LOOKS_OF_TWO_WEEKS):
        weft.settle()
        for tick in idle_ticks(weft):
            changed.clear()
            weft.workspace.calls.clear()
            run_tick(weft.composed, tick)
            assert (tick.name, changed, weft.workspace.calls) == (tick.name, [], [])
            left_out.add(tick.name)
        weft.clock.move_to(next_look(weft.clock.now()))

    assert left_out == {tick.name for tick in ticks_of(weft) if tick.is_due is not always}


def ticks_of(weft):
    return [tick for feature in weft.composed.features for tick in feature.ticks]


def idle_ticks(weft):
    with weft.bot.look() as work:
        return [tick for tick in ticks_of(weft) if not tick.is_due(work)]
