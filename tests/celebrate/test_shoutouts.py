"""People thank their colleagues: in one line, in a form, in public or in private."""

import pytest

from bot.core.events import MeetingRecorded
from tests.celebrate.conftest import LATE, later, posts, thank
from tests.weft import handed_in, turn_to, words


def test_one_line_says_thanks_in_the_celebration_channel(weft, party):
    said = thank(party.ana, party.ben)
    weft.carry()

    [post] = posts(party.wins)
    assert "Posted in #wins. You can edit or delete it from Home" in words(said)
    assert words(post).splitlines() == [
        ":clap: @Ana Ruiz thanks @Ben Okafor",
        f"> {LATE}",
        "Agree? Add a :raised_hands:",
    ]
    assert post.text == f"<@{party.ana.id}> thanks <@{party.ben.id}>: “for staying late on Tuesday, so that the…”"


def test_without_a_celebration_channel_it_stands_where_it_is_said(weft, company):
    company.ana.command("/shoutout", f"{company.ben.mention} {LATE}", company.general)
    weft.carry()

    assert len(posts(company.general)) == 1


def test_where_nobody_else_could_read_it_the_form_asks_for_a_channel(weft, company, workspace):
    private = workspace.add_channel("secret", members=[company.ana, company.ben], private=True)
    for where in (None, private):
        company.ana.command("/shoutout", f"{company.ben.mention} {LATE}", where)
        assert "Choose a channel everyone can read" in words(company.ana.modal)
        assert company.ana.modal.values["celebrate_words"]["celebrate_words"]["value"] == LATE
        company.ana.close()

    company.ana.command("/shoutout", f"{company.ben.mention} {LATE}")
    assert "Choose a channel everyone can read" in str(company.ana.submit())
    company.ana.fill({"Channel": company.general})
    assert company.ana.submit() == {}
    weft.carry()

    assert len(posts(company.general)) == 1
    assert posts(private) == []


def test_several_people_are_thanked_together(weft, party):
    party.ana.command("/shoutout", f"{party.ben.mention}, {party.cleo.mention} and {party.dev.mention} {LATE}")
    weft.carry()

    assert "@Ana Ruiz thanks @Ben Okafor, @Cleo Martin, and @Dev Patel" in words(posts(party.wins)[0])


def test_names_within_the_words_count_when_none_come_before_them(weft, party):
    party.ana.command("/shoutout", f"A big thank you to {party.ben.mention} for the quick fix on Monday")
    weft.carry()

    assert "@Ana Ruiz thanks @Ben Okafor\n> A big thank you to @Ben Okafor" in words(posts(party.wins)[0])


def test_a_user_group_is_thanked_by_its_name_and_everyone_in_it_finds_it(weft, party, workspace):
    group = workspace.add_user_group("support", "Support", [party.cleo, party.dev, party.ana])
    party.ana.command("/shoutout", f"<!subteam^{group.id}|@support> {LATE}")
    weft.carry()

    [post] = posts(party.wins)
    assert f"thanks <!subteam^{group.id}>" in str(post.blocks)
    assert [LATE in home(weft, one) for one in (party.cleo, party.dev, party.ben)] == [True, True, False]


def home(weft, person):
    from tests.weft import turn_to

    return words(turn_to(person, "Wins and thanks"))


