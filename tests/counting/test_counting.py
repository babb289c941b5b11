"""Counting contact in public channels: who switches it on, who opts out, and what is kept."""

import logging
import random
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.core.page import Page
from bot.features import PLUGGED
from bot.people.sync import sync
from bot.privacy.service import forget_person
from bot.scheduler import run_last_ticks
from bot.slack.replies import home_page
from storage.connections import contacts
from storage.people import people
from storage.tables import METADATA
from tests.weft import labels, turn_to, words


@pytest.fixture
def talk(weft, team, workspace):
    """Two public channels, one that Weft is not in yet, and a private one."""
    weft.tick()
    there = SimpleNamespace(**vars(team))
    there.general = workspace.add_channel("general", members=team.everyone)
    there.random = workspace.add_channel("random", members=team.everyone, with_bot=False)
    there.secret = workspace.add_channel("secret", members=team.everyone, private=True)
    return there


def switch(weft, admin, where, channels=()):
    admin.press("Choose channels", turn_to(admin, "Admin"))
    admin.fill({"Where": where, "Channels": list(channels)})
    answer = admin.submit()
    weft.settle()
    return answer


@pytest.fixture
def counted(weft, talk):
    switch(weft, talk.alma, "In these channels", [talk.general])
    return talk


def reply(who, to, channel, said="Here you are"):
    return who.say(channel, said, thread=to)


def contact(weft, a, b):
    """The counts of these two, as one of them would see them."""
    weft.tick()
    with weft.bot.look() as work:
        rows = contacts.contacts_of(work, person_id=a.id)
        mine = [row for row in rows if row.other_id == b.id]
        return tuple(sum(getattr(row, kind) for row in mine) for kind in ("replies", "mentions", "reactions"))


def test_an_admin_switches_it_on_and_the_channel_is_told(weft, counted):
    [told] = [message for message in counted.general.messages if message.bot_id]

    assert "I now count interactions in this channel" in told.text
    assert labels(told) == ["Opt me out"]
    assert "Counted in <#" in str(turn_to(counted.alma, "Admin").blocks)


