import pytest
from slack_sdk.webhook import WebhookClient

from bot.slacksim import AppSettings, Workspace, text_of
from tests.demo.blocks import section
from tests.demo.test_conversations import error_of

METADATA = {"event_type": "weft_message", "event_payload": {"key": "k1"}}


@pytest.fixture(autouse=True)
def unhurried(workspace):
    workspace.limits.enabled = False


def test_a_message_to_a_person_arrives_in_their_direct_message(client, workspace, ana):
    posted = client.chat_postMessage(channel=ana.id, text="Hello <@" + ana.id + ">")
    [message] = ana.messages()
    assert (message.channel_id, message.ts) == (posted["channel"], posted["ts"])
    assert text_of(message, ana) == "Hello @Ana Ruiz"
    assert posted["message"]["bot_id"] == workspace.bot_id
    assert posted["message"]["app_id"] == workspace.app_id


def test_the_bot_posts_only_where_it_is(client, workspace, ana):
    public = workspace.add_channel("public", members=[ana], with_bot=False)
    private = workspace.add_channel("private", members=[ana], private=True, with_bot=False)
    old = workspace.add_channel("old", members=[ana])
    workspace.archive(old)
    assert error_of(client.chat_postMessage, channel=public.id, text="hi") == "not_in_channel"
    assert error_of(client.chat_postMessage, channel=private.id, text="hi") == "channel_not_found"
    assert error_of(client.chat_postMessage, channel=old.id, text="hi") == "is_archived"
    assert error_of(client.chat_postMessage, channel="C404", text="hi") == "channel_not_found"
    workspace.scopes |= {"chat:write.public"}
    assert client.chat_postMessage(channel=public.id, text="hi")["ok"]


def test_nobody_gone_is_written_to(client, workspace):
    gone = workspace.add_person("Gil Gone", deactivated=True)
    assert error_of(client.chat_postMessage, channel=gone.id, text="hi") == "channel_not_found"
    assert error_of(client.chat_postMessage, channel="USLACKBOT", text="hi") == "channel_not_found"


def test_a_message_says_something_and_not_too_much(client, ana):
    assert error_of(client.api_call, api_method="chat.postMessage", json={"channel": ana.id}) == "no_text"
    client.chat_postMessage(channel=ana.id, text="x" * 40_001)
    assert len(ana.messages()[0].text) == 40_000
    many = [section("x")] * 51
    assert error_of(client.chat_postMessage, channel=ana.id, text="x", blocks=many) == "invalid_blocks"
    long = [section("x" * 3000)] * 4
    there = client.chat_postMessage(channel=ana.id, text="x", blocks=long)
    where = {"channel": there["channel"], "ts": there["ts"]}
    longer = [*long, section("x")]
    assert error_of(client.chat_postMessage, channel=ana.id, text="x", blocks=longer) == "msg_blocks_too_long"
    assert error_of(client.chat_update, **where, text="x", blocks=longer) == "msg_too_long"


def test_where_only_some_may_post_the_bot_is_refused(client, workspace, ana):
    channel = workspace.add_channel("news", members=[ana])
    workspace.restrict_posting(channel)
    assert error_of(client.chat_postMessage, channel=channel.id, text="hi") == "restricted_action"
    workspace.restrict_posting(channel, is_restricted=False)
    assert client.chat_postMessage(channel=channel.id, text="hi")["ok"]


def test_arguments_that_slack_does_not_know_are_refused(client, ana):
    assert error_of(client.chat_postMessage, channel=ana.id, text="x", client_msg_id="1") == "invalid_arguments"
    assert error_of(client.api_call, api_method="chat.postMessage", json={"text": "x"}) == "invalid_arguments"
    assert error_of(client.api_call, api_method="chat.shout") == "unknown_method"


def test_metadata_comes_back_only_when_asked_for(client, ana):
    channel = client.chat_postMessage(channel=ana.id, text="x", metadata=METADATA)["channel"]
    [silent] = client.conversations_history(channel=channel)["messages"]
    [telling] = client.conversations_history(channel=channel, include_all_metadata=True)["messages"]
    assert "metadata" not in silent
    assert telling["metadata"] == METADATA


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "x"}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {}, "more": 1}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"key": "x" * 9000}}, "metadata_too_large"),
    ],
)
def test_metadata_has_a_shape_and_a_size(client, ana, metadata, error):
    assert error_of(client.chat_postMessage, channel=ana.id, text="x", metadata=metadata) == error


