"""Whatever the network says unasked has a way out, one tap away; and what it says is all known here."""

import re
from datetime import date, timedelta

import pytest

from bot.network.feature import FEATURE
from storage.kinds import Attention, DeliveryState
from storage.nudges import Nudge
from tests.coffee.stories import set_up
from tests.network.company import met, pin
from tests.network.test_asking import ask, last
from tests.nudges.company import outbox_rows
from tests.nudges.test_promises import ways_out
from tests.weft import labels, words

ASKED_FOR = {
    "picture": "they pressed the button for it",
    "picture file": "it is the picture itself, which follows its words",
    "hello": "a person says it, to whom they know, once a day at most; the bot only carries it",
    "request together": "both have said yes",
    "request ended": "they had asked to be introduced",
}
"""What comes because somebody asked for it, and why that is so."""
UNASKED = {"request connector", "request target", "request thanks"}


def kind_of(row):
    """`network:request:17:connector` is of the kind `request connector`."""
    named = [
        part for part in row.key.split(":")[1:] if re.fullmatch(r"[a-z_]+", part) and part not in {"light", "dark"}
    ]
    return " ".join(named)


@pytest.fixture
def weeks(weft, company):
    """Two requests, one with two yeses and one without; a hello, a picture, and a month of suggestions."""
    met(weft, company.ana, company.ben)
    met(weft, company.eva, company.ben)
    met(weft, company.dev, company.ben, on=date(2025, 12, 1))
    met(weft, company.cleo, company.ana, on=date(2025, 12, 1))
    ask(weft, company.ana, to=company.eva)
    company.ben.press("Ask Eva Horak", last(company.ben))
    weft.settle()
    company.eva.press("Introduce us", last(company.eva))
    ask(weft, company.ana, because="I would like to hear of it", to=company.dev)
    company.ana.press("A picture of it", company.ana.command("/network").messages[0])
    company.ana.press("Say hello to Cleo Martin", company.ana.command("/network").messages[0])
    company.ana.submit()
    pin(company.eva, [company.ben], "Every other week")
    set_up(company.alma, company.coffee)
    for _ in range(60):
        weft.settle()
        weft.clock.advance(timedelta(hours=12))
    return company


@pytest.mark.slow
def test_all_that_the_network_says_is_asked_for_or_has_a_way_out(weft, weeks):
    sent = [row for row in outbox_rows(weft) if row.state is DeliveryState.SENT and row.key.startswith("network:")]

    assert {kind_of(row) for row in sent} == ASKED_FOR.keys() | UNASKED, "new: is it asked for, or what is its way out?"
    unasked = [row for row in sent if kind_of(row) in UNASKED]
    assert [row.key for row in unasked if not ways_out(row.blocks)] == []
    assert {kind_of(row) for row in sent if row.attention is not Attention.ASKED_FOR} <= UNASKED


def test_each_of_its_suggestions_has_one_and_each_kind_was_suggested(weft, weeks):
    with weft.bot.look() as work:
        kinds = {kind for (kind,) in work.session.query(Nudge.kind).distinct()}
    suggested = [row for row in outbox_rows(weft) if row.key.startswith("nudge")]

    assert {kind.name for kind in FEATURE.nudges} <= kinds
    assert suggested
    assert [row.key for row in suggested if not ways_out(row.blocks)] == []


def test_whoever_does_not_want_to_introduce_others_says_so_below_the_question(weft, company):
    met(weft, company.ana, company.ben)
    met(weft, company.eva, company.ben)
    ask(weft, company.ana, to=company.eva)
    question = last(company.ben)

    assert "I don't tell anybody any more" in words(company.ben.press("Don't name me", question))
    assert "Rather not" in labels(question)
    company.cleo.press("Who could introduce me?", company.cleo.command("/network").messages[0])
    company.cleo.fill({"A person": company.eva})
    company.cleo.submit()
    assert "I know of nobody" in words(company.cleo.modal)
