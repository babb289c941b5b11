"""Timing of requests: metrics for acknowledgement and handling, and deferred work after the acknowledgement."""

import re
from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from functools import partial
from inspect import signature
from re import Pattern
from time import perf_counter
from typing import Any

from slack_bolt import App, Args, BoltRequest, BoltResponse
from slack_bolt.listener.listener_completion_handler import ListenerCompletionHandler

from bot.core.work import ACTOR, Bot
from bot.slack.deferred import Deferred, calmly
from bot.slack.deferred_views import AFTER
from bot.slack.listeners import ListenerPool
from bot.slack.payload import Payload, actor_of
from bot.slack.presses import record_press

BEGAN = "weft_began"
MANY = 100
"""Number of recent form submissions remembered for deduplication."""
ON_ITS_WAY = 0.2
"""Seconds after which an acknowledgement has reached Slack. Deferred work begins then."""
DRAWN_AGAIN_AFTER = 2.0
"""Seconds. Slack doesn't order an acknowledgement and an API call; its engineers recommend waiting a few seconds."""


class Finished(ListenerCompletionHandler):
    """What follows a listener that has done its work, or failed."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    def handle(self, request: BoltRequest, response: BoltResponse | None) -> None:
        self.bot.watcher.listened(kind_of(request.body), perf_counter() - request.context[BEGAN])
        if request.body.get("type") == "block_actions":
            record_press(self.bot, request.body, request.context.respond)


class TimedApp(App):
    """A Bolt app that reports durations and runs work after acknowledgements."""

    goes_on_when_told = False

    def __init__(self, bot: Bot, *, listeners: ListenerPool, **settings: Any) -> None:  # noqa: ANN401 - all that Bolt takes
        super().__init__(listener_executor=listeners, **settings)
        self.listener_runner.listener_completion_handler = Finished(bot)
        self.watcher, self.listeners = bot.watcher, listeners
        self.buttons: dict[object, tuple[Callable[..., Any], list[str]]] = {}
        super().block_action(re.compile(""), matchers=[self.is_known])(self.press)
        self.waiting: deque[Callable[[], None]] = deque()
        self.drawings: deque[Callable[[], None]] = deque()
        self.deferred = Deferred()
        self.second_drawings: dict[str, tuple[str, Callable[[], None]]] = {}
        self.taken: deque[tuple[str, str]] = deque(maxlen=MANY)

    def action(
        self,
        constraints: str | Pattern[str] | dict[str, str | Pattern[str]],
        matchers: Sequence[Callable[..., bool]] | None = None,
        middleware: Sequence[Any] | None = None,
    ) -> Callable[..., Any]:
        """Register a button's listener by its action id. All are served by one of Bolt's listeners, as Bolt searches
        its own one by one.
        """
        return lambda listener: self.buttons.update({constraints: (listener, list(signature(listener).parameters))})

    def is_known(self, body: Payload) -> bool:
        return body["actions"][0].get("action_id") in self.buttons

    def press(self, args: Args) -> None:
        """Call the button's listener with the arguments that it names, as Bolt does."""
        listener, names = self.buttons[args.body["actions"][0]["action_id"]]
        listener(**{name: getattr(args, name) for name in names})

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
        """Schedule the work that a listener deferred until after its acknowledgement."""
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
        """Cancel the second update of a view in use: the first has arrived, and it could undo this action's result."""
        view_id = str(view.get("id"))
        form_hash, cancel = self.second_drawings.get(view_id, (None, None))
        if cancel is not None and view.get("hash") != form_hash:
            self.second_drawings.pop(view_id, None)
            cancel()

    def is_new(self, form: Payload) -> bool:
        """Return False for a duplicate submission: its result must not overwrite the first one's."""
        sent = (form["id"], form["hash"])
        is_known = sent in self.taken
        self.taken.append(sent)
        return not is_known

    def acknowledged(self) -> None:
        """Run deferred work, now that Slack has the acknowledgement (simulated Slack only)."""
        while self.waiting:
            self.waiting.popleft()()

    def draw_again(self) -> None:
        """Run the second updates, as a few seconds later (simulated Slack only)."""
        while self.drawings:
            calmly(self.drawings.popleft())

    def finish(self) -> None:
        """Run all pending work. Call it once no more requests come in."""
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
