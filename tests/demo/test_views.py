from datetime import timedelta

import pytest

from bot.slacksim import text_of
from tests.demo.blocks import actions, button, field, home, modal, section
from tests.demo.test_conversations import error_of
from tests.demo.test_limits_and_faults import refusal_of


@pytest.fixture
def trigger(app, ana):
    """Ana types /form; what the bot got to open a modal with."""
    triggers = []
    app.command("/form")(lambda ack, body: (ack(), triggers.append(body["trigger_id"])))

    def begin():
        ana.command("/form")
        return triggers[-1]

    return begin


def test_a_trigger_opens_one_modal_within_three_seconds(client, clock, trigger, ana):
    used = trigger()
    client.views_open(trigger_id=used, view=modal(section("Hello")))
    assert text_of(ana.modal) == "Form\nHello\n[Send]"
    assert error_of(client.views_open, trigger_id=used, view=modal()) == "exchanged_trigger_id"
    assert error_of(client.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"
    late = trigger()
    clock.advance(timedelta(seconds=4))
    assert error_of(client.views_open, trigger_id=late, view=modal()) == "expired_trigger_id"


def test_what_was_typed_stays_when_a_view_is_drawn_again(client, trigger, ana):
    opened = client.views_open(trigger_id=trigger(), view=modal(field("Name"), field("Team")))["view"]
    ana.fill({"Name": "Ana", "Team": "Design"})
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(field("Name"), field("City")))
    assert ana.modal.values == {
        "name": {"name": {"type": "plain_text_input", "value": "Ana"}},
        "city": {"city": {"type": "plain_text_input", "value": None}},
    }
    assert error_of(client.views_update, view_id=opened["id"], hash=opened["hash"], view=modal()) == "hash_conflict"
    assert error_of(client.views_update, view_id="V404", view=modal()) == "not_found"


def test_an_external_id_belongs_to_one_view(client, trigger, ana, ben):
    client.views_publish(user_id=ben.id, view=home(section("x"), external_id="mine"))
    view = modal(section("x"), external_id="mine")
    assert error_of(client.views_open, trigger_id=trigger(), view=view) == "duplicate_external_id"
    client.views_update(external_id="mine", view=home(section("y"), external_id="mine"))
    assert text_of(ben.home) == "y"


def test_three_modals_lie_on_each_other_and_no_more(app, client, trigger, ana):
    refused = []

    def push(ack, body):
        ack()
        view = modal(actions(button("Deeper", "deeper")))
        if len(refused) == 0 and len(ana.workspace.modals[ana.id]) == 3:
            refused.append(error_of(client.views_push, trigger_id=body["trigger_id"], view=view))
        else:
            client.views_push(trigger_id=body["trigger_id"], view=view)

    app.action("deeper")(push)
    client.views_open(trigger_id=trigger(), view=modal(actions(button("Deeper", "deeper"))))
    root = ana.modal.id
    for _ in range(3):
        ana.press("Deeper")
    assert refused == ["push_limit_reached"]
    assert ana.modal.root_view_id == root
    ana.close()
    ana.close()
    assert ana.modal.id == root


def test_a_view_can_be_too_large(client, ana):
    blocks = [section("x" * 3000) for _ in range(90)]
    assert error_of(client.views_publish, user_id=ana.id, view=home(*blocks)) == "view_too_large"


def test_a_home_is_published_for_one_person_and_guarded_by_its_hash(client, ana, ben):
    first = client.views_publish(user_id=ana.id, view=home(section("Hello")))["view"]
    client.views_publish(user_id=ana.id, view=home(section("Again")), hash=first["hash"])
    assert error_of(client.views_publish, user_id=ana.id, view=home(), hash=first["hash"]) == "hash_conflict"
    assert text_of(ana.home) == "Again"
    assert ben.home is None


def test_a_view_with_a_mistake_is_refused_with_its_place(client, trigger):
    view = modal(section("x" * 3001))
    answer = refusal_of(client.views_open, trigger_id=trigger(), view=view)
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"
    ]
