import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slacksim import SignedHttp, SlackServer, SocketMode, Workspace
from bot.slacksim.settings import AppSettings
from tests.demo.blocks import field, modal
from tests.waiting import PATIENCE, join, until


@pytest.fixture
def joined(app):
    heard = []
    app.event("member_joined_channel")(lambda event: heard.append(event["user"]))
    return heard


def listen(app, heard):
    """The same bot for every transport."""

    @app.command("/coffee")
    def coffee(ack, body, client):
        ack(f"Hello {body['text']}")
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Name")))

    @app.view("form")
    def form(ack, view):
        name = view["state"]["values"]["name"]["name"]["value"]
        ack(response_action="errors", errors={"name": "Not you"}) if name == "Bob" else ack()

    @app.event("member_joined_channel")
    def came(event, request):
        heard.append((event["user"], request.headers.get("x-slack-retry-num")))


def live_through_it(workspace, heard):
    ana, ben = workspace.add_person("Ana"), workspace.add_person("Ben")
    coffee = workspace.add_channel("coffee", members=[ana])
    heard.clear()
    ben.join(coffee)
    until(lambda: heard)  # Bolt acknowledges an event before its listener is done.
    assert [user for user, _ in heard] == [ben.id]
    assert ana.command("/coffee", "you").text == "Hello you"
    ana.fill({"Name": "Bob"})
    assert ana.submit() == {"Name": "Not you"}
    ana.fill({"Name": "Ana"})
    assert ana.submit() == {}
    assert ana.modal is None


EVENTS = {"member_joined_channel"}


@pytest.fixture
def quiet(slack_server, clock):
    """Only what the bot listens to is subscribed: nothing stays unacknowledged."""
    workspace = Workspace(clock, events=EVENTS)
    workspace.sockets.timeout = PATIENCE
    slack_server.host(workspace)
    yield workspace
    slack_server.release(workspace)


@pytest.fixture
def bot(slack_server, quiet, client):
    client.token = quiet.bot_token
    return App(client=client, signing_secret=quiet.signing_secret, process_before_response=True)


@pytest.mark.slow
def test_a_bot_hears_and_answers_through_socket_mode(quiet, bot):
    heard = []
    listen(bot, heard)
    handler = SocketModeHandler(bot, quiet.app_token)
    handler.connect()
    try:
        until(lambda: quiet.sockets.connections == 1)
        live_through_it(quiet, heard)
        assert quiet.deliveries.unacknowledged == []
    finally:
        handler.close()


@pytest.mark.slow
def test_a_bot_that_is_sent_away_comes_back(quiet, bot):
    heard = []
    listen(bot, heard)
    handler = SocketModeHandler(bot, quiet.app_token, ping_interval=0.2)
    handler.connect()
    try:
        quiet.disconnect()
        until(lambda: quiet.sockets.connections == 1)
        live_through_it(quiet, heard)
    finally:
        handler.close()


def test_a_bot_hears_and_answers_through_signed_requests(quiet, bot):
    heard = []
    listen(bot, heard)

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            response = bot.dispatch(BoltRequest(body=body, headers=dict(self.headers)))
            content = response.body.encode()
            self.send_response(response.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as endpoint:
        thread = threading.Thread(target=endpoint.serve_forever, args=(0.02,))
        thread.start()
        url = f"http://127.0.0.1:{endpoint.server_address[1]}/slack/events"
        try:
            quiet.deliver_to(SignedHttp(url, quiet.signing_secret, timeout=PATIENCE))
            live_through_it(quiet, heard)
            quiet.deliver_to(SignedHttp(url, "another secret"))
            quiet.add_channel("elsewhere")
            assert len(quiet.deliveries.unacknowledged) == 1
        finally:
            endpoint.shutdown()
            join(thread)


def test_events_can_come_twice(workspace, joined, ana, ben):
    coffee = workspace.add_channel("coffee", members=[ana])
    joined.clear()
    workspace.double_events()
    ben.join(coffee)
    assert joined == [ben.id, ben.id]


def test_events_can_come_late_and_in_any_order(workspace, joined):
    coffee = workspace.add_channel("coffee")
    people = [workspace.add_person(f"Person {number}") for number in range(6)]
    joined.clear()
    workspace.hold_events()
    for person in people:
        person.join(coffee)
    assert joined == []
    workspace.release_events(order=random.Random(1))
    assert joined != [person.id for person in people]
    assert sorted(joined) == sorted(person.id for person in people)


def test_what_nobody_acknowledged_comes_again_three_times(app, workspace, ana):
    attempts = []

    @app.event("reaction_added")
    def break_down(request):
        attempts.append(request.headers.get("x-slack-retry-num"))
        raise ValueError

    coffee = workspace.add_channel("coffee", members=[ana])
    workspace.deliveries.unacknowledged.clear()
    app.event("message")(lambda: None)
    ana.react(ana.say(coffee, "We shipped"), "tada")
    resent = [workspace.resend_unacknowledged() for _ in range(5)]
    # Bolt acknowledges an event before its listener fails, unless it is told to work first: then nothing is lost.
    assert resent == [1, 1, 1, 0, 0]
    assert attempts == [None, ["1"], ["2"], ["3"]]


def test_an_event_whose_scope_is_missing_is_not_sent(slack_server, clock, app):
    workspace = Workspace(clock, settings=AppSettings(scopes=frozenset({"channels:read"})))
    heard = []
    workspace.deliver_to(
        type("Listening", (), {"in_background": False, "is_listening": True, "deliver": heard.append})()
    )
    ana = workspace.add_person("Ana")
    coffee = workspace.add_channel("coffee", members=[ana])
    ana.react(ana.say(coffee, "hi"), "tada")
    assert [envelope.payload["event"]["type"] for envelope in heard] == ["member_joined_channel"]


def test_an_eleventh_connection_is_turned_away():
    sockets = SocketMode()
    assert all(sockets.connect(object()) for _ in range(10))
    assert not sockets.connect(object())


def test_a_server_stops_without_waiting_for_its_next_look():
    server = SlackServer(resend_every=3600)
    server.start()
    stopping = threading.Thread(target=server.stop, daemon=True)
    stopping.start()
    join(stopping)
