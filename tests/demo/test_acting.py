"""What people do, and what the bot is told of it."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.slacksim import AppSettings, Direct, NotPossible, Workspace, text_of
from tests.demo.blocks import actions, button, field, home, modal, options, plain, section

MENU = {"type": "static_select", "action_id": "pause", "placeholder": plain("Pause until")}


@pytest.fixture(autouse=True)
def unhurried(workspace):
    workspace.limits.enabled = False


@pytest.fixture
def heard(app):
    """Every click's payload, acknowledged."""
    bodies = []
    app.action(re.compile(".*"))(lambda ack, body: (ack(), bodies.append(body)))
    return bodies


def draw(client, person, *blocks):
    client.chat_postMessage(channel=person.id, text="look", blocks=list(blocks))
    return person.messages()[-1]


def test_a_button_tells_what_was_really_drawn(client, workspace, heard, ana):
    message = draw(client, ana, section("Did you meet?"), actions(button("We met", "met", value="17")))
    ana.press("We met", message)
    [body] = heard
    [action] = body["actions"]
    assert (action["action_id"], action["value"], action["block_id"]) == ("met", "17", message.blocks[1]["block_id"])
    assert body["user"]["id"] == ana.id
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": message.channel_id, "name": "directmessage"}
    assert body["message"]["blocks"] == message.blocks
    assert body["team"]["id"] == workspace.team_id
    assert body["is_enterprise_install"] is False
    assert body["response_url"].startswith(workspace.address)


def test_what_is_not_there_cannot_be_pressed(client, heard, ana, ben):
    message = draw(client, ana, actions(button("Yes", "a"), button("No", "b"), button("No", "c")))
    for label in ("Maybe", "No"):
        with pytest.raises(NotPossible):
            ana.press(label, message)
    with pytest.raises(NotPossible):
        ben.press("Yes", message)
    assert heard == []


def test_menus_are_chosen_by_what_is_written_on_them(client, heard, ana, ben):
    message = draw(
        client,
        ana,
        actions(MENU | {"options": options("Friday", "Monday")}),
        actions({"type": "overflow", "action_id": "more", "options": options("Leave", "Stay")}),
        actions({"type": "datepicker", "action_id": "day", "placeholder": plain("Which day?")}),
        section("Captain", accessory={"type": "users_select", "action_id": "captain"}),
        actions({"type": "checkboxes", "action_id": "topics", "options": options("Music", "Food")}),
    )
    ana.choose("Pause until", "Monday", in_=message)
    ana.choose(None, "Leave", in_=message)
    ana.choose("Which day?", date(2026, 5, 1), in_=message)
    ana.choose("Captain", ben, in_=message)
    ana.choose("topics", ["Food"], in_=message)
    chosen = [body["actions"][0] for body in heard]
    assert chosen[0]["selected_option"]["value"] == "monday"
    assert chosen[1]["selected_option"]["value"] == "leave"
    assert chosen[2]["selected_date"] == "2026-05-01"
    assert chosen[3]["selected_user"] == ben.id
    assert chosen[4]["selected_options"] == options("Food")
    state = [value for fields in heard[-1]["state"]["values"].values() for value in fields.values()]
    assert {"type": "datepicker", "selected_date": "2026-05-01"} in state


def test_an_answer_can_replace_or_remove_the_message(app, client, ana):
    app.action("done")(lambda ack, respond: (ack(), respond("Thanks!", replace_original=True)))
    app.action("gone")(lambda ack, respond: (ack(), respond(delete_original=True)))
    app.action("talk")(lambda ack, respond: (ack(), respond("Only for you", replace_original=False)))
    done, gone, talk = (draw(client, ana, actions(button("Go", name))) for name in ("done", "gone", "talk"))
    for message in (done, gone):
        ana.press("Go", message)
    said = ana.press("Go", talk)
    assert [text_of(message) for message in ana.messages()] == ["Thanks!", "[Go]"]
    assert (said.text, said.ephemeral) == ("Only for you", True)


def test_the_home_tab_is_drawn_and_pressed(app, client, workspace, ana):
    app.event("app_home_opened")(
        lambda event, client: client.views_publish(user_id=event["user"], view=home(actions(button("Join", "join"))))
    )
    joined = []
    app.action("join")(lambda ack, body: (ack(), joined.append(body)))
    assert text_of(ana.open_home()) == "[Join]"
    ana.press("Join", ana.home)
    [body] = joined
    assert body["container"] == {"type": "view", "view_id": ana.home.id}
    assert body["view"]["hash"] == ana.home.hash
    assert "channel" not in body


