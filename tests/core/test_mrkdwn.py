import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.lists import listed
from bot.core.mrkdwn import count, cut, cut_mrkdwn, escape, moment, plain


@given(st.text())
def test_user_text_can_open_no_mention_and_no_link(words):
    assert not {"<", ">"} & set(escape(words))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<!channel> hi", "&lt;!channel&gt; hi"),
        ("<https://evil.test|bank.test>", "&lt;https://evil.test|bank.test&gt;"),
        ("R&D", "R&amp;D"),
        ("\u202eannA\u200b", "annA"),
        ("\u3164\u2800\u061c\u00ad", ""),
    ],
)
def test_what_people_type_is_shown_and_not_obeyed(typed, shown):
    assert escape(typed) == shown


@given(
    st.lists(st.sampled_from(["<@U1>", "<https://a.test|b>", "&amp;", "&lt;", "word ", "&gt;", "\n"])),
    st.integers(1, 60),
)
def test_no_mention_link_or_character_is_cut_in_half(pieces, longest):
    shown = cut_mrkdwn("".join(pieces), longest)

    assert len(shown) <= longest
    assert not re.search("[<>&]", re.sub(r"<[^<>]+>|&(?:amp|lt|gt);", "", shown))


@given(st.text(), st.integers(1, 50))
def test_a_long_text_is_cut_with_a_mark(words, longest):
    assert len(cut(words, longest)) <= longest
    assert cut(words, len(words) + 1) == words


def test_words_are_listed_and_counted_as_people_do():
    assert [listed(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B, and C"]
    assert [count(number, "match", "matches") for number in (0, 1, 2000)] == ["0 matches", "1 match", "2,000 matches"]


def test_a_moment_reads_well_where_slack_can_not_show_it():
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)

    assert moment(at, "Europe/Berlin").endswith("|Tue, Mar 3, 10:00 (Europe/Berlin)>")
    assert plain("  x\n") == "x"
