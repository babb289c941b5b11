"""An admin chooses where and how the workspace celebrates."""

import pytest

from tests.celebrate.conftest import LATE, choose, later, posts, thank
from tests.weft import labels, turn_to, words

CHEER, OFFER = "Cheer emoji", "Emoji that suggests a shoutout"


def test_before_and_after_the_admins_page_says_how_it_stands(weft, company):
    assert "No channel yet. Posts stay where they're made." in words(turn_to(company.alma, "Admin"))

    assert choose(company.alma, company.wins) == {}

    assert "Posting in #wins, with a Friday digest and people's days." in words(turn_to(company.alma, "Admin"))


def test_the_form_comes_back_with_what_was_chosen(weft, party):
    party.alma.press("Edit celebrations", turn_to(party.alma, "Admin"))
    assert "Europe/Berlin" in str(party.alma.modal.values["celebrate_zone"])
    assert party.alma.submit() == {}

    assert "Posting in #wins, with a Friday digest and people's days." in words(turn_to(party.alma, "Admin"))


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("Time zone", "Middle Earth", "I don't know that time zone"),
        (CHEER, "raised hands!", "Type one emoji"),
        (CHEER, ":tada:", "That's your cheer emoji"),
        (OFFER, "<!channel>", "Type one emoji"),
    ],
)
def test_what_can_not_be_used_is_refused_at_its_field(weft, company, field, typed, said):
    assert said in str(choose(company.alma, company.wins, **{field: typed}))
    assert company.alma.modal is not None


def test_a_private_channel_is_not_for_celebrating(weft, company, workspace):
    private = workspace.add_channel("secret", members=[company.alma], private=True)

    assert "That channel is private" in str(choose(company.alma, private))


def test_weft_joins_the_channel_by_itself(weft, company, workspace):
    new = workspace.add_channel("cheers", members=[company.ana, company.ben], with_bot=False)
    assert choose(company.alma, new) == {}

    thank(company.ana, company.ben)
    weft.carry()

    assert len(posts(new)) == 1


def test_others_neither_see_nor_use_it(weft, party):
    party.alma.press("Edit celebrations", turn_to(party.alma, "Admin"))
    party.alma.change(is_admin=False)

    assert "Only admins" in str(party.alma.submit())
    assert "Edit celebrations" not in labels(turn_to(party.ana, "Today"))


def test_after_another_channel_was_chosen_new_ones_go_there(weft, party):
    choose(party.alma, party.general)

    thank(party.ana, party.ben)
    weft.carry()

    assert (len(posts(party.general)), len(posts(party.wins))) == (1, 0)


def test_another_emoji_counts_for_new_posts_and_the_old_one_for_old(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    choose(party.alma, party.wins, **{CHEER: ":heart:"})
    thank(party.cleo, party.ben)
    weft.live(minutes=1)
    old, new = posts(party.wins)
    assert "Add a :heart:" in words(new)
    party.dev.react(old, "raised_hands")
    party.dev.react(new, "heart")
    party.dev.react(new, "raised_hands")
    later(weft, days=2)

    [told] = [words(one) for one in party.ben.messages() if "cheered" in one.text]
    assert told.count("cheered") == 2
    assert LATE in told
