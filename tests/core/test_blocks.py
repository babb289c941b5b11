"""What people wrote stands in the blocks, all of it, whatever its length."""

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import SECTION, section, sections
from bot.core.mrkdwn import escape, split_mrkdwn

MARKS = ["<@U1>", "<https://a.test|b>", "&amp;", "&lt;", "word ", "&gt;", "\n", "語", "   "]


@given(st.lists(st.sampled_from(MARKS), max_size=200), st.integers(20, 60))
def test_pieces_hold_every_word_and_no_mark_is_parted(marks, longest):
    words = "".join(marks)
    pieces = split_mrkdwn(words, longest)

    assert "".join("".join(pieces).split()) == "".join(words.split())
    assert all(len(piece) <= longest for piece in pieces)
    assert not re.search("[<>&]", re.sub(r"<[^<>]+>|&(?:amp|lt|gt);", "", "|".join(pieces)))


@given(st.lists(st.text(max_size=4000), max_size=8), st.sampled_from(["", "> "]))
def test_lines_of_any_length_are_in_the_sections(lines, before):
    escaped = [escape(line) for line in lines]
    drawn = sections(escaped, before=before)

    assert all(0 < len(block["text"]["text"]) <= SECTION for block in drawn)
    said = "".join("".join(block["text"]["text"].split()) for block in drawn).replace(before.strip() or "\0", "")
    wanted = "".join("".join(line.split()) for line in escaped).replace(before.strip() or "\0", "")
    assert said == wanted


@pytest.mark.parametrize("word", ["&" * 4000, "x" * 9000])
def test_a_word_without_an_end_is_whole_too(word):
    drawn = sections([escape(word)])

    assert "".join(block["text"]["text"] for block in drawn) == escape(word)


@pytest.mark.expects_error("a text was cut")
def test_a_cut_is_never_silent(caplog):
    section("word " * 600)
    assert caplog.records == []

    section("word " * 601)

    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    caplog.clear()
