"""An admin says where and how the workspace celebrates."""

import pytest

from tests.celebrate.conftest import LATE, choose, later, posts, thank
from tests.weft import labels, turn_to, words

ME_TOO, OFFER = "Emoji that says: me too", "Emoji that offers a shoutout"


def test_before_and_after_the_admins_page_says_how_it_stands(weft, company):
    assert "stand in the public channel where they are said" in words(turn_to(company.alma, "Admin"))

    assert choose(company.alma, company.wins) == {}

    assert "In #wins, with a digest on Fridays at 15:00" in words(turn_to(company.alma, "Admin"))


def test_the_form_comes_back_with_what_was_chosen(weft, party):
    party.alma.press("Change how we celebrate", turn_to(party.alma, "Admin"))
    assert party.alma.submit() == {}

    assert "In #wins, with a digest on Fridays at 15:00" in words(turn_to(party.alma, "Admin"))
    assert "(Europe/Berlin)" in words(party.alma.home)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("Time zone", "Middle Earth", "I don't know this time zone"),
        (ME_TOO, "raised hands!", "Write one emoji by its name"),
        (ME_TOO, ":tada:", "says “me too” already"),
        (OFFER, "<!channel>", "Write one emoji by its name"),
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
    party.alma.press("Change how we celebrate", turn_to(party.alma, "Admin"))
    party.alma.change(is_admin=False)

    assert "Only admins" in str(party.alma.submit())
    assert "Change how we celebrate" not in labels(turn_to(party.ana, "Today"))


def test_after_another_channel_was_chosen_new_ones_go_there(weft, party):
    choose(party.alma, party.general)

    thank(party.ana, party.ben)
    weft.carry()

    assert (len(posts(party.general)), len(posts(party.wins))) == (1, 0)


def test_another_emoji_counts_for_new_posts_and_the_old_one_for_old(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    choose(party.alma, party.wins, **{ME_TOO: ":heart:"})
    thank(party.cleo, party.ben)
    weft.live(minutes=1)
    old, new = posts(party.wins)
    assert "React with :heart:" in words(new)
    party.dev.react(old, "raised_hands")
    party.dev.react(new, "heart")
    party.dev.react(new, "raised_hands")
    later(weft, days=2)

    [told] = [words(one) for one in party.ben.messages() if "seconds" in one.text]
    assert told.count("seconds") == 2
    assert LATE in told
