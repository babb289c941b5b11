"""How long Slack waits for an acknowledgement, how long a listener works in all, and what is done in between."""

from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from functools import partial
from re import Pattern
from time import perf_counter
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener.listener_completion_handler import ListenerCompletionHandler

from bot.core.watcher import Watcher
from bot.core.work import ACTOR
from bot.slack.deferred import Deferred, calmly
from bot.slack.later import AFTER
from bot.slack.listeners import ListenerPool
from bot.slack.payload import Payload, actor_of
from bot.slack.presses import AfterPress, followed

BEGAN = "weft_began"
MANY = 100
"""Forms of which it is known that they came."""
ON_ITS_WAY = 0.2
"""Seconds after which an acknowledgement is with Slack, before anything that we do after it."""
DRAWN_AGAIN_AFTER = 2.0
"""Seconds. Slack gives no order between an acknowledgement and a call; its engineers advise to wait a few seconds."""


class Finished(ListenerCompletionHandler):
    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher

    def handle(self, request: BoltRequest, response: BoltResponse | None) -> None:
        self.watcher.listened(kind_of(request.body), perf_counter() - request.context[BEGAN])


class TimedApp(App):
    """A Bolt app that tells a watcher how long it took."""

    watcher = Watcher()
    goes_on_when_told = False
    after_press: AfterPress = lambda _body, _respond: None

    def __init__(self, *, listeners: ListenerPool, **settings: Any) -> None:  # noqa: ANN401 - all that Bolt takes
        super().__init__(listener_executor=listeners, **settings)
        self.listeners = listeners
        self.waiting: deque[Callable[[], None]] = deque()
        self.drawings: deque[Callable[[], None]] = deque()
        self.deferred = Deferred()
        self.second_drawings: dict[str, tuple[str, Callable[[], None]]] = {}
        self.taken: deque[tuple[str, str]] = deque(maxlen=MANY)

    def watched_by(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self.listener_runner.listener_completion_handler = Finished(watcher)

    def action(
        self,
        constraints: str | Pattern[str] | dict[str, str | Pattern[str]],
        matchers: Sequence[Callable[..., bool]] | None = None,
        middleware: Sequence[Any] | None = None,
    ) -> Callable[..., Any]:
        register = super().action(constraints, matchers, middleware)
        return lambda listener: register(followed(listener, lambda body, respond: self.after_press(body, respond)))

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        req.context[BEGAN] = began = perf_counter()
        self.leave_alone(view if isinstance(view := req.body.get("view"), dict) else {})
        actor = ACTOR.set(actor_of(req.body))
        try:
            return super().dispatch(req)
        finally:
            self.watcher.acknowledged(kind_of(req.body), perf_counter() - began)
            self.go_on_after(req)
            ACTOR.reset(actor)

    def go_on_after(self, req: BoltRequest) -> None:
        """What a listener left to be done when it is acknowledged."""
        if AFTER not in req.context or not self.is_new(req.body["view"]):
            return
        then = partial(req.context[AFTER], partial(self.draw_later, req.body["view"]))
        work = partial(copy_context().run, then)
        if self.goes_on_when_told:
            self.waiting.append(work)
        else:
            self.deferred.after(ON_ITS_WAY, work)

    def draw_later(self, form: Payload, draw: Callable[[], None]) -> None:
        if self.goes_on_when_told:
            self.drawings.append(draw)
        else:
            again = partial(self.draw_second, form["id"], draw)
            self.second_drawings[form["id"]] = form["hash"], self.deferred.after(DRAWN_AGAIN_AFTER, again)

    def draw_second(self, view_id: str, draw: Callable[[], None]) -> None:
        self.second_drawings.pop(view_id, None)
        draw()

    def leave_alone(self, view: Payload) -> None:
        """They use what was drawn: it has arrived, and drawing it again could undo what comes of this."""
        view_id = str(view.get("id"))
        form_hash, cancel = self.second_drawings.get(view_id, (None, None))
        if cancel is not None and view.get("hash") != form_hash:
            self.second_drawings.pop(view_id, None)
            cancel()

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

    def draw_again(self) -> None:
        """It is a few seconds later."""
        while self.drawings:
            calmly(self.drawings.popleft())

    def finish(self) -> None:
        """Do what still waits. To be called when no more requests come in."""
        self.deferred.finish()


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