def test_only_its_own_messages_can_be_changed_or_removed(client, ana):
    posted = client.chat_postMessage(channel=ana.id, text="x").data
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    hers = ana.say(None, "mine")
    assert error_of(client.chat_update, channel=place["channel"], ts=hers.ts, text="z") == "cant_update_message"
    assert error_of(client.chat_delete, channel=place["channel"], ts=hers.ts) == "cant_delete_message"
    assert error_of(client.chat_update, **place, text="z" * 4001) == "msg_too_long"
    client.chat_update(**place, text="changed")
    assert [text_of(each) for each in ana.messages()] == ["changed", "mine"]
    client.chat_delete(**place)
    assert [text_of(each) for each in ana.messages()] == ["mine"]
    assert error_of(client.chat_update, **place, text="z") == "message_not_found"


def test_an_ephemeral_message_is_seen_by_one_member_only(client, workspace, ana, ben, cleo):
    coffee = workspace.add_channel("coffee", members=[ana, ben])
    client.chat_postEphemeral(channel=coffee.id, user=ana.id, text="psst")
    assert ana.reads() == "psst"
    assert ben.reads() == ""
    assert error_of(client.chat_postEphemeral, channel=coffee.id, user=cleo.id, text="x") == "user_not_in_channel"


def test_with_the_messages_tab_off_there_is_nowhere_to_write(slack_server, clock, client):
    workspace = Workspace(clock, settings=AppSettings(messages_tab=False, home_tab=False))
    slack_server.host(workspace)
    client.token = workspace.bot_token
    ana = workspace.add_person("Ana")
    assert error_of(client.chat_postMessage, channel=ana.id, text="x") == "messages_tab_disabled"
    assert error_of(client.views_publish, user_id=ana.id, view={"type": "home", "blocks": []}) == "not_enabled"
    slack_server.release(workspace)


def test_reactions_are_given_once_and_counted(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    win = ana.say(coffee, "We shipped")
    place = {"channel": coffee.id, "timestamp": win.ts}
    client.reactions_add(name="tada", **place)
    ana.react(win, "tada")
    assert error_of(client.reactions_add, name="tada", **place) == "already_reacted"
    [reaction] = client.reactions_get(full=True, **place)["message"]["reactions"]
    assert reaction == {"name": "tada", "users": [workspace.bot_user_id, ana.id], "count": 2}
    client.reactions_remove(name="tada", **place)
    assert error_of(client.reactions_remove, name="tada", **place) == "no_reaction"


def test_the_comment_of_a_file_shows_links_and_mentions_as_letters(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    comment = f"*Bold*, <https://example.com|a link>, <@{ana.id}>"
    client.files_upload_v2(channel=coffee.id, content=b"1", filename="a.txt", initial_comment=comment)

    shown = f"*Bold*, &lt;https://example.com|a link&gt;, &lt;@{ana.id}&gt;"
    assert coffee.messages[-1].text == shown


def test_a_file_is_uploaded_and_shared(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    client.files_upload_v2(channel=coffee.id, content=b"a,b\n1,2\n", filename="pairs.csv", initial_comment="Here")
    [message] = coffee.messages
    assert text_of(message) == "Here\n(pairs.csv)"
    [file] = message.files
    assert file.content == b"a,b\n1,2\n"
    assert client.files_info(file=file.id)["file"]["size"] == 8
    client.files_delete(file=file.id)
    assert error_of(client.files_info, file=file.id) == "file_not_found"


def test_a_response_url_takes_five_posts(app, ana, workspace):
    app.command("/coffee")(lambda ack, body: (ack(), heard.append(body["response_url"])))
    heard = []
    said = ana.command("/coffee")
    webhook = WebhookClient(heard[0])
    assert [webhook.send(text=str(number)).status_code for number in range(6)] == [200] * 5 + [404]
    assert said.text == "0\n1\n2\n3\n4"
    assert said.ephemeral
    assert workspace.refused_responses == ["used_url"]
    workspace.refused_responses.clear()