def test_an_empty_command_opens_the_form(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill({"Who's it for?": [party.ben], "What did they do?": LATE, "What did it change?": "We sleep again"})
    assert party.ana.submit() == {}
    weft.carry()

    assert "Posted in #wins" in words(party.ana.modal)
    assert "What it changed:\n> We sleep again" in words(posts(party.wins)[0])


def test_the_shortcut_and_home_open_the_same_form(weft, party):
    from tests.weft import turn_to

    party.ana.shortcut("give_shoutout")
    assert "Give a shoutout" in words(party.ana.modal)
    party.ana.close()

    party.ana.press("Give a shoutout", turn_to(party.ana, "Wins and thanks"))

    assert "What did they do?" in words(party.ana.modal)


def test_a_private_shoutout_reaches_the_receivers_and_no_one_else(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill(
        {
            "Who's it for?": [party.ben, party.cleo],
            "What did they do?": LATE,
            "Who can see it": "Only the people I thank",
        }
    )
    assert party.ana.submit() == {}
    weft.carry()

    assert posts(party.wins) == []
    assert "Sent. Only the people you thanked can see it." in words(party.ana.modal)
    told = party.ben.messages()[-1]
    assert words(told).splitlines()[:2] == [":clap: A thank-you from @Ana Ruiz", f"> {LATE}"]
    assert "Only you and @Cleo Martin can see this." in words(told)
    assert told.text == f"<@{party.ana.id}> sent you a thank-you."
    assert "Only you and @Ben Okafor can see this." in words(party.cleo.messages()[-1])
    assert party.dev.messages() == []


def test_a_private_shoutout_needs_a_receiver(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill({"What did they do?": LATE, "Who can see it": "Only the people I thank"})

    assert "Choose at least one person" in str(party.ana.submit())
    assert "Choose at least one person" in str(party.ana.submit())


def test_people_who_are_named_and_not_in_the_channel_are_told_once(weft, party):
    party.ben.leave(party.wins)
    thank(party.ana, party.ben)
    later(weft, days=1)

    assert [LATE in words(message) for message in party.ben.messages()] == [True]
    assert "@Ana Ruiz gave you a shoutout in #wins" in words(party.ben.messages()[0])


def test_people_who_are_in_the_channel_read_it_there_and_only_there(weft, party):
    thank(party.ana, party.ben)
    later(weft, days=1)

    assert party.ben.messages() == []


# Hints: once, and never a second block


def test_a_short_one_gets_a_hint_with_an_example_once_and_then_goes_as_it_is(weft, party):
    party.ana.command("/shoutout", f"{party.ben.mention} thanks :tada:")
    assert posts(party.wins) == []
    assert "A few words about what they did" in words(party.ana.modal)
    assert "staying late on Tuesday" in words(party.ana.modal)

    assert party.ana.submit() == {}
    weft.carry()

    assert "> thanks :tada:" in words(posts(party.wins)[0])


def test_the_form_hints_once_as_well_and_keeps_what_was_typed(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill({"What did they do?": ":tada: :tada:"})
    assert party.ana.submit() == {}
    assert "A few words" in words(party.ana.modal)
    assert "Add a name so they see it" in words(party.ana.modal)
    assert posts(party.wins) == []

    assert party.ana.submit() == {}
    weft.carry()

    assert "@Ana Ruiz says thank you" in words(posts(party.wins)[0])


def test_the_third_to_the_same_person_in_two_weeks_asks_who_else_helped(weft, party):
    for _ in range(2):
        thank(party.ana, party.ben)
    thank(party.ana, party.ben)
    weft.carry()
    assert len(posts(party.wins)) == 2
    assert "Did anyone else help? You can add more people." in words(party.ana.modal)

    party.ana.fill({"Who's it for?": [party.ben, party.cleo]})
    assert party.ana.submit() == {}
    weft.live(minutes=1)

    assert len(posts(party.wins)) == 3


@pytest.mark.slow
def test_after_two_weeks_that_is_not_asked(weft, party):
    for _ in range(2):
        thank(party.ana, party.ben)
    later(weft, days=15)

    thank(party.ana, party.ben)

    assert party.ana.modal is None


# What can't be said, and nothing is lost


def refused(person, sentence):
    assert sentence in words(person.modal), words(person.modal)


def test_no_one_thanks_themselves(weft, party):
    party.ana.command("/shoutout", f"{party.ana.mention} {LATE}")

    refused(party.ana, "That's you! To share something of your own, use `/win`.")
    assert party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"] == LATE
    assert "That's you! To share something of your own, use /win." in str(party.ana.submit())
    assert posts(party.wins) == []


@pytest.mark.parametrize("who", ["bot", "stranger", "gone", "slackbot"])
def test_bots_strangers_and_people_who_left_are_refused(weft, party, workspace, who):
    person = {
        "bot": lambda: workspace.add_person("Deploy Bot", is_bot=True),
        "stranger": lambda: workspace.add_person("Stan Stranger", stranger=True),
        "gone": lambda: party.dev,
        "slackbot": lambda: None,
    }[who]()
    if who == "gone":
        party.dev.deactivate()
    mention = person.mention if person else "<@USLACKBOT>"

    party.ana.command("/shoutout", f"{mention} {party.ben.mention} {LATE}")
    weft.carry()

    refused(party.ana, "Dev Patel is no longer" if who == "gone" else "Bots and people outside your company")
    assert posts(party.wins) == []
    party.ana.fill({"Who's it for?": [party.ben]})
    assert party.ana.submit() == {}
    weft.carry()
    assert len(posts(party.wins)) == 1


def test_a_name_in_an_error_is_shown_as_it_is_above_the_form_and_beside_a_field(weft, party):
    party.dev.change(real_name="Dev <R&D>")
    party.dev.deactivate()
    party.ana.command("/shoutout", f"{party.dev.mention} {LATE}")

    assert "Dev &lt;R&amp;D&gt; is no longer in this workspace." in str(party.ana.modal.blocks)
    assert "Dev <R&D> is no longer in this workspace." in str(party.ana.submit())


def test_fifty_people_at_once_are_too_many_to_be_meant(weft, party, workspace):
    crowd = [workspace.add_person(f"Person {number}") for number in range(50)]
    party.ana.command("/shoutout", " ".join(one.mention for one in crowd) + f" {LATE}")
    weft.carry()

    refused(party.ana, "That's 50 people, and the limit is 15")
    assert posts(party.wins) == []


def test_a_group_may_hold_fifty_and_not_more(weft, party, workspace):
    crowd = [workspace.add_person(f"Person {number}") for number in range(51)]
    group = workspace.add_user_group("everyone", "Everyone", crowd)

    party.ana.command("/shoutout", f"<!subteam^{group.id}> {LATE}")

    refused(party.ana, "These groups have 51 people, and the limit is 50")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "spelled", ["<!channel>", "<!here>", "<!everyone>", "<!channel|@channel>", "@channel", "@Here", "@everyone"]
)
def test_a_whole_channel_is_never_notified(weft, party, spelled):
    party.ana.command("/shoutout", f"{spelled} {LATE}")
    refused(party.ana, "I don't notify whole channels")
    party.ana.close()

    party.ana.command("/shoutout", f"{party.ben.mention} for helping {spelled} and {LATE}")
    weft.carry()

    [post] = posts(party.wins)
    assert "<!" not in post.text + str(post.blocks).replace("<!subteam", "")


def test_forged_links_show_where_they_lead(weft, party):
    party.ana.command("/shoutout", f"{party.ben.mention} for <https://evil.test|the bank> and {LATE}")
    party.ana.command("/shoutout")
    party.ana.fill({"Who's it for?": [party.cleo], "What did they do?": f"<https://evil.test|bank> <!channel> {LATE}"})
    assert party.ana.submit() == {}
    weft.live(minutes=1)

    first, second = posts(party.wins)
    assert "the bank" not in words(first)
    assert "https://evil.test" in words(first)
    assert "&lt;<https://evil.test>|bank&gt; &lt;!channel&gt;" in str(second.blocks)


def test_only_emoji_is_said_after_a_hint_and_nothing_at_all_never(weft, party):
    party.ana.command("/shoutout", party.ben.mention)
    refused(party.ana, "Add a few words here.")

    party.ana.fill({"What did they do?": "\u200b \u2066"})
    assert "Add a few words here." in str(party.ana.submit())
    party.ana.fill({"What did they do?": ":tada::tada:"})
    assert party.ana.submit() == {}
    refused(party.ana, "A few words")


def test_a_long_one_comes_back_whole(weft, party):
    party.ana.command("/shoutout", f"{party.ben.mention} " + "thanks " * 400)
    refused(party.ana, "That's 2,799 characters, and the limit is 2,000")
    assert len(party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"]) == 2799
    party.ana.close()

    said = party.ana.command("/shoutout", f"{party.ben.mention} " + "x" * 5000)

    assert "That's 5,000 characters, and the limit is 2,000. Nothing was posted." in words(said)
    assert words(said).count("x") == 5000 + words(said).split("x" * 10)[0].count("x")
    assert posts(party.wins) == []


def test_two_thousand_signs_that_grow_when_escaped_arrive_whole(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill({"Who's it for?": [party.ben], "What did they do?": "Ben wrote all of this: " + "&" * 1900})
    assert party.ana.submit() == {}
    weft.carry()

    assert words(posts(party.wins)[0]).count("&") == 1900


def test_a_channel_where_weft_may_not_post_gives_the_words_back(weft, party, workspace):
    workspace.archive(party.wins)
    party.ana.command("/shoutout", f"{party.ben.mention} {LATE}")

    refused(party.ana, "That channel is archived")
    assert party.ana.modal.values["celebrate_words"]["celebrate_words"]["value"] == LATE


def test_what_slack_refuses_later_comes_back_with_the_words_and_can_be_tried_again(weft, party, workspace):
    thank(party.ana, party.ben)
    workspace.archive(party.wins)
    weft.live(minutes=5)
    lost = party.ana.messages()[-1]
    assert "I couldn't post this in #wins: the channel is archived. No one has seen it" in words(lost)
    assert lost.text == f"I couldn't post your shoutout in <#{party.wins.id}>."
    assert LATE in words(lost)

    workspace.unarchive(party.wins)
    party.ana.press("Edit and retry", lost)
    assert party.ana.submit() == {}
    weft.live(minutes=5)

    assert len(posts(party.wins)) == 1


def test_a_channel_that_became_private_gets_nothing(weft, party, workspace):
    workspace.make_private(party.wins)

    thank(party.ana, party.ben)
    weft.carry()

    refused(party.ana, "That channel is private now")
    assert posts(party.wins) == []


def test_a_form_sent_twice_says_it_once(weft, party, workspace):
    party.ana.command("/shoutout")
    party.ana.fill({"Who's it for?": [party.ben], "What did they do?": LATE})
    sent = []
    workspace.deliveries.transport = Twice(workspace.deliveries.transport, sent)
    assert party.ana.submit() == {}
    weft.live(minutes=1)

    assert len(posts(party.wins)) == 1


class Twice:
    """Slack, on a bad day: every form arrives two times."""

    in_background = False
    is_listening = True

    def __init__(self, inner, sent):
        self.inner, self.sent = inner, sent

    def followed(self):
        self.inner.followed()

    def deliver(self, envelope):
        if envelope.payload.get("type") == "view_submission":
            self.inner.deliver(envelope)
        return self.inner.deliver(envelope)


def test_an_unknown_group_is_asked_about(weft, party):
    party.ana.command("/shoutout", f"<!subteam^S0NOBODY|@ghosts> {LATE}")

    refused(party.ana, "I can't see who's in that user group")


def test_people_that_weft_does_not_know_yet_are_told(weft, party, workspace):
    workspace.hold_events()
    eva = workspace.add_person("Eva Horak")

    assert "I don't know you yet" in words(eva.command("/shoutout", f"{party.ben.mention} {LATE}"))


def test_more_than_twenty_in_a_day_wait_for_tomorrow(weft, party, workspace):
    for number in range(20):
        thank(party.ana, workspace.add_person(f"Person {number}"))
    thank(party.ana, party.ben)

    refused(party.ana, "You've posted 20 times today")


def test_after_a_meeting_the_form_opens_with_the_partner(weft, party):
    from bot.celebrate.feature import offer_thanks

    with weft.bot.look() as work:
        [button] = offer_thanks(work, MeetingRecorded(party.ana.id, (party.ben.id,), "match:1"))
    with weft.bot.begin() as work:
        from bot.core.blocks import actions, section
        from bot.core.message import Message

        work.send(Message("You met", [section("You met"), actions(button)]), to=party.ana.id, key="after")
    weft.carry()

    party.ana.press("Say thanks", party.ana.messages()[-1])

    assert party.ana.modal.values["celebrate_people"]["celebrate_people"]["selected_users"] == [party.ben.id]


def test_words_and_change_that_grow_beyond_one_message_come_back_to_be_shortened(weft, party):
    party.ana.command("/shoutout")
    party.ana.fill({"Who's it for?": [party.ben], "What did they do?": "&" * 1990, "What did it change?": "<" * 500})

    assert "Please shorten it." in str(handed_in(party.ana))
    assert posts(party.wins) == []


@pytest.mark.parametrize("many", [260, pytest.param(900, marks=pytest.mark.slow)])
def test_a_group_that_is_too_large_is_said_before_the_form_and_can_be_left_out(weft, party, workspace, many):
    crowd = [workspace.add_person(f"Person {number}") for number in range(many)]
    group = workspace.add_user_group("everyone", "Everyone", crowd)
    party.ana.command("/shoutout", f"{party.ben.mention} and <!subteam^{group.id}> {LATE}")
    assert f"These groups have {many} people, and the limit is 50" in words(party.ana.modal)

    assert handed_in(party.ana) == {}
    weft.carry()

    assert "thanks @Ben Okafor" in words(posts(party.wins)[-1])


def test_a_form_with_a_group_thanks_the_people_who_are_in_it_when_it_is_sent(weft, party, workspace):
    group = workspace.add_user_group("support", "Support", [party.cleo])
    party.ana.command("/shoutout", f"<!subteam^{group.id}> thanks")
    assert "Plus 1 person in @support." in words(party.ana.modal)
    workspace.change_user_group(group, [party.cleo, party.dev])

    assert handed_in(party.ana) == {}
    weft.carry()

    assert "Thanks to you" in words(turn_to(party.dev, "Wins and thanks"))
