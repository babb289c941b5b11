"""A message becomes a shoutout: by the shortcut, or after an emoji."""

from tests.celebrate.conftest import FASTER, LATE, choose, later, posts
from tests.weft import labels, words


def said_by(person, channel):
    return person.say(channel, "The customer is live, it took us all night")


def offers(person):
    return [message for message in person.sees() if "turn this into a shoutout" in message.text]


def test_the_shortcut_fills_in_the_author_and_the_link(weft, party):
    message = said_by(party.ben, party.general)
    party.ana.message_shortcut("celebrate_this", message)
    assert party.ana.modal.values["celebrate_people"]["celebrate_people"]["selected_users"] == [party.ben.id]
    assert party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"] is None

    party.ana.fill({"What did they do?": LATE})
    assert party.ana.submit() == {}
    weft.carry()

    [post] = posts(party.wins)
    assert "See the message" in words(post)
    assert f"/archives/{party.general.id}/p{message.ts.replace('.', '')}" in str(post.blocks)


def test_a_private_message_never_gets_into_a_public_channel(weft, party, workspace):
    private = workspace.add_channel("secret", members=[party.ana, party.ben], private=True)
    unseen = workspace.add_channel("unseen", members=[party.ana, party.ben], private=True, with_bot=False)
    for place in (private, unseen):
        party.ana.message_shortcut("celebrate_this", said_by(party.ben, place))
        assert "stays private too" in words(party.ana.modal)
        assert "Who can see it" not in words(party.ana.modal)
        party.ana.fill({"What did they do?": LATE})
        assert party.ana.submit() == {}
        party.ana.close()
    later(weft, hours=3)

    assert posts(party.wins) == []
    assert len(party.ben.messages()) == 2
    assert "archives" not in str([message.blocks for message in party.ben.messages()])


def test_a_message_of_an_app_asks_who_is_behind_it(weft, party, workspace):
    robot = workspace.add_person("Deploy Bot", is_bot=True)
    robot.join(party.general)
    party.ana.message_shortcut("celebrate_this", said_by(robot, party.general))

    assert "An app or someone outside your company wrote this." in words(party.ana.modal)
    assert party.ana.modal.values["celebrate_people"]["celebrate_people"]["selected_users"] == []


def test_ones_own_message_becomes_a_win(weft, party):
    party.ana.message_shortcut("celebrate_this", said_by(party.ana, party.general))
    party.ana.fill({"What worked?": FASTER, "Who helped?": [party.ben]})
    assert party.ana.submit() == {}
    weft.carry()

    assert "@Ana Ruiz shared a win" in words(posts(party.wins)[0])


def test_the_emoji_offers_it_only_to_the_person_who_reacted(weft, party):
    message = said_by(party.ben, party.general)
    party.ana.react(message, "tada")

    [offer] = offers(party.ana)
    assert "turn this into a shoutout for @Ben Okafor?" in words(offer)
    assert offers(party.ben) == offers(party.cleo) == []
    party.ana.press("Give a shoutout", offer)
    assert party.ana.modal.values["celebrate_people"]["celebrate_people"]["selected_users"] == [party.ben.id]


def test_it_is_offered_once_a_day_and_never_again_to_people_who_decline(weft, party):
    for _ in range(3):
        party.ana.react(said_by(party.ben, party.general), "tada")
    assert len(offers(party.ana)) == 1
    later(weft, days=1)
    party.ana.react(said_by(party.ben, party.general), "tada")
    assert len(offers(party.ana)) == 2

    party.ana.press("Don't ask again", offers(party.ana)[-1])
    later(weft, days=2)
    party.ana.react(said_by(party.ben, party.general), "tada")

    assert len(offers(party.ana)) == 1 or "Don't ask again" not in str([labels(one) for one in offers(party.ana)[2:]])


def test_ones_own_message_or_an_apps_offers_nothing(weft, party, workspace):
    robot = workspace.add_person("Deploy Bot", is_bot=True)
    robot.join(party.general)
    party.ana.react(said_by(party.ana, party.general), "tada")
    party.ana.react(said_by(robot, party.general), "tada")
    party.ana.react(said_by(party.ben, party.general), "eyes")

    assert offers(party.ana) == []


def test_a_message_that_is_gone_can_not_be_celebrated(weft, party):
    message = said_by(party.ben, party.general)
    party.ana.react(message, "tada")
    offer = offers(party.ana)[0]
    party.ben.delete(message)

    said = party.ana.press("Give a shoutout", offer)

    assert "That message was deleted" in words(said)
    assert party.ana.modal is None


def test_an_admin_can_choose_other_emoji(weft, party):
    choose(
        party.alma,
        party.wins,
        **{"Cheer emoji": ":heart:", "Emoji that suggests a shoutout": "sparkles"},
    )
    party.ana.react(said_by(party.ben, party.general), "tada")
    assert offers(party.ana) == []

    party.ana.react(said_by(party.ben, party.general), "sparkles")

    assert len(offers(party.ana)) == 1
