"""Whatever people write, how long and with whatever marks: all of it is in what the others read."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.celebrate.congratulating import blocks as congratulating
from bot.celebrate.digest import blocks as digest
from bot.celebrate.digest.blocks import Item
from bot.celebrate.making import blocks as making
from bot.celebrate.making import opening
from bot.celebrate.rules import LONGEST, unescape
from bot.coffee.matches.learned import blocks as learned
from bot.coffee.matches.learned.forms import LONGEST as LONGEST_LINE
from bot.coffee.matches.written import blocks as written
from bot.coffee.matches.written.forms import LONGEST as LONGEST_ANSWER
from bot.core.message import Message
from bot.core.mrkdwn import plain
from bot.core.parts import LETTERS, letters_in, parts
from bot.network.asking import blocks as asking
from bot.network.asking.forms import LONGEST_REASON
from storage.celebrations.celebrations import Celebration, CelebrationPerson
from storage.kinds import CelebrationKind, CelebrationState, Part, Reach

PROGRAM = SimpleNamespace(id=1, name="Coffee", channel_id="C1")
ODD = st.sampled_from(["&", "<", ">", "*", "_", "`", "<!channel>", "<@U1>", "&amp;", "https://a.test/?a=1&b=<2>"])
WORDS = st.lists(st.one_of(ODD, st.text(min_size=1, max_size=20), st.sampled_from([" ", "\n", "\n\n", "語" * 50])))


def celebration(words, kind=CelebrationKind.SHOUTOUT, reach=Reach.CHANNEL):
    row = Celebration(id=1, workspace_id="T1", kind=kind, person_id="U7", words=words, change=words, link=None)
    row.groups, row.reach, row.state, row.seconding_emoji = [], reach, CelebrationState.OPEN, "raised_hands"
    row.channel_id, row.made_at = "C1", datetime(2026, 3, 2, tzinfo=UTC)
    row.people = [CelebrationPerson(person_id="U8", place=0, part=Part.RECEIVER, is_named=True)]
    return row


def given_back(words):
    said = []
    opening.give_back(lambda text, blocks: said.extend(blocks), words)
    return said


def introduction(words):
    card = SimpleNamespace(person_id="U1", name="Ana", team="Data")
    request = SimpleNamespace(id=1, because=words, team=None)
    return asking.would_you(request, card, [card]).blocks


def by_eight(words):
    answers = {f"U{number}": [words] * 3 for number in range(8)}
    return written.shown(1, ["One?", "Two?", "Three?"], answers).blocks


def only_in_the_digest(words):
    row = celebration(words, CelebrationKind.WIN, Reach.DIGEST)
    return digest.digest([Item(row, ["Sales", "Data", "Legal", "People"])]).blocks


MAKERS = {
    "a shoutout": (LONGEST, 2, lambda words: making.in_channel(celebration(words)).blocks),
    "a win": (LONGEST, 2, lambda words: making.in_channel(celebration(words, CelebrationKind.WIN)).blocks),
    "private thanks": (LONGEST, 2, lambda words: making.privately(celebration(words), "U8").blocks),
    "thanks elsewhere": (LONGEST, 2, lambda words: making.elsewhere(celebration(words)).blocks),
    "not posted": (LONGEST, 2, lambda words: making.not_posted(celebration(words), "is_archived").blocks),
    "not brought": (LONGEST, 1, lambda words: making.not_brought(celebration(words), "U8").blocks),
    "far too long": (9000, 1, given_back),
    "a congratulation": (LONGEST, 1, lambda words: congratulating.says("U1", words).blocks),
    "the form of one": (LONGEST, 1, lambda words: congratulating.in_form(celebration(words))),
    "a second win": (LONGEST, 2, only_in_the_digest),
    "an introduction": (LONGEST_REASON, 1, introduction),
    "a line to share": (LONGEST_LINE, 1, lambda words: learned.shared("U1", ["U2"], words).blocks),
    "a line to agree to": (LONGEST_LINE, 1, lambda words: learned.asked(PROGRAM, 1, "U1", words, is_pair=True).blocks),
    "a line not shared": (LONGEST_LINE, 1, lambda words: learned.not_shared("C1", words, "is_archived").blocks),
    "a coffee in writing": (LONGEST_ANSWER, 24, by_eight),
}
"""How long the words may be, how often they are to be read, and who draws them."""


def texts(drawn):
    if isinstance(drawn, list):
        return "".join(map(texts, drawn))
    if not isinstance(drawn, dict):
        return ""
    own = drawn.get("text")
    return (own if isinstance(own, str) else "") + "".join(map(texts, drawn.values()))


def bare(words):
    """Without what only lays it out: spaces, marks of a quote, the brackets of a link."""
    return "".join(letter for letter in words if not letter.isspace() and letter not in "<>")


@pytest.mark.sampled(4)
@pytest.mark.parametrize("maker", MAKERS)
@given(words=WORDS)
@settings(max_examples=25)
def test_nothing_that_a_person_wrote_is_missing(maker, words):
    longest, times, draw = MAKERS[maker]
    once = "".join(words) or "x"
    typed = plain(("begin " + once * (longest // len(once)))[: longest - 4] + " end")
    drawn = draw(typed)

    assert bare(unescape(texts(drawn))).count(bare(typed)) >= times


@pytest.mark.sampled(15)
@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("letter", ["&", "<", "x", "\n>", "👋"])
def test_every_message_of_it_is_one_that_slack_takes(maker, letter):
    longest, _times, draw = MAKERS[maker]
    for part in parts(Message("text", draw(letter * (longest // len(letter))))):
        assert sum(map(letters_in, part.blocks)) <= LETTERS
        assert len(part.blocks) <= 50
