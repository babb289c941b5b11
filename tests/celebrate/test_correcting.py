"""For a day, authors can edit and delete what they posted."""

import copy

import pytest

from tests.celebrate.conftest import FASTER, LATE, later, posts, share, thank
from tests.weft import labels, turn_to, words


def mine(person):
    return turn_to(person, "Wins and thanks")


def test_edited_words_replace_the_old_ones_in_the_channel(weft, party):
    party.ana.command("/shoutout", f"Thank you, {party.ben.mention}, for the lovely evening")
    weft.carry()
    party.ana.press("Edit", mine(party.ana))
    assert party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"].startswith("Thank you, @Ben Okafor")

    party.ana.fill({"What did they do?": "Thank you, @Ben Okafor, for the long evening"})
    assert party.ana.submit() == {}
    weft.carry()

    [post] = posts(party.wins)
    assert f"> Thank you, <@{party.ben.id}>, for the long evening" in str(post.blocks)


def test_what_is_deleted_is_gone_everywhere(weft, party):
    share(weft, party.ana, party.ben)
    party.ana.press("Delete", mine(party.ana))
    weft.carry()

    assert posts(party.wins) == []
    assert FASTER not in words(party.ana.home) + words(mine(party.ben))


def test_a_private_one_is_changed_and_deleted_where_it_arrived(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill(
        {"Who's it for?": [party.ben], "What did they do?": LATE, "Who can see it": "Only the people I thank"}
    )
    party.ana.submit()
    party.ana.close()
    weft.carry()
    party.ana.press("Edit", mine(party.ana))
    party.ana.fill({"What did they do?": "for everything you did on Tuesday evening"})
    party.ana.submit()
    party.ana.close()
    weft.carry()
    assert "everything you did" in words(party.ben.messages()[-1])

    party.ana.press("Delete", mine(party.ana))
    weft.carry()

    assert party.ben.messages() == []


def test_after_a_day_it_stays_as_it_is(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    old = mine(party.ana)
    assert "Edit" in labels(old)
    later(weft, days=1)

    party.ana.press("Delete", old)

    assert "This can't be edited or deleted after 24 hours." in words(party.ana.modal)
    assert "Edit" not in labels(mine(party.ana))
    assert len(posts(party.wins)) == 1


def test_an_edit_form_left_open_for_a_day_is_refused_and_keeps_the_words(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    party.ana.press("Edit", mine(party.ana))
    later(weft, days=1)

    assert "This can't be edited or deleted after 24 hours." in str(party.ana.submit())


@pytest.mark.parametrize("button", ["Edit", "Delete"])
def test_no_one_else_can_change_it(weft, party, button):
    thank(party.ana, party.ben)
    weft.carry()
    drawn = mine(party.ana)

    party.ben.press(button, drawn)

    assert "Only the person who wrote this can change it." in words(party.ben.modal)
    assert len(posts(party.wins)) == 1


def test_deleting_twice_says_that_it_is_deleted(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    drawn = copy.deepcopy(mine(party.ana).blocks)
    party.ana.press("Delete", party.ana.home)
    party.ana.home.drawn["blocks"] = drawn
    party.ana.press("Delete", party.ana.home)

    assert "already deleted" in words(party.ana.modal)


def test_an_edit_that_says_nothing_is_refused(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    party.ana.press("Edit", mine(party.ana))
    party.ana.fill({"What did they do?": "\u200b"})

    assert "Add a few words here." in str(party.ana.submit())
