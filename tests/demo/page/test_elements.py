"""Whatever is used on the page reaches the bot as Slack would tell it."""

import re
from datetime import UTC, datetime

import pytest
from slack_bolt import App

from bot.slacksim import Direct
from tests.demo.blocks import actions, button, options, plain, section

MOMENT = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def ana(workspace):
    return workspace.add_person("Ana Ruiz", tz="Europe/Madrid")


@pytest.fixture
def ben(workspace):
    return workspace.add_person("Ben Okafor")


@pytest.fixture
def heard(workspace, client):
    """A bot that listens to everything and offers two cities."""
    app, bodies = App(client=client, signing_secret="x", process_before_response=True), []
    app.action(re.compile(".*"))(lambda ack, body: (ack(), bodies.append(body)))
    app.options(re.compile(".*"))(lambda ack: ack(options=options("Rome", "Oslo")))
    workspace.deliver_to(Direct(app))
    return bodies


def element(kind, **more):
    return {"type": kind, "action_id": kind, **more}


def use(do, person, message, name, values=(), value=""):
    block = next(each for each in message.blocks if f"'action_id': '{name}'" in str(each))
    place = f"{block['block_id']}|{name}"
    shown = f"message|{message.channel_id}|{message.ts}"
    return do(person, "use", shown=shown, place=place, value=value, fields={place: list(values)})


def test_each_element_tells_what_was_chosen(client, workspace, do, heard, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    client.chat_postMessage(
        channel=ana.id,
        text="look",
        blocks=[
            section("a", accessory=element("multi_users_select")),
            section("b", accessory=element("multi_static_select", options=options("Music", "Food"))),
            actions(element("static_select", options=options("Small", "Large"))),
            actions(element("users_select")),
            actions(element("conversations_select")),
            actions(element("channels_select")),
            actions(element("external_select", min_query_length=1)),
            actions(element("datepicker")),
            actions(element("timepicker")),
            actions(element("datetimepicker")),
            actions(element("checkboxes", options=options("Yes", "Maybe"))),
            actions(element("radio_buttons", options=options("Slow", "Fast"))),
            actions(element("overflow", options=options("Hide", "Report"))),
            actions(button("Go", "button", value="17")),
        ],
    )
    [message] = ana.messages()
    city = next(each["block_id"] for each in message.blocks if "external_select" in str(each))
    shown = f"message|{message.channel_id}|{message.ts}"
    offered = do(ana, "suggest", shown=shown, place=f"{city}|external_select", typed="o")["options"]
    assert offered == [["rome", "Rome"], ["oslo", "Oslo"]]

    use(do, ana, message, "multi_users_select", [ben.id, ana.id, ben.id])
    use(do, ana, message, "multi_static_select", ["food"])
    use(do, ana, message, "static_select", ["large"])
    use(do, ana, message, "users_select", [ben.id])
    use(do, ana, message, "conversations_select", [coffee.id])
    use(do, ana, message, "channels_select", [coffee.id])
    use(do, ana, message, "external_select", ["oslo"])
    use(do, ana, message, "datepicker", ["2026-05-01"])
    use(do, ana, message, "timepicker", ["09:30"])
    use(do, ana, message, "datetimepicker", ["2026-05-01T10:00"])
    use(do, ana, message, "checkboxes", ["yes", "maybe"])
    use(do, ana, message, "radio_buttons", ["fast"])
    use(do, ana, message, "overflow", value="report")
    use(do, ana, message, "button", value="17")

    said = {body["actions"][0]["action_id"]: body["actions"][0] for body in heard}
    assert said["multi_users_select"]["selected_users"] == [ben.id, ana.id]
    assert said["multi_static_select"]["selected_options"] == options("Food")
    assert said["static_select"]["selected_option"] == options("Large")[0]
    assert said["users_select"]["selected_user"] == ben.id
    assert said["conversations_select"]["selected_conversation"] == coffee.id
    assert said["channels_select"]["selected_channel"] == coffee.id
    assert said["external_select"]["selected_option"] == options("Oslo")[0]
    assert said["datepicker"]["selected_date"] == "2026-05-01"
    assert said["timepicker"]["selected_time"] == "09:30"
    assert said["datetimepicker"]["selected_date_time"] == int(MOMENT.timestamp()), "as it is on Ana's clock"
    assert said["checkboxes"]["selected_options"] == options("Yes", "Maybe")
    assert said["radio_buttons"]["selected_option"] == options("Fast")[0]
    assert said["overflow"]["selected_option"] == options("Report")[0]
    assert said["button"]["value"] == "17"
    assert heard[-1]["state"]["values"], "what was chosen before is known with the button"


def test_what_is_chosen_stays_chosen_on_the_page(client, do, look, heard, ana):
    client.chat_postMessage(
        channel=ana.id,
        text="look",
        blocks=[actions(element("static_select", options=options("Small", "Large"), placeholder=plain("Size")))],
    )
    [message] = ana.messages()
    use(do, ana, message, "static_select", ["large"])

    assert '<option value="large" selected>' in look(ana, message.channel_id)


@pytest.mark.parametrize(
    ("name", "values"),
    [("static_select", ["huge"]), ("datepicker", ["soon"]), ("datepicker", ["2026-02-31"]), ("users_select", ["U0"])],
)
def test_what_is_not_offered_is_not_told(client, do, heard, ana, name, values):
    more = {"options": options("Small")} if name == "static_select" else {}
    client.chat_postMessage(channel=ana.id, text="look", blocks=[actions(element(name, **more))])
    [message] = ana.messages()
    block = message.blocks[0]["block_id"]
    shown = f"message|{message.channel_id}|{message.ts}"
    place = f"{block}|{name}"

    assert do(ana, "use", 409, shown=shown, place=place, fields={place: values})["problem"].endswith(".")
    assert heard == []
