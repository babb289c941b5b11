"""Every unsolicited message about a celebration has a button that turns it off for good."""

import pytest

from storage.kinds import Attention
from tests.celebrate.conftest import posts, thank
from tests.nudges.test_promises import unsolicited, ways_out
from tests.weft import labels, turn_to

ENOUGH = "Turn these off"


def test_every_message_about_a_celebration_has_a_way_out(weft, party):
    party.ben.leave(party.wins)
    thank(party.ana, party.ben)
    weft.carry()
    for one in (party.cleo, party.dev):
        one.react(posts(party.wins)[-1], "raised_hands")
    weft.live(days=2)

    sent = [row for row in unsolicited(weft) if row.attention is Attention.NUDGE]
    assert len(sent) >= 2
    assert [row.key for row in sent if not ways_out(row.blocks)] == []


def test_people_who_opt_out_are_not_told_of_thanks_elsewhere(weft, party):
    party.ben.leave(party.wins)
    thank(party.ana, party.ben)
    weft.live(hours=2)
    [told] = [message for message in party.ben.messages() if ENOUGH in labels(message)]
    party.ben.press(ENOUGH, told)

    thank(party.cleo, party.ben, "for the talk about prices, which made us change our plan")
    weft.live(days=1)

    assert [message for message in party.ben.messages() if ENOUGH in labels(message)] == [told]


@pytest.mark.parametrize(("unticked", "is_told"), [("cheer for me", True), ("channels I'm not in", False)])
def test_thanks_elsewhere_and_reactions_to_thanks_are_two_wishes(weft, party, unticked, is_told):
    party.ben.press("Edit my celebrations", turn_to(party.ben, "Settings"))
    [shown] = [block for block in party.ben.modal.blocks if block["element"]["type"] == "checkboxes"]
    kept = [one["text"]["text"] for one in shown["element"]["options"] if unticked not in one["text"]["text"]]
    assert len(kept) == 3
    party.ben.fill({"What I'd like": kept})
    assert party.ben.submit() == {}
    party.ben.leave(party.wins)

    thank(party.ana, party.ben)
    weft.live(hours=2)

    assert bool([message for message in party.ben.messages() if ENOUGH in labels(message)]) is is_told
