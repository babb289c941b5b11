import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slacksim import Workspace


def error_of(call, **arguments):
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response["error"]


def test_the_same_people_always_get_the_same_group_conversation(client, ana, ben, cleo):
    first = client.conversations_open(users=[ana.id, ben.id])
    again = client.conversations_open(users=[ben.id, ana.id])
    other = client.conversations_open(users=[ana.id, ben.id, cleo.id])
    assert again["channel"]["id"] == first["channel"]["id"] != other["channel"]["id"]
    assert again["already_open"]


def test_a_conversation_needs_between_one_and_eight_people_who_can_be_reached(client, workspace, ana):
    gone = workspace.add_person("Gil Gone", deactivated=True)
    crowd = [workspace.add_person(f"Person {number}").id for number in range(9)]
    stranger = workspace.add_person("Sam Stranger", stranger=True)
    assert error_of(client.conversations_open, users="") == "users_list_not_supplied"
    assert error_of(client.conversations_open, users=[workspace.bot_user_id]) == "not_enough_users"
    assert error_of(client.conversations_open, users=crowd) == "too_many_users"
    assert error_of(client.conversations_open, users=[ana.id, gone.id]) == "user_disabled"
    assert error_of(client.conversations_open, users=[ana.id, "U404"]) == "user_not_found"
    assert error_of(client.conversations_open, users=[stranger.id]) == "user_not_visible"
    assert client.conversations_open(users=crowd[:8])["ok"]


def test_nothing_is_opened_where_creation_is_prevented(client, ana):
    assert error_of(client.conversations_open, users=[ana.id], prevent_creation=True) == "channel_not_found"
    client.conversations_open(users=[ana.id])
    assert client.conversations_open(users=[ana.id], prevent_creation=True, return_im=True)["channel"]["user"] == ana.id


def test_members_come_in_pages(client, workspace):
    people = [workspace.add_person(f"Person {number}") for number in range(7)]
    coffee = workspace.add_channel("coffee", members=people)
    pages = [page["members"] for page in client.conversations_members(channel=coffee.id, limit=3)]
    assert [len(page) for page in pages] == [3, 3, 2]
    assert {member for page in pages for member in page} == {each.id for each in people} | {workspace.bot_user_id}


def test_a_made_up_cursor_is_refused(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    assert error_of(client.conversations_members, channel=coffee.id, cursor="page2") == "invalid_cursor"


def test_a_private_channel_without_the_bot_does_not_exist_for_it(client, workspace, ana):
    secret = workspace.add_channel("secret", members=[ana], private=True, with_bot=False)
    assert error_of(client.conversations_info, channel=secret.id) == "channel_not_found"
    assert client.conversations_list(types="public_channel,private_channel")["channels"] == []
    workspace.add_bot(secret)
    assert client.conversations_info(channel=secret.id, include_num_members=True)["channel"]["num_members"] == 2


def test_the_bot_joins_public_channels_by_itself(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana], with_bot=False)
    assert client.conversations_join(channel=coffee.id)["channel"]["is_member"]
    assert client.conversations_join(channel=coffee.id)["warning"] == "already_in_channel"
    assert [each["id"] for each in client.users_conversations()["channels"]] == [coffee.id]
    client.conversations_leave(channel=coffee.id)
    assert client.users_conversations()["channels"] == []


def test_inviting_says_why_somebody_cannot_come(client, workspace, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    client.conversations_invite(channel=coffee.id, users=[ben.id])
    assert ben.id in coffee.members
    assert error_of(client.conversations_invite, channel=coffee.id, users=[ben.id]) == "already_in_channel"
    workspace.archive(coffee)
    assert error_of(client.conversations_invite, channel=coffee.id, users=[ben.id]) == "is_archived"


def test_history_is_newest_first_and_bounded(client, workspace, ana):
    coffee = workspace.add_channel("coffee", members=[ana])
    first, second, third = (ana.say(coffee, word) for word in ("one", "two", "three"))

    def texts(**span):
        return [each["text"] for each in client.conversations_history(channel=coffee.id, **span)["messages"]]

    assert texts() == ["three", "two", "one"]
    assert texts(oldest=first.ts) == ["three", "two"]
    assert texts(oldest=first.ts, latest=third.ts) == ["two"]
    assert texts(oldest=second.ts, inclusive=True) == ["three", "two"]
    assert texts(limit=1) == ["three"]
    assert error_of(client.conversations_history, channel=coffee.id, oldest="yesterday") == "invalid_ts_oldest"


def test_replies_stand_in_their_thread_and_not_in_the_channel(client, workspace, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana, ben])
    question = ana.say(coffee, "Who is in?")
    ben.say(coffee, "Me!", thread=question)
    [shown] = client.conversations_history(channel=coffee.id)["messages"]
    assert (shown["reply_count"], shown["reply_users"]) == (1, [ben.id])
    thread = client.conversations_replies(channel=coffee.id, ts=question.ts)["messages"]
    assert [each["text"] for each in thread] == ["Who is in?", "Me!"]
    assert error_of(client.conversations_replies, channel=coffee.id, ts="1.000000") == "thread_not_found"


def test_a_missing_scope_is_named(slack_server, clock):
    workspace = Workspace(clock, scopes={"im:write", "channels:read", "channels:history"})
    slack_server.host(workspace)
    client = WebClient(token=workspace.bot_token, base_url=slack_server.api_url)
    ana, ben = workspace.add_person("Ana"), workspace.add_person("Ben")
    with pytest.raises(SlackApiError) as refused:
        client.conversations_open(users=[ana.id, ben.id])
    assert refused.value.response["needed"] == "mpim:write"
    assert refused.value.response["provided"] == "channels:history,channels:read,im:write"
    assert error_of(client.users_list) == "missing_scope"
    direct = client.conversations_open(users=[ana.id])["channel"]["id"]
    assert error_of(client.conversations_history, channel=direct) == "missing_scope"
    slack_server.release(workspace)


def test_a_public_channel_comes_back_empty_from_the_archive_and_a_private_one_with_its_members(
    client, workspace, ana, ben
):
    public = workspace.add_channel("public", members=[ana, ben])
    private = workspace.add_channel("private", members=[ana, ben], private=True)
    for channel in (public, private):
        workspace.archive(channel, ana)
        workspace.unarchive(channel, ana)

    assert list(public.members) == [ana.id]
    assert client.conversations_members(channel=private.id)["members"] == [ana.id, ben.id, workspace.bot_user_id]
    assert [each.name for each in ben.conversations()] == ["private"]
