"""What is too large for one message comes in several, whole and in order."""

import pytest

from bot.core.blocks import section
from bot.core.message import Message
from bot.core.parts import letters_in, parts
from tests.delivery.test_budget import POST, rows

LINES = [f"line {number} " + "word " * 500 for number in range(12)]


def send(weft, person, blocks):
    weft.tick()
    with weft.bot.begin() as work:
        work.send(Message("A long story", blocks), to=person.id, key="story")
    weft.carry()


def read(person):
    return [block["text"]["text"] for message in person.messages() for block in message.blocks]


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Berlin")


@pytest.mark.parametrize("lines", [LINES, [f"line {number}" for number in range(120)]], ids=["letters", "blocks"])
def test_a_long_message_comes_in_several(weft_on_both, ana, lines):
    weft = weft_on_both
    send(weft, ana, [section(line) for line in lines])

    assert read(ana) == lines
    assert len(ana.messages()) > 1
    assert {row.state.value for row in rows(weft)} == {"sent"}


def test_sent_twice_it_comes_once(weft, ana):
    for _ in range(2):
        send(weft, ana, [section(line) for line in LINES])

    assert read(ana) == LINES


def test_what_slack_finds_too_long_all_the_same_comes_in_pieces(weft, workspace, ana):
    workspace.faults.refuse(POST, "msg_blocks_too_long")
    send(weft, ana, [section(line) for line in LINES[:3]])

    assert read(ana) == LINES[:3]
    assert len(ana.messages()) == 3


def test_what_can_not_be_taken_apart_comes_as_text(weft, workspace, ana):
    workspace.faults.refuse(POST, "msg_blocks_too_long")
    send(weft, ana, [section("short")])

    [message] = ana.messages()
    assert (message.text, message.blocks) == ("A long story", [])


def test_a_message_without_blocks_stays_as_it_is():
    assert parts(Message("Hello")) == [Message("Hello")]


def test_every_text_of_a_block_counts():
    assert letters_in([{"type": "section", "text": {"text": "four"}, "accessory": {"text": {"text": "button"}}}]) == 10
