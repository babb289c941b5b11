"""What is kept of a person in celebrations is theirs to see and to have forgotten."""

from bot.features import PLUGGED
from bot.privacy.service import export_person, forget_person
from tests.celebrate.conftest import FASTER, LATE, later, posts, share, thank
from tests.weft import turn_to, words


def forget(weft, person):
    with weft.bot.begin() as work:
        forget_person(work, person.id, PLUGGED)


def test_people_who_were_thanked_keep_the_thanks_from_someone(weft, party):
    thank(party.ana, party.ben)
    weft.carry()

    forget(weft, party.ana)

    assert f"Someone thanks @Ben Okafor\n{LATE}" in words(turn_to(party.ben, "Wins and thanks"))


def test_people_who_gave_thanks_keep_them_without_the_name(weft, party):
    party.ana.command("/shoutout", f"Dear {party.ben.mention}, you were a great help on Monday")
    weft.carry()

    forget(weft, party.ben)

    drawn = words(turn_to(party.ana, "Wins and thanks"))
    assert "Dear someone, you were a great help" in drawn
    assert "Ben" not in drawn


def test_a_win_goes_with_its_author(weft, party):
    share(weft, party.ana, party.ben)

    forget(weft, party.ana)

    assert FASTER not in words(turn_to(party.ben, "Wins and thanks"))


def test_what_others_keep_to_themselves_is_in_no_one_elses_export(weft, party):
    party.ana.command("/win")
    party.ana.fill({"What worked?": FASTER, "Who helped?": [party.ben], "Who can see it": "Only me, in my own log"})
    party.ana.submit()
    with weft.bot.look() as work:
        hers, his = (export_person(work, one.id, PLUGGED)["celebrate"] for one in (party.ana, party.ben))

    assert FASTER in str(hers)
    assert FASTER not in str(his)


def test_a_cheer_of_a_forgotten_person_counts_no_more(weft, party):
    thank(party.ana, party.ben)
    weft.carry()
    party.cleo.react(posts(party.wins)[0], "raised_hands")

    forget(weft, party.cleo)
    later(weft, days=1)

    assert [one for one in party.ben.messages() if "cheered" in one.text] == []
