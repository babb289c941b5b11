"""Interactions with what the bot shows: commands, buttons, forms, the Home tab."""

import re
from collections.abc import Mapping
from threading import Event

from bot.slacksim import answers, finding, forms, objects, payloads
from bot.slacksim.acting import Actor, Said
from bot.slacksim.errors import NotPossible, Refused
from bot.slacksim.events import Ack
from bot.slacksim.methods import views
from bot.slacksim.records import SLACKBOT
from bot.slacksim.state import Channel, Content, Json, Message, ResponseUrl, View

TROUBLE = "We had some trouble connecting. Try again?"
MENTION = re.compile(r"<([@#])([A-Z0-9]+)>")


class Interacting(Actor):
    # Commands and shortcuts

    def command(self, name: str, text: str = "", channel: Channel | None = None) -> Said:
        """Run a slash command. `channel` None is the DM with the bot."""
        commands = self.workspace.settings.commands
        if commands is not None and name not in commands:
            raise NotPossible(f"there is no command {name}")
        self._check_may_start("commands")
        with self.workspace.lock:
            where = channel or self.workspace.open_direct([self.user.id])
            self._check_member(where)
            self._check_not_archived(where)
            address, url = payloads.new_response_url(self.workspace, self.user, where)
            typed = self._typed(text, escape=commands is None or commands[name])
            trigger_id = payloads.new_trigger(self.workspace, self.user)
            payload = payloads.command(self.workspace, self.user, name, typed, where, trigger_id, address)
            said = Said(self, url, len(self.workspace.ephemerals.get(self.user.id, ())))
        ack = self._send("slash_commands", payload)
        self._hear(url, ack, f"{name} failed because the app did not respond.")
        return said

    def _typed(self, text: str, *, escape: bool) -> str:
        """Encode mentions with ids if the manifest asks for it; otherwise they stay plain text."""

        def written(match: re.Match[str]) -> str:
            sign, some_id = match.groups()
            users = self.workspace.users
            name = users[some_id].name if some_id in users else self.workspace.name_of(some_id)
            return f"<{sign}{some_id}|{name}>" if escape else f"{sign}{name}"

        return MENTION.sub(written, text)

    def _hear(self, url: ResponseUrl, ack: Ack | None, trouble: str) -> None:
        with self.workspace.lock:
            if ack is None:
                self._hear_trouble(url, trouble)
            elif ack.payload:
                try:
                    answers.say(self.workspace, url, ack.payload)
                except Refused:
                    self._hear_trouble(url, trouble)

    def _hear_trouble(self, url: ResponseUrl, trouble: str) -> None:
        """Show an error as Slackbot, not as the app."""
        answers.say(self.workspace, url, {"text": trouble})
        url.said[-1].user, url.said[-1].bot_id = SLACKBOT, None

    def shortcut(self, callback_id: str) -> None:
        """Use a global shortcut, which has no conversation and no response_url."""
        self._check_shortcut(callback_id)
        if self.user.is_restricted:
            raise NotPossible("guests don't see global shortcuts")
        payload = self._begun("shortcut") | {"callback_id": callback_id, "action_ts": self._moment()}
        self._send("interactive", payload)

    def message_shortcut(self, callback_id: str, message: Message) -> Said:
        self._check_shortcut(callback_id)
        where = self._where(message)
        with self.workspace.lock:
            address, url = payloads.new_response_url(self.workspace, self.user, where, message)
            said = Said(self, url, len(self.workspace.ephemerals.get(self.user.id, ())))
            payload = self._begun("message_action") | {
                "callback_id": callback_id,
                "action_ts": self._moment(),
                "message_ts": message.ts,
                "message": objects.message(message, metadata=True),
                "channel": {"id": where.id, "name": payloads.channel_name(where)},
                "response_url": address,
            }
        self._send("interactive", payload)
        return said

    def _check_shortcut(self, callback_id: str) -> None:
        known = self.workspace.settings.shortcuts
        if known is not None and callback_id not in known:
            raise NotPossible(f"there is no shortcut {callback_id}")
        self._check_may_start("shortcuts")

    # Buttons, menus, dates

    def press(self, label: str, where: Message | View | None = None) -> Said | None:
        """Press a button and accept its confirmation dialog. In a message, returns the visible replies."""
        shown = where or self._open_modal()
        block, element = finding.find(shown.blocks, label, {"button"})
        return self._act(shown, block, element, None)

    def choose(self, label: str | None, value: Content, in_: Message | View | None = None) -> Said | None:
        """Use a menu, date picker or other element by its label; None finds the one that offers `value`."""
        shown = in_ or self._open_modal()
        block, element = (
            finding.find_option(shown.blocks, value) if label is None else finding.find(shown.blocks, label)
        )
        content = self._content(shown, block, element, value)
        self._enter(shown, block, element, content)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        return self._act(shown, block, element, content)

    def _act(self, shown: Message | View, block: Json, element: Json, content: Content) -> Said | None:
        if str(element.get("url", "")).startswith("slack:"):
            return None  # Opens Slack without an interaction (slackapi/bolt-js#464), unlike an https URL.
        used = payloads.action(block, element, content, self._moment())
        if isinstance(shown, View):
            payload = self._begun("block_actions", shown) | payloads.shown_in_view(self.workspace, shown)
            self._send("interactive", payload | {"actions": [used]})
            return None
        where = self._where(shown)
        with self.workspace.lock:
            address, url = payloads.new_response_url(self.workspace, self.user, where, shown)
            said = Said(self, url, len(self.workspace.ephemerals.get(self.user.id, ())))
            drawn = payloads.shown_in_message(shown, where, self._values(shown))
        self._send("interactive", self._begun("block_actions") | drawn | {"response_url": address, "actions": [used]})
        return said

    def options_for(self, label: str, typed: str = "", in_: Message | View | None = None) -> list[str]:
        shown = in_ or self._open_modal()
        block, element = finding.find(shown.blocks, label)
        return [option["text"]["text"] for option in self._suggested(shown, block, element, typed)]

    def _suggested(self, shown: Message | View, block: Json, element: Json, typed: str) -> list[Json]:
        if isinstance(shown, View):
            drawn = payloads.shown_in_view(self.workspace, shown)
        else:
            drawn = payloads.shown_in_message(shown, self._where(shown), self._values(shown))
        asked = {"action_id": element["action_id"], "block_id": block["block_id"], "value": typed}
        ack = self._send(
            "interactive", payloads.interaction(self.workspace, self.user, "block_suggestion", None) | drawn | asked
        )
        return finding.options_of(ack.payload) if ack else []

    def _content(self, shown: Message | View, block: Json, element: Json, value: Content) -> Content:
        if not element["type"].endswith("external_select") or value is None:
            return finding.content(element, value, finding.options_of(element))
        wanted = [value] if isinstance(value, str) else list(value)
        offered = [each for typed in wanted for each in self._suggested(shown, block, element, typed)]
        return finding.content(element, value, offered)

    # The Home tab

    @property
    def home(self) -> View | None:
        return self.workspace.views.get(self.workspace.homes.get(self.user.id, ""))

    def open_home(self, tab: str = "home") -> View | None:
        with self.workspace.changing():
            direct = self.workspace.open_direct([self.user.id])
            event: Json = {"type": "app_home_opened", "user": self.user.id, "channel": direct.id, "tab": tab}
            if tab == "home" and self.home is not None:
                event["view"] = objects.view(self.workspace, self.home)
            self.workspace.emit(event)
        return self.home

    # Modals

    @property
    def modal(self) -> View | None:
        stack = self.workspace.modals.get(self.user.id)
        return self.workspace.views[stack[-1]] if stack else None

    def fill(self, answers_by_label: Mapping[str, Content] | None = None, **more: Content) -> None:
        """Fill in fields by label. Fields with dispatch_action report to the bot at once."""
        for label, value in {**(answers_by_label or {}), **more}.items():
            self.choose(label, value, self._open_modal())

    def submit(self) -> dict[str, str]:
        """Submit the form. Returns errors by label; an empty dict means success."""
        view = self._open_modal()
        labels = {block["block_id"]: block["label"]["text"] for block in view.blocks if block["type"] == "input"}
        return {labels.get(block_id, ""): problem for block_id, problem in self.hand_in(view).items()}

    def hand_in(self, view: View) -> dict[str, str]:
        """Submit the form. Returns errors by block id; an empty id stands for an invalid response of the app."""
        if not view.drawn.get("submit"):
            raise NotPossible("this modal has no button to submit it")
        problems = forms.problems(view.blocks, view.values)
        if problems:
            return problems
        payload = self._begun("view_submission", view) | {
            "view": objects.view(self.workspace, view),
            "response_urls": [],
        }
        ack = self._send("interactive", payload)
        late = self.workspace.faults.take_late_acknowledgement()
        if late is not None:
            self.workspace.deliveries.followed()
            Event().wait(late)
        with self.workspace.lock:
            told = self._follow(view, ack.payload) if ack else {"": TROUBLE}
        self.workspace.deliveries.followed()
        self.workspace.deliveries.seconds_passed()
        return told

    def _follow(self, view: View, answer: Json) -> dict[str, str]:
        """Apply the response_action of the bot's acknowledgement."""
        kind = answer.get("response_action")
        try:
            if kind == "errors":
                return self._errors(view, answer.get("errors") or {})
            if kind == "update":
                views.redraw(self.workspace, view, views.accepted(self.workspace, answer.get("view"), "modal"))
            elif kind == "push":
                views.push(
                    self.workspace, self.user.id, views.accepted(self.workspace, answer.get("view") or {}, "modal")
                )
            elif kind == "clear":
                views.close_all(self.workspace, self.user.id)
            elif kind is None:
                views.close(self.workspace, view)
            else:
                return {"": TROUBLE}
        except Refused:
            return {"": TROUBLE}
        return {}

    def _errors(self, view: View, errors: Mapping[str, str]) -> dict[str, str]:
        fields = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        return dict(errors) if errors and errors.keys() <= fields else {"": TROUBLE}

    def close(self, *, everything: bool = False) -> None:
        """Close the top modal, or the whole stack."""
        closed = self._open_modal()
        payload = payloads.interaction(self.workspace, self.user, "view_closed", None) | {
            "view": objects.view(self.workspace, closed),
            "is_cleared": everything,
        }
        with self.workspace.lock:
            if everything:
                views.close_all(self.workspace, self.user.id)
            else:
                views.close(self.workspace, closed)
        if closed.drawn.get("notify_on_close"):
            self._send("interactive", payload)

    def _open_modal(self) -> View:
        if self.modal is None:
            raise NotPossible(f"{self.user.real_name} has no form open")
        return self.modal

    def _values(self, shown: Message | View) -> forms.Values:
        if isinstance(shown, View):
            return shown.values
        key = (self.user.id, shown.channel_id, shown.ts)
        fresh = forms.initial_values(shown.blocks)
        self.workspace.entered[key] = forms.kept(self.workspace.entered.get(key, {}), fresh)
        return fresh

    def _enter(self, shown: Message | View, block: Json, element: Json, content: Content) -> None:
        if element["type"] in forms.FIELDS:
            with self.workspace.lock:
                fields = self._values(shown)[block["block_id"]]
                fields[element["action_id"]] = forms.value_of(element, content)
