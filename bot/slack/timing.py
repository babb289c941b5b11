"""How long Slack waits for an acknowledgement, how long a listener works in all, and what is done in between."""

from collections import deque
from collections.abc import Callable
from threading import Timer
from time import perf_counter
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener.listener_completion_handler import ListenerCompletionHandler

from bot.core.watcher import Watcher
from bot.slack.later import AFTER
from bot.slack.payload import Payload

BEGAN = "weft_began"
MANY = 100
"""Forms of which it is known that they came."""
ON_ITS_WAY = 0.2
"""Seconds after which an acknowledgement is with Slack, before anything that we do after it."""


class Finished(ListenerCompletionHandler):
    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher

    def handle(self, request: BoltRequest, response: BoltResponse | None) -> None:
        self.watcher.listened(kind_of(request.body), perf_counter() - request.context[BEGAN])


class TimedApp(App):
    """A Bolt app that tells a watcher how long it took."""

    watcher = Watcher()
    goes_on_when_told = False

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - all that Bolt takes
        super().__init__(**settings)
        self.waiting: deque[Callable[[], None]] = deque()
        self.taken: deque[tuple[str, str]] = deque(maxlen=MANY)

    def watched_by(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self.listener_runner.listener_completion_handler = Finished(watcher)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        req.context[BEGAN] = began = perf_counter()
        try:
            return super().dispatch(req)
        finally:
            self.watcher.acknowledged(kind_of(req.body), perf_counter() - began)
            self.go_on_after(req)

    def go_on_after(self, req: BoltRequest) -> None:
        """What a listener left to be done when it is acknowledged."""
        if AFTER not in req.context or not self.is_new(req.body["view"]):
            return
        if self.goes_on_when_told:
            self.waiting.append(req.context[AFTER])
            return
        soon = Timer(ON_ITS_WAY, req.context[AFTER])
        soon.daemon = True
        soon.start()

    def is_new(self, form: Payload) -> bool:
        """Sent twice in one breath, the second must not draw over what became of the first."""
        sent = (form["id"], form["hash"])
        is_known = sent in self.taken
        self.taken.append(sent)
        return not is_known

    def acknowledged(self) -> None:
        """Slack has what it was answered."""
        while self.waiting:
            self.waiting.popleft()()


KINDS = {
    "block_actions": "click",
    "view_submission": "form",
    "view_closed": "form",
    "block_suggestion": "choices",
    "shortcut": "shortcut",
    "message_action": "shortcut",
    "event_callback": "event",
}


def kind_of(body: Payload) -> str:
    return "command" if "command" in body else KINDS.get(str(body.get("type")), "other")
