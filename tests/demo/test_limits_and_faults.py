from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from tests.demo.test_conversations import error_of


def refusal_of(call, **arguments):
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response


def test_a_method_may_be_called_so_often_in_any_minute(client, workspace, clock):
    for _ in range(20):
        client.users_list()
    clock.advance(timedelta(seconds=20))
    refused = refusal_of(client.users_list)
    assert (refused.status_code, refused.headers["Retry-After"], refused["error"]) == (429, "40", "ratelimited")
    assert client.auth_test()["ok"]
    clock.advance(timedelta(seconds=40))
    assert client.users_list()["ok"]
    assert [method for method, _ in workspace.limits.refused] == ["users.list"]


def test_one_message_a_second_and_conversation(client, clock, ana, ben):
    direct = client.chat_postMessage(channel=ana.id, text="one")["channel"]
    assert refusal_of(client.chat_postMessage, channel=direct, text="two").headers["Retry-After"] == "1"
    assert client.chat_postMessage(channel=ben.id, text="one")["ok"]
    clock.advance(timedelta(seconds=1))
    assert client.chat_postMessage(channel=ana.id, text="two")["ok"]


def test_limits_can_be_switched_off(client, workspace, ana):
    workspace.limits.enabled = False
    for _ in range(25):
        client.chat_postMessage(channel=ana.id, text="x")
    assert workspace.limits.refused == []


def test_a_lost_answer_means_that_it_was_done(client, workspace, ana):
    workspace.faults.lose_answer("chat.postMessage")
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.messages()) == 1


def test_a_dropped_request_means_that_nothing_was_done(client, workspace, ana):
    workspace.faults.drop_request("chat.postMessage")
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=ana.id, text="x")
    assert ana.messages() == []


def test_a_client_that_tries_again_by_itself_posts_twice(client, workspace, ana):
    workspace.limits.enabled = False
    workspace.faults.lose_answer("chat.postMessage")
    client.retry_handlers = [ConnectionErrorRetryHandler()]
    client.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.messages()) == 2


def test_other_faults_wait_for_their_method_too(client, workspace, ana):
    workspace.faults.rate_limit("users.info", retry_after=7)
    workspace.faults.server_error("users.info", status=503)
    workspace.faults.refuse("users.info", "fatal_error")
    workspace.faults.nonsense("users.info")
    assert client.auth_test()["ok"]
    assert refusal_of(client.users_info, user=ana.id).headers["Retry-After"] == "7"
    assert refusal_of(client.users_info, user=ana.id).status_code == 503
    assert error_of(client.users_info, user=ana.id) == "fatal_error"
    with pytest.raises(SlackApiError):
        client.users_info(user=ana.id)
    assert client.users_info(user=ana.id)["ok"]
    errors = [call.error for call in workspace.calls if call.method == "users.info"]
    assert errors == ["ratelimited", "internal_error", "fatal_error", "nonsense", None]


def test_a_slow_answer_outlasts_an_impatient_client(client, workspace, ana):
    workspace.faults.slow("chat.postMessage", seconds=0.3)
    client.timeout = 0.1
    with pytest.raises(TimeoutError):
        client.chat_postMessage(channel=ana.id, text="x")
    assert len(ana.messages()) == 1


def test_a_revoked_token_stops_everything_until_it_is_restored(client, workspace):
    workspace.revoke_token()
    assert error_of(client.users_list) == "token_revoked"
    workspace.restore_token()
    assert client.users_list()["ok"]


def test_a_hook_that_breaks_before_or_after_a_call_cuts_the_line(client, workspace, slack_server, ana):
    def end(method):
        raise KeyboardInterrupt

    for hook, done in (("before_call", 0), ("after_call", 1)):
        setattr(workspace, hook, end)
        with pytest.raises(OSError, match="closed connection"):
            client.chat_postMessage(channel=ana.id, text="x")
        setattr(workspace, hook, None)
        assert len(ana.messages()) == done
    assert [type(failure) for failure in slack_server.failures] == [KeyboardInterrupt] * 2
    slack_server.failures.clear()


def test_many_threads_may_call_at_once(client, workspace, ana):
    workspace.limits.enabled = False
    with ThreadPoolExecutor(8) as pool:
        posted = list(pool.map(lambda text: client.chat_postMessage(channel=ana.id, text=text)["ts"], "x" * 120))
    assert len(set(posted)) == len(ana.messages()) == 120


def test_hooks_stand_before_and_after_each_call(client, workspace):
    seen = []
    workspace.before_call = lambda method: seen.append(f"before {method}")
    workspace.after_call = lambda method: seen.append(f"after {method}")
    client.auth_test()
    assert seen == ["before auth.test", "after auth.test"]