EVERY_FIELD = modal(
    field("Name", {"type": "plain_text_input", "initial_value": "Ana"}),
    field("Age", {"type": "number_input", "is_decimal_allowed": False, "max_value": "120"}, optional=True),
    field("Day", {"type": "datepicker"}),
    field("Hour", {"type": "timepicker"}),
    field("Moment", {"type": "datetimepicker"}),
    field("Size", {"type": "static_select", "options": options("Small", "Large")}),
    field("Topics", {"type": "checkboxes", "options": options("Music", "Food")}),
    field("Pace", {"type": "radio_buttons", "options": options("Slow", "Fast")}),
    field("Friends", {"type": "multi_users_select"}),
    field("Where", {"type": "conversations_select"}),
    private_metadata="17",
)


@pytest.fixture
def submitted(app):
    """The bot opens a form with every kind of field, and keeps what comes back."""
    views = []
    app.command("/form")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=EVERY_FIELD))
    )
    app.view("form")(lambda ack, view: (ack(), views.append(view)))
    return views


def test_a_form_comes_back_with_every_kind_of_value(workspace, submitted, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    moment = datetime(2026, 5, 1, 10, tzinfo=UTC)
    ana.command("/form")
    ana.fill({"Day": date(2026, 5, 1), "Hour": time(9, 30), "Moment": moment, "Size": "Large"})
    ana.fill({"Topics": ["Food"], "Pace": "Slow", "Friends": [ben], "Where": coffee})
    assert ana.submit() == {}
    [view] = submitted
    values = {name: fields[name] for name, fields in view["state"]["values"].items()}
    assert values["name"]["value"] == "Ana"
    assert values["age"] == {"type": "number_input", "value": None}
    assert values["day"]["selected_date"] == "2026-05-01"
    assert values["hour"]["selected_time"] == "09:30"
    assert values["moment"]["selected_date_time"] == int(moment.timestamp())
    assert values["size"]["selected_option"]["value"] == "large"
    assert values["topics"]["selected_options"] == options("Food")
    assert values["friends"]["selected_users"] == [ben.id]
    assert values["where"]["selected_conversation"] == coffee.id
    assert view["private_metadata"] == "17"


def test_slack_asks_for_what_is_missing_before_the_bot_hears_of_it(submitted, ana):
    ana.command("/form")
    ana.fill({"Name": "", "Age": "130"})
    problems = ana.submit()
    assert problems["Age"] == "This number is too low or too high."
    assert problems["Name"] == problems["Day"] == "Please complete this required field."
    assert submitted == []


def test_a_form_can_lead_to_the_next_one(app, client, ana):
    app.command("/form")(
        lambda ack, body, client: (
            ack(),
            client.views_open(trigger_id=body["trigger_id"], view=modal(field("One"), callback_id="one")),
        )
    )
    second, third = modal(field("Two"), callback_id="two"), modal(field("Three"), callback_id="three")
    app.view("one")(lambda ack: ack(response_action="update", view=second))
    app.view("two")(lambda ack: ack(response_action="push", view=third))
    app.view("three")(lambda ack: ack(response_action="clear"))
    ana.command("/form")
    for label in ("One", "Two", "Three"):
        ana.fill({label: "x"})
        assert ana.submit() == {}
    assert ana.modal is None


def test_a_form_that_nobody_takes_stays_open(app, client, ana):
    app.command("/form")(
        lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=modal(field("One"))))
    )
    ana.command("/form")
    ana.fill({"One": "x"})
    assert list(ana.submit()) == [""]
    assert ana.modal is not None


def test_closing_a_form_is_told_where_the_bot_asked_for_it(app, client, ana):
    closed = []
    view = modal(section("x"), notify_on_close=True)
    app.command("/form")(lambda ack, body, client: (ack(), client.views_open(trigger_id=body["trigger_id"], view=view)))
    app.view_closed("form")(lambda ack, body: (ack(), closed.append(body["is_cleared"])))
    ana.command("/form")
    ana.close()
    ana.command("/form")
    ana.close(everything=True)
    assert closed == [False, True]


