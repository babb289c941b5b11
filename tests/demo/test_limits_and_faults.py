import json
import socket
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler

from tests.demo.test_conversations import error_of
from tests.waiting import until


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


@pytest.mark.slow
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
    until(lambda: len(ana.messages()) == 1)


def test_a_revoked_token_stops_everything_until_it_is_restored(client, workspace):
    workspace.revoke_token()
    assert error_of(client.users_list) == "token_revoked"
    workspace.restore_token()
    assert client.users_list()["ok"]


@pytest.mark.expects_error("a request to the simulated Slack broke")
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


# Late calls, lagging histories, silent connections, answers that are not Slack's


@pytest.fixture
def coffee(workspace, ana):
    return workspace.add_channel("coffee", members=[ana])


def texts_of(answer):
    return [message["text"] for message in answer["messages"]]


def test_a_late_call_is_not_answered_and_is_carried_out_when_its_time_comes(client, workspace, clock, ana):
    workspace.faults.late("chat.postMessage", seconds=20)
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=ana.id, text="x")
    clock.advance(timedelta(seconds=19))
    assert ana.messages() == []
    clock.advance(timedelta(seconds=1))
    assert [message.text for message in ana.messages()] == ["x"]
    assert [call.error for call in workspace.calls] == ["timed_out"]
    assert workspace.next_late_at() is None


def test_late_calls_are_carried_out_in_the_order_they_are_due_and_before_the_next_call(
    client, workspace, clock, ana, coffee
):
    for text, seconds in ("first", 30), ("second", 10):
        workspace.faults.late("chat.postMessage", seconds)
        with pytest.raises(OSError, match="closed connection"):
            client.chat_postMessage(channel=coffee.id, text=text)
        clock.advance(timedelta(seconds=1))
    clock.advance(timedelta(minutes=1))
    client.chat_postMessage(channel=coffee.id, text="third")
    assert [message.text for message in coffee.messages] == ["second", "first", "third"]


def test_a_late_call_is_refused_at_once_where_a_punctual_one_would_be(client, workspace, ana):
    workspace.faults.late("chat.postMessage", seconds=20, times=2)
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=ana.id, text="x")
    assert refusal_of(client.chat_postMessage, channel=ana.id, text="x").status_code == 429


def test_a_late_call_about_a_conversation_that_is_gone_does_nothing(client, workspace, clock, coffee):
    workspace.faults.late("chat.postMessage", seconds=20)
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=coffee.id, text="x")
    workspace.archive(coffee)
    clock.advance(timedelta(seconds=20))
    workspace.carry_out_late()
    assert coffee.messages == []


def test_people_see_a_message_before_the_history_shows_it(client, workspace, clock, coffee, ana):
    workspace.limits.enabled = False
    workspace.faults.history_lag(10)
    first = client.chat_postMessage(channel=coffee.id, text="one")["ts"]
    client.chat_postMessage(channel=coffee.id, text="two", thread_ts=first)
    seen = client.conversations_history(channel=coffee.id)
    assert (texts_of(seen), [message.text for message in ana.sees()]) == ([], ["one", "two"])
    assert texts_of(client.conversations_replies(channel=coffee.id, ts=first)) == ["one"]
    clock.advance(timedelta(seconds=11))
    assert texts_of(client.conversations_history(channel=coffee.id)) == ["one"]
    assert texts_of(client.conversations_replies(channel=coffee.id, ts=first)) == ["one", "two"]


@pytest.mark.parametrize(("silent_for", "arrives"), [(29, True), (31, False)])
def test_slack_closes_a_connection_on_which_nothing_comes(workspace, slack_server, clock, ana, silent_for, arrives):
    workspace.faults.closes_silent(30)
    with socket.create_connection(address_of(slack_server)) as connection:
        slack_server.catch_up()
        clock.advance(timedelta(seconds=silent_for))
        body = json.dumps({"channel": ana.id, "text": "x"})
        connection.sendall(
            f"POST /api/chat.postMessage HTTP/1.1\r\nAuthorization: Bearer {workspace.bot_token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
        )
        assert connection.recv(1) == (b"H" if arrives else b"")
    assert len(ana.messages()) == arrives


def address_of(slack_server):
    address = urllib.parse.urlsplit(slack_server.url)
    return address.hostname, address.port


@pytest.mark.parametrize("body", ["<html>Please log in</html>", b"\x00\xff", {}, {"ok": "yes"}, [1], 17, None, True])
def test_an_answer_may_be_anything(workspace, slack_server, ana, body):
    workspace.faults.answer("chat.postMessage", body, status=203, headers={"X-Portal": "hotel"})
    workspace.faults.answer("chat.postMessage", {"ok": True}, is_done=True)
    request = urllib.request.Request(
        f"{slack_server.api_url}chat.postMessage",
        json.dumps({"channel": ana.id, "text": "x"}).encode(),
        {"Authorization": f"Bearer {workspace.bot_token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        content = answer.read()
    sent = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
    assert (content, answer.status, answer.headers["X-Portal"]) == (sent, 203, "hotel")
    assert ana.messages() == []
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer) == {"ok": True}
    assert len(ana.messages()) == 1
    assert None not in [call.error for call in workspace.calls]


class Pauses:
    """In place of the server's own, which take real time."""

    def __init__(self):
        self.taken = []

    def wait(self, seconds):
        self.taken.append(seconds)


def test_an_answer_that_trickles_pauses_after_each_byte(client, workspace, slack_server, monkeypatch):
    pauses = Pauses()
    monkeypatch.setattr(slack_server, "stopping", pauses)
    workspace.faults.trickle("auth.test", pause=5)
    answer = client.auth_test()
    assert pauses.taken == [5] * int(answer.headers["Content-Length"])


def test_a_caller_that_hangs_up_ends_an_answer_that_trickles(workspace, slack_server):
    workspace.faults.trickle("auth.test", pause=0.01)
    with socket.create_connection(address_of(slack_server)) as connection:
        connection.sendall(
            f"POST /api/auth.test HTTP/1.1\r\nAuthorization: Bearer {workspace.bot_token}\r\n\r\n".encode()
        )
        assert connection.recv(1) == b"H"


def test_what_a_response_url_refuses_is_kept(app, workspace, slack_server, ana):
    @app.command("/coffee")
    def speak(ack, respond):
        ack()
        statuses.extend(respond(text=text).status_code for text in ("one", ""))

    statuses = []
    ana.command("/coffee", "")
    assert statuses == [200, 400]
    assert workspace.refused_responses == ["no_text"]
    workspace.refused_responses.clear()
