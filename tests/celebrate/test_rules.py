"""What people type, taken apart: whoever types whatever."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.celebrate.drawing import in_a_line, quoted, safe
from bot.celebrate.rules import Typed, by_mention, by_name, read_line, read_sentence, says_little

NOBODY = ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<@U1> for the fix", Typed(("U1",), NOBODY, "for the fix", False)),
        ("<@U1|ana>, <@U2> and <@U1> for it", Typed(("U1", "U2"), NOBODY, "for it", False)),
        ("<@U1> & <!subteam^S1|@support> thanks", Typed(("U1",), ("S1",), "thanks", False)),
        ("thank you <@U1> and <@U2>", Typed(("U1", "U2"), NOBODY, "thank you <@U1> and <@U2>", False)),
        ("<@U1> and so on", Typed(("U1",), NOBODY, "so on", False)),
        ("Andrea helped", Typed(NOBODY, NOBODY, "Andrea helped", False)),
        ("<@U1> Andrea knows why", Typed(("U1",), NOBODY, "Andrea knows why", False)),
        ("<@U1> &lt;3 &amp; more", Typed(("U1",), NOBODY, "<3 & more", False)),
        ("<!here> thanks", Typed(NOBODY, NOBODY, "thanks", True)),
        ("<@U1> in <#C1|general> with <mailto:a@b.c|a@b.c>", Typed(("U1",), NOBODY, "in #general with a@b.c", False)),
        ("", Typed(NOBODY, NOBODY, "", False)),
    ],
)
def test_a_line_is_understood_as_it_is_meant(line, expected):
    assert read_line(line) == expected


PIECES = [
    "<@U1>",
    "<!channel>",
    "<!subteam^S1>",
    "@here",
    "<https://e.vil|x>",
    "&lt;!channel&gt;",
    "\n",
    " ",
    "and",
    "ok",
]
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8))).map("".join)
CONTROL = re.compile(r"<(?!@U1>|https?://)[^>]*>")


@settings(max_examples=40)
@given(LINES)
@example("&lt;!channel&gt; <https://e.vil|x>")
@example("<https://e.vil|x> &lt;!channel&gt;")
def test_nothing_typed_becomes_a_mention_of_many_a_link_with_a_label_or_a_date(line):
    for words in (read_line(line).words, read_sentence(line)):
        drawn = safe(words)

        assert CONTROL.findall(drawn) == []
        assert all("|" not in each for each in re.findall(r"<https?://[^>]*>", drawn))


@settings(max_examples=30)
@given(st.text(max_size=2000))
def test_whatever_is_said_fits_into_slacks_blocks(words):
    for block in quoted(words):
        assert 0 < len(block["text"]["text"]) <= 3000
        assert block["text"]["verbatim"] is True
    assert len(in_a_line(words)) < 1000


NO_LETTERS = ["Cc", "Cf", "Cn", "Cs", "Zs", "Zl", "Zp"]
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0" + "".join(
    map(chr, range(0xE0100, 0xE01F0))
)
"""Letters and marks by name, and nothing that anybody can see."""


@settings(max_examples=30)
@given(st.text(st.characters(blacklist_categories=NO_LETTERS, blacklist_characters=UNSEEN), max_size=1500))
def test_no_letter_of_it_is_lost(words):
    drawn = "".join(block["text"]["text"] for block in quoted(words))
    for escaped in ("&lt;", "&gt;"):
        drawn = drawn.replace(escaped, "")

    assert letters(drawn.replace("&amp;", "&")) == letters(words)


def letters(text):
    """Without what may stand around a line or an address."""
    return sorted(text.replace("<", "").replace(">", "").replace(" ", ""))


@pytest.mark.parametrize(
    ("words", "little"),
    [
        ("thanks", True),
        (":tada:" * 9, True),
        ("<@U1> <@U2> <@U3> <@U4>", True),
        ("🎉" * 30, True),
        ("for the fix on Tuesday night", False),
        ("ありがとうございます、夜遅くまで手伝ってくれて", False),
    ],
)
def test_mentions_and_emoji_say_little(words, little):
    assert says_little(words) is little


def test_a_name_and_its_mention_are_the_same_there_and_back():
    names = {"U1": "Ana", "U2": "Ana Ruiz"}
    kept = "Thanks <@U2>, says <@U1>"

    assert by_name(kept, names) == "Thanks @Ana Ruiz, says @Ana"
    assert by_mention(by_name(kept, names), names) == kept
