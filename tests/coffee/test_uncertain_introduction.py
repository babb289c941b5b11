"""An introduction has arrived, and Weft can't know it yet: its buttons work all the same."""

import pytest

from storage.kinds import MessageKind
from storage.outbox import outbox
from tests.coffee.stories import introductions
from tests.coffee.test_repairs import begin, people_met_by

POST, HISTORY = "chat.postMessage", "conversations.history"
UNKNOWN_ENDS = {
    "answer lost": lambda faults: faults.lose_answer(POST),
    "server error after the post": lambda faults: faults.answer(POST, {"ok": False}, 503, is_done=True),
    "answer of a portal": lambda faults: faults.answer(POST, "<h1>Log in</h1>", is_done=True),
    "answer without ts": lambda faults: faults.answer(POST, {"ok": True}, is_done=True),
}


@pytest.fixture(params=UNKNOWN_ENDS)
def uncertain(weft, workspace, request):
    """From now on no history can be read, and the next message arrives without an answer that says so."""

    def begin_outage():
        weft.settle()
        UNKNOWN_ENDS[request.param](workspace.faults)
        workspace.faults.server_error(HISTORY, times=1000)

    return begin_outage


def waiting(weft):
    with weft.bot.look() as work:
        return [row.is_uncertain for row in outbox.waiting(work, MessageKind.INTRODUCTION, subject_id=1)]


@pytest.mark.sampled(1)
def test_we_met_counts_while_no_one_can_know_that_the_introduction_arrived(weft, program, uncertain):
    for one in (program.cleo, program.dev):
        one.command("/coffee", "skip")
    uncertain()
    begin(weft)
    assert waiting(weft) == [True]

    said = program.ana.press("We met", introductions(program.ana)[-1])

    assert "Hope you had a good chat" in said.text
    assert people_met_by(weft, program.ana) == [program.ben.id]


@pytest.mark.sampled(1)
def test_we_met_counts_when_the_introduction_of_those_who_are_left_may_have_arrived(weft, trio, uncertain):
    uncertain()
    trio.ben.deactivate()
    weft.settle()
    assert waiting(weft) == [True]

    trio.ana.press("We met", introductions(trio.ana)[-1])

    assert people_met_by(weft, trio.ana) == [trio.cleo.id]
