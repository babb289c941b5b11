"""A large round is decided in a process of its own, and nobody can tell."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coffee.rounds import worker
from bot.coffee.rounds.plan import decide, plan_next_of
from tests.coffee.stories import introductions


@pytest.mark.slow
def test_what_is_decided_elsewhere_is_what_would_have_been_decided_here(weft, program, monkeypatch):
    weft.settle()
    weft.clock.advance(timedelta(days=1))
    with weft.bot.look() as work:
        here = decide(work, 1)
    elsewhere_too = worker.plan_in_subprocess(weft.bot, 1)
    assert elsewhere_too.matched.groups == here.matched.groups
    assert elsewhere_too.attendance.present == here.attendance.present

    monkeypatch.setattr(worker, "plan_in_subprocess", lambda _bot, _program_id, _how: elsewhere_too)
    monkeypatch.setattr(worker, "LARGE", 2)
    weft.settle()
    assert all(len(introductions(person)) == 1 for person in program.everyone)


@pytest.mark.slow
@pytest.mark.expects_error("a round could not be decided")
def test_what_goes_wrong_there_is_told_by_its_kind_and_the_round_stays_due(weft, program, tmp_path):
    class Nowhere:
        url = f"sqlite:///{tmp_path}/nothing.sqlite3"

    with pytest.raises(worker.NotDecidedError, match=r"^OperationalError$"):
        worker.plan_in_subprocess(replace(weft.bot, db=Nowhere()), 1)


@pytest.mark.slow
def test_a_preview_of_many_is_the_same_as_one_made_here(weft, program):
    with weft.bot.look() as work:
        here = plan_next_of(work, 1)

    assert worker.plan_in_subprocess(weft.bot, 1, plan_next_of).matched.groups == here.matched.groups
