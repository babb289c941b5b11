"""How long Slack waits for an acknowledgement, and how long a listener works in all."""

from time import perf_counter

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener.listener_completion_handler import ListenerCompletionHandler

from bot.core.watcher import Watcher
from bot.slack.payload import Payload

BEGAN = "weft_began"


class Finished(ListenerCompletionHandler):
    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher

    def handle(self, request: BoltRequest, response: BoltResponse | None) -> None:
        self.watcher.listened(kind_of(request.body), perf_counter() - request.context[BEGAN])


class TimedApp(App):
    """A Bolt app that tells a watcher how long it took."""

    watcher = Watcher()

    def watched_by(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self.listener_runner.listener_completion_handler = Finished(watcher)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        req.context[BEGAN] = began = perf_counter()
        try:
            return super().dispatch(req)
        finally:
            self.watcher.acknowledged(kind_of(req.body), perf_counter() - began)


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
