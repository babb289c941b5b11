"""People share what worked, and name who helped."""

from tests.celebrate.conftest import FASTER, later, posts, share
from tests.weft import turn_to, words


def test_a_win_is_posted_in_the_channel_and_thanks_the_people_who_helped(weft, party):
    said = share(weft, party.ana, party.ben)

    [post] = posts(party.wins)
    assert "Posted in #wins" in words(said)
    assert words(post).splitlines() == [
        ":sparkles: @Ana Ruiz shared a win",
        f"> {FASTER}, with @Ben Okafor",
        "Agree? Add a :raised_hands:",
    ]


def test_the_form_asks_what_changed_and_who_helped(weft, party):
    party.ana.command("/win")
    party.ana.fill(
        {
            "What worked?": FASTER,
            "What's different now, and who does it help?": "Lunch is lunch again",
            "Who helped?": [party.cleo],
        }
    )
    assert party.ana.submit() == {}
    weft.carry()

    assert "What it changed:\n> Lunch is lunch again\nWith thanks to @Cleo Martin." in words(posts(party.wins)[0])


def test_people_who_name_no_one_are_asked_once_who_helped(weft, party):
    party.ana.command("/win", FASTER)
    assert "Who helped?" in words(party.ana.modal)
    assert posts(party.wins) == []

    assert party.ana.submit() == {}
    weft.carry()

    assert len(posts(party.wins)) == 1


def test_a_mention_in_the_words_stays_one_after_the_form(weft, party):
    party.ana.command("/win", f"Yes! {party.ben.mention}")
    assert party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"] == "Yes! @Ben Okafor"

    assert party.ana.submit() == {}
    weft.carry()

    assert f"> Yes! <@{party.ben.id}>" in str(posts(party.wins)[0].blocks)


def test_the_second_win_of_a_week_waits_for_friday(weft, party):
    share(weft, party.ana, party.ben)
    said = share(weft, party.ana, party.cleo, "The second thing that worked this week was even nicer")

    assert "Saved for Friday's digest" in words(said)
    assert len(posts(party.wins)) == 1
    assert "In Friday's digest · today" in words(turn_to(party.ana, "Wins and thanks"))
    later(weft, days=5)
    assert "even nicer" in words(posts(party.wins)[-1])


def test_a_week_later_a_win_is_posted_at_once_again(weft, party):
    share(weft, party.ana, party.ben)
    later(weft, days=8)

    assert "Posted in #wins" in words(share(weft, party.ana, party.ben))


def test_without_a_digest_the_second_one_stays_in_the_own_log(weft, company):
    for _ in range(2):
        said = company.ana.command("/win", f"{FASTER} with {company.ben.mention}", company.general)
        weft.carry()

    assert "Saved to your own log, since you've already shared one this week" in words(said)
    assert len(posts(company.general)) == 1


def test_a_win_can_be_kept_for_oneself(weft, party):
    party.ana.command("/win")
    party.ana.fill({"What worked?": FASTER, "Who helped?": [party.ben], "Who can see it": "Only me, in my own log"})
    assert party.ana.submit() == {}
    later(weft, days=7)

    assert "Only you can see it." in words(party.ana.modal)
    assert posts(party.wins) == []
    assert FASTER in words(turn_to(party.ana, "Wins and thanks"))
    assert FASTER not in words(turn_to(party.ben, "Wins and thanks"))
    assert party.ben.messages() == []


def test_no_one_helps_themselves(weft, party):
    party.ana.command("/win", f"{FASTER} with {party.ana.mention}")

    assert "That's you! Choose the people who helped you." in words(party.ana.modal)
