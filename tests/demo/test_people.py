from datetime import timedelta

from tests.demo.test_conversations import error_of


def test_users_list_tells_of_everybody_also_of_those_who_left(client, workspace, ana):
    workspace.add_person("Gil Gone", deactivated=True)
    workspace.add_person("Ida Invited", invited=True)
    workspace.add_person("Gus Guest", is_single_channel_guest=True)
    workspace.add_person("Sam Stranger", stranger=True)
    people = {each["real_name"]: each for page in client.users_list(limit=2) for each in page["members"]}
    assert people.keys() == {"slackbot", "Weft", "Ana Ruiz", "Gil Gone", "Ida Invited", "Gus Guest"}
    assert people["Gil Gone"]["deleted"]
    assert people["Ida Invited"]["is_invited_user"]
    assert people["Gus Guest"]["is_restricted"]
    assert people["Weft"]["is_bot"]
    assert not people["slackbot"]["is_bot"]
    assert (people["Ana Ruiz"]["tz"], people["Ana Ruiz"]["tz_offset"]) == ("Europe/Madrid", 3600)


def test_a_stranger_is_one_until_they_share_a_channel(client, workspace, ana):
    sam = workspace.add_person("Sam Stranger", stranger=True)
    assert client.users_info(user=sam.id)["user"]["is_stranger"]
    workspace.add_channel("shared", members=[ana, sam], shared=True)
    shown = client.users_info(user=sam.id, include_locale=True)["user"]
    assert "is_stranger" not in shown
    assert "locale" not in shown
    assert shown["team_id"] != workspace.team_id


def test_a_person_is_found_by_email_while_they_are_here(client, ana):
    assert client.users_lookupByEmail(email="ana.ruiz@acme.test")["user"]["id"] == ana.id
    ana.deactivate()
    assert error_of(client.users_lookupByEmail, email="ana.ruiz@acme.test") == "users_not_found"


def test_profile_fields_of_the_workspace_are_known_by_id(client, workspace):
    dev = workspace.add_person("Dev Shah", fields={"Team": "Platform"})
    [declared] = client.team_profile_get()["profile"]["fields"]
    assert declared["label"] == "Team"
    shown = client.users_profile_get(user=dev.id)["profile"]["fields"]
    assert shown[declared["id"]]["value"] == "Platform"


def test_do_not_disturb_is_asked_for_fifty_at_a_time(client, workspace, clock, ana, ben):
    until = clock.now() + timedelta(hours=2)
    ana.sets_dnd(until)
    shown = client.dnd_teamInfo(users=[ana.id, ben.id])["users"]
    assert shown[ana.id]["next_dnd_end_ts"] == int(until.timestamp())
    assert not shown[ben.id]["dnd_enabled"]
    assert error_of(client.dnd_teamInfo, users=[ana.id] * 51) == "invalid_arguments"


def test_user_groups_list_their_members(client, workspace, ana, ben):
    group = workspace.add_user_group("hosts", "Hosts", [ana, ben])
    [shown] = client.usergroups_list(include_users=True)["usergroups"]
    assert (shown["handle"], shown["users"]) == ("hosts", [ana.id, ben.id])
    assert client.usergroups_users_list(usergroup=group.id)["users"] == [ana.id, ben.id]
    assert error_of(client.usergroups_users_list, usergroup="S404") == "no_such_subteam"


def test_the_token_says_who_is_asking_and_what_it_may(client, workspace):
    answer = client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (workspace.bot_user_id, workspace.team_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert client.bots_info(bot=workspace.bot_id)["bot"]["user_id"] == workspace.bot_user_id
    assert client.team_info()["team"]["name"] == "Acme"
    client.token = "xoxb-unknown"
    assert error_of(client.auth_test) == "invalid_auth"