def test_replies_mentions_and_reactions_are_counted_as_a_pair_and_a_day(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    reply(counted.ben, question, counted.general)
    counted.ana.say(counted.general, f"{counted.ben.mention} thanks, and {counted.cleo.mention} too")
    counted.cleo.react(question, "tada")

    assert contact(weft, counted.ana, counted.ben) == (1, 1, 0)
    assert contact(weft, counted.cleo, counted.ana) == (0, 1, 1)
    assert contact(weft, counted.ben, counted.cleo) == (0, 0, 0)


def test_nothing_is_counted_where_no_one_switched_it_on(weft, counted, workspace):
    workspace.add_bot(counted.random)
    for channel in (counted.random, counted.secret, counted.coffee):
        question = counted.ana.say(channel, "Does anyone know?")
        reply(counted.ben, question, channel)
        counted.ben.react(question, "tada")

    assert contact(weft, counted.ana, counted.ben) == (0, 0, 0)


def test_no_text_no_message_and_no_channel_is_kept(weft, counted):
    question = counted.ana.say(counted.general, "The merger with Umbrella is on")
    answer = reply(counted.ben, question, counted.general, "Secret pineapple")
    weft.tick()

    kept = ""
    with weft.bot.db.snapshot() as session:
        for table in METADATA.sorted_tables:
            if table.name not in {"counted_channels", "outbox_messages"}:
                kept += str(session.execute(text(f"SELECT * FROM {table.name}")).all())
    for secret in ("Umbrella", "pineapple", question.ts, answer.ts, counted.general.id):
        assert secret not in kept


def test_nothing_of_it_is_logged(weft, counted, caplog):
    caplog.set_level(logging.DEBUG)
    reply(counted.ben, counted.ana.say(counted.general, "The merger is on"), counted.general)
    weft.tick()

    ours = [str(vars(record)) for record in caplog.records if record.name.startswith(("bot", "storage"))]
    for secret in ("merger", counted.ana.id, counted.ben.id):
        assert not any(secret in line for line in ours)


def test_events_that_come_twice_and_out_of_order_count_once(weft, counted, workspace):
    question = counted.ana.say(counted.general, "Does anyone know?")
    workspace.double_events()
    workspace.hold_events()
    reply(counted.ben, question, counted.general)
    counted.ben.react(question, "tada")
    counted.ben.unreact(question, "tada")
    counted.ben.react(question, "tada")
    workspace.release_events(random.Random(3))

    assert contact(weft, counted.ana, counted.ben) == (1, 0, 1)


def test_an_event_that_comes_again_after_a_restart_counts_once(weft, counted, workspace):
    question = counted.ana.say(counted.general, "Does anyone know?")
    workspace.double_events()
    reply(counted.ben, question, counted.general)
    assert contact(weft, counted.ana, counted.ben) == (1, 0, 0)
    weft.live(minutes=55)
    workspace.hold_events()
    reply(counted.ben, question, counted.general)
    [_, again] = workspace.deliveries.held
    workspace.deliveries.held.remove(again)
    workspace.release_events()
    assert contact(weft, counted.ana, counted.ben) == (2, 0, 0)
    weft.bot.memory.clear()
    weft.tick()
    workspace.deliveries.send(again)

    assert contact(weft, counted.ana, counted.ben) == (2, 0, 0)


def test_an_opt_out_at_noon_deletes_this_mornings_counts(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    reply(counted.ben, question, counted.general)
    reply(counted.cleo, question, counted.general)
    assert contact(weft, counted.ana, counted.ben) == (1, 0, 0)
    reply(counted.ben, question, counted.general)  # This one still waits in memory.

    answer = counted.ben.press("Opt me out", counted.general.messages[0])

    assert "I don't count you anymore" in words(answer)
    reply(counted.ben, question, counted.general)
    counted.ana.say(counted.general, counted.ben.mention)
    assert contact(weft, counted.ana, counted.ben) == (0, 0, 0) == contact(weft, counted.ben, counted.ana)
    assert contact(weft, counted.ana, counted.cleo) == (1, 0, 0)


def test_people_who_come_back_are_counted_from_then_on(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    counted.ben.press("Opt me out", turn_to(counted.ben, "Settings"))
    assert "Interactions in public channels\nNot counted" in words(counted.ben.home)
    reply(counted.ben, question, counted.general)
    weft.tick()
    counted.ben.press("Opt in", counted.ben.home)
    reply(counted.ben, question, counted.general)

    assert "Opt me out" in labels(counted.ben.home)
    assert contact(weft, counted.ana, counted.ben) == (1, 0, 0)


def test_guests_bots_and_people_of_other_companies_are_not_counted(weft, counted, workspace):
    guest = workspace.add_person("Gil Guest", is_guest=True)
    guest.join(counted.general)
    weft.tick()
    question = counted.ana.say(counted.general, f"{guest.mention} <@UNOBODY> <@{workspace.bot_user_id}>")
    guest.react(question, "tada")
    weft.tick()

    with weft.bot.look() as work:
        assert contacts.contacts_of(work, person_id=counted.ana.id) == []


def test_only_admins_choose_where(weft, counted):
    with weft.bot.look() as work:
        assert "Choose channels" not in labels(home_page(work, counted.ana.id, Page.ADMIN))
    home = turn_to(counted.alma, "Admin")
    counted.alma.change(is_admin=False)
    counted.alma.press("Choose channels", home)

    assert "Only admins can change this." in words(counted.alma.modal)


def test_an_admin_who_names_no_channel_is_asked_for_one(weft, talk):
    assert switch(weft, talk.alma, "In these channels") == {"Channels": "Choose a channel, or Nowhere above."}


def test_a_channel_that_weft_is_not_in_is_joined_first(weft, talk, workspace):
    assert switch(weft, talk.alma, "In these channels", [talk.random]) == {}

    assert workspace.bot_user_id in talk.random.members
    assert "I now count interactions" in talk.random.messages[-1].text


def test_everywhere_means_every_public_channel_also_those_to_come(weft, talk, workspace):
    switch(weft, talk.alma, "In every public channel I'm in")
    workspace.add_bot(talk.random)
    weft.settle()

    assert all("I now count interactions" in channel.messages[-1].text for channel in (talk.general, talk.random))
    assert not any("I now count interactions" in message.text for message in talk.secret.messages)


def test_a_channel_that_becomes_private_is_left_out(weft, counted, workspace):
    question = counted.ana.say(counted.general, "Does anyone know?")
    workspace.make_private(counted.general)
    weft.tick()
    counted.ben.react(question, "tada")

    assert contact(weft, counted.ana, counted.ben) == (0, 0, 0)


def test_switched_off_the_channel_is_told_and_nothing_more_is_counted(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    switch(weft, counted.alma, "Nowhere")
    reply(counted.ben, question, counted.general)

    assert "I no longer count interactions in this channel" in counted.general.messages[-2].text
    assert contact(weft, counted.ana, counted.ben) == (0, 0, 0)
    assert "Interactions in public channels" not in words(turn_to(counted.ana, "Settings"))


def test_a_channel_that_can_not_be_told_is_not_counted(weft, talk, workspace):
    talk.alma.press("Choose channels", turn_to(talk.alma, "Admin"))
    talk.alma.fill({"Where": "In these channels", "Channels": [talk.general]})
    talk.alma.submit()
    workspace.archive(talk.general)
    weft.settle()

    assert "Not counted." in words(turn_to(talk.alma, "Admin"))


def test_what_waits_in_memory_is_written_down_when_the_bot_stops_in_order(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    reply(counted.ben, question, counted.general)
    run_last_ticks(weft.composed)

    with weft.bot.look() as work:
        [row] = contacts.contacts_of(work, person_id=counted.ana.id)
        assert row.replies == 1


def test_forgotten_people_are_not_counted_until_they_join_again(weft, counted):
    question = counted.ana.say(counted.general, "Does anyone know?")
    reply(counted.ben, question, counted.general)  # This one waits in memory meanwhile.
    with weft.bot.begin() as work:
        forget_person(work, counted.ben.id, PLUGGED)
    sync(weft.bot, weft.composed.reads)
    reply(counted.ben, question, counted.general)
    assert contact(weft, counted.ana, counted.ben) == (0, 0, 0)
    home = turn_to(counted.ben, "Settings")
    assert "Not counted" in words(home)
    counted.ben.press("Opt in", home)
    assert "You asked to be forgotten" in words(counted.ben.modal)
    counted.ben.close()

    with weft.bot.begin() as work:
        people.unmark_forgotten(work, person_id=counted.ben.id)
    reply(counted.ben, question, counted.general)
    assert contact(weft, counted.ana, counted.ben) == (1, 0, 0)