def test_suggestions_come_from_the_bot(app, client, heard, ana):
    app.options("zone")(lambda ack, body: ack(options=options(f"{body['value']}lin", f"{body['value']}muda")))
    menu = {"type": "external_select", "action_id": "zone", "placeholder": plain("Time zone"), "min_query_length": 1}
    message = draw(client, ana, actions(menu))
    assert ana.options_for("Time zone", typed="Ber", in_=message) == ["Berlin", "Bermuda"]


def test_a_command_carries_mentions_as_the_manifest_wants(slack_server, clock, app, client):
    settings = AppSettings(commands={"/escaped": True, "/plain": False}, shortcuts=frozenset({"win"}))
    workspace = Workspace(clock, settings=settings)
    workspace.deliver_to(Direct(app))
    texts = []
    for name in settings.commands:
        app.command(name)(lambda ack, body: (ack(), texts.append(body["text"])))
    ana, ben = workspace.add_person("Ana"), workspace.add_person("Ben Okoro")
    for name in settings.commands:
        ana.command(name, f"meet {ben.mention}")
    assert texts == [f"meet <@{ben.id}|ben.okoro>", "meet @ben.okoro"]
    with pytest.raises(NotPossible):
        ana.command("/unknown")
    with pytest.raises(NotPossible):
        workspace.add_person("Sam", stranger=True).command("/plain")


def test_shortcuts_are_heard(app, client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    heard = []
    app.shortcut("win")(lambda ack, body: (ack(), heard.append(body)))
    ana.shortcut("win")
    message = ana.say(coffee, "We shipped")
    ana.message_shortcut("win", message)
    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert "channel" not in heard[0]
    assert heard[1]["message"]["text"] == "We shipped"
    with pytest.raises(NotPossible):
        workspace.add_person("Gus", is_guest=True).shortcut("win")


def test_what_happens_to_people_and_channels_is_told(app, workspace, clock, ana, ben):
    told = []
    app.event(re.compile(".*"))(lambda event: told.append(event["type"]))
    coffee = workspace.add_channel("coffee", members=[ana])
    ben.join(coffee)
    ben.leave(coffee)
    win = ana.say(coffee, "We shipped")
    ana.react(win, "tada")
    ana.unreact(win, "tada")
    ana.delete(win)
    workspace.rename(coffee, "tea")
    workspace.archive(coffee)
    workspace.change_channel_id(coffee)
    ana.set_status(":palm_tree:", "Away", clock.now() + timedelta(days=3))
    ana.sets_dnd(clock.now() + timedelta(hours=1))
    ana.change(tz="Asia/Tokyo")
    workspace.change_user_group(workspace.add_user_group("hosts", "Hosts"), [ana])
    workspace.remove_bot(coffee)
    workspace.uninstall_app()
    assert [kind for kind in told if kind != "message"] == [
        "member_joined_channel",
        "member_joined_channel",
        "member_left_channel",
        "reaction_added",
        "reaction_removed",
        "channel_rename",
        "channel_archive",
        "channel_id_changed",
        "user_change",
        "user_status_changed",
        "dnd_updated_user",
        "user_change",
        "subteam_members_changed",
        "channel_left",
        "tokens_revoked",
        "app_uninstalled",
    ]


def test_words_are_read_as_they_appear_on_the_screen(client, workspace, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "user", "user_id": ben.id}, {"type": "text", "text": " <3"}],
            }
        ],
    }
    when = int(datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp())
    words = (
        f"Hi <@{ben.id}> in <#{coffee.id}> &amp; <https://a.test|here>, <!date^{when}^{{date_short}} {{time}}|later>"
    )
    message = draw(
        client, ana, section(words), rich, {"type": "divider"}, actions(button("Yes", "a"), button("No", "b"))
    )
    assert text_of(message, ana) == (
        "Hi @Ben Okoro in #coffee & here, Jul 1, 2026 14:00\n@Ben Okoro <3\n---\n[Yes] [No]"
    )


def test_ten_thousand_people_and_two_thousand_groups_are_no_burden(workspace, clock):
    people = [workspace.add_person(f"Person {number}") for number in range(10_000)]
    for one, other in zip(people[:2000], people[2000:4000], strict=True):
        arguments = {"users": f"{one.id},{other.id}"}
        assert workspace.call("conversations.open", arguments, workspace.bot_token).error is None
    page = workspace.call("users.list", {"limit": "200"}, workspace.bot_token).body
    assert len(page["members"]) == 200
    assert len(people[0].conversations()) == 1
