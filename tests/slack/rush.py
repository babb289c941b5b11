"""What people do arrives several times at the same moment, at two processes that share a PostgreSQL database."""

import itertools
import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from slack_bolt import BoltRequest

from bot.app import compose
from bot.slacksim import Direct
from bot.slacksim.transports import _read
from tests.weft import Weft

THREADS = 16


class Rush(Direct):
    """Delivers to the first process, and while `times` says so, to both at once with a trigger of its own each."""

    def __init__(self, workspace, apps):
        super().__init__(apps[0])
        self.workspace, self.apps, self.times = workspace, apps, 1
        self.kept = None
        """While it is a list: all that people send."""

    def deliver(self, envelope):
        if envelope.is_event:
            return super().deliver(envelope)
        if self.times == 1:
            return self.deliver_once(envelope)
        return self.send_at_once([self.copy(envelope.payload) for _ in range(self.times)])[0]

    def deliver_once(self, envelope):
        before = len(self.workspace.calls)
        ack = super().deliver(envelope)
        # What opens a window on another one can't be done again: that other one is closed by then.
        if self.kept is not None and all(call.method != "views.push" for call in self.workspace.calls[before:]):
            self.kept.append(envelope.payload)
        return ack

    def send_at_once(self, payloads):
        """As many at the same time as there are threads. Returns what each was acknowledged with."""
        begin = threading.Barrier(min(THREADS, len(payloads)))
        started = itertools.count()

        def send(payload, app):
            if next(started) < begin.parties:
                begin.wait()
            return _read(app.dispatch(BoltRequest(mode="socket_mode", body=payload)))

        with ThreadPoolExecutor(begin.parties) as people:
            acks = list(people.map(send, payloads, itertools.cycle(self.apps)))
        self.followed()
        return acks

    def followed(self):
        for app in self.apps:
            app.acknowledged()

    def copy(self, payload):
        """The same once more, with a trigger and an address for answers that nobody has used."""
        again = json.loads(json.dumps(payload))
        with self.workspace.lock:
            if old := self.workspace.triggers.get(payload.get("trigger_id")):
                new = replace(old, id=self.workspace.new_id("t"), at=self.workspace.now(), is_used=False)
                self.workspace.triggers[new.id], again["trigger_id"] = new, new.id
            if address := payload.get("response_url"):
                base, _, url_id = address.rpartition("/")
                old = self.workspace.response_urls[url_id]
                new = replace(old, id=self.workspace.new_id("r"), at=self.workspace.now(), uses=0, said=[])
                self.workspace.response_urls[new.id], again["response_url"] = new, f"{base}/{new.id}"
        return again


def start_two(workspace, slack_server, clock, databases):
    """Two processes, each with its own connections; time passes in the first."""
    two = [
        compose(
            database,
            clock,
            random.Random(number),
            token=workspace.bot_token,
            api_url=slack_server.api_url,
            one_thread=True,
        )
        for number, database in enumerate(databases)
    ]
    rush = Rush(workspace, [one.app for one in two])
    workspace.deliver_to(rush)
    return Weft(two[0], workspace, clock), rush


def answers_seen(workspace):
    """All that was said to one person alone, and all that stands in a window."""
    said = [message.text for messages in workspace.ephemerals.values() for message in messages]
    said += [message.text for url in workspace.response_urls.values() for message in url.said]
    return said + [json.dumps(view.blocks) for view in workspace.views.values()]


def messages_of(workspace):
    return [message for channel in workspace.channels.values() for message in channel.messages]


def twice(messages):
    """The texts of those that came under a key that came before."""
    seen, found = set(), []
    for message in messages:
        key = (message.channel_id, json.dumps(message.metadata, sort_keys=True)) if message.metadata else None
        if key in seen:
            found.append(message.text)
        if key:
            seen.add(key)
    return found
