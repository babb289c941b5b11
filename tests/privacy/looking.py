"""Somebody who opens everything that they can open, and then tries what was never shown to them.

What there is to open is found in the code: pages, commands and their words, shortcuts, and every name that the bot
listens to. So nothing new can be left out.
"""

import re
from contextlib import suppress
from datetime import timedelta

from bot.coffee.matches.buttons import ANSWERS
from bot.coffee.membership.commands import WORDS
from bot.core.page import Page
from bot.features import FEATURES
from bot.home import texts
from bot.home.pages import action_id
from bot.slacksim import NotPossible, payloads
from bot.slacksim.state import elements_in
from storage.kinds import Answer
from tests.listening import heard
from tests.test_project import MANIFEST, named

HER_ANSWER = ANSWERS[Answer.NO_REPLY]
"""What Ana answered. They don't say the same: of their own coffee it would read the same to them."""
LAST = {"programs_stop", "programs_delete"}
"""Afterwards there is less to look at."""
PAGES = {action_id(page) for page in Page}
WAYS = 12
A_MOMENT = timedelta(seconds=3)
DEEP = 3
"""Windows on top of each other."""


def words_of_commands():
    """Each command with each word that help names or the code knows."""
    typed = {(one["command"], "") for one in MANIFEST["features"]["slash_commands"]}
    for feature in FEATURES:
        for line in feature.words.help:
            typed |= {(command, rest.strip()) for command, rest in re.findall(r"`(/\w+)([^`]*)`", line)}
        typed |= {("/weft", word) for word in feature.words.subcommands}
    return sorted(typed | {("/coffee", word) for word in WORDS})


class Curious:
    def __init__(self, person, everything):
        self.person, self.everything = person, everything
        self.pressed, self.below = set(), None

    def doing(self, what, typed=""):
        self.everything.after, self.everything.typed = f"{self.person.name} {what}", typed
        self.person.workspace.clock.advance(A_MOMENT)  # Slack takes a hundred of each call in a minute.

    # As a person does

    def look_everywhere(self):
        for page in Page:
            self.look_at_page(page)
        for command, rest in words_of_commands():
            self.doing(f"types {command} {rest}")
            said = self.person.command(command, rest)
            self.look_at_windows()
            for message in said.messages:
                self.press_all_in(message)
        for message in list(self.person.sees()):
            if message.user == self.person.workspace.bot_user_id:
                self.press_all_in(message)

    def look_at_page(self, page):
        """What is pressed may lead to another page: they turn back to it each time."""
        while self.press_something_in(self.turned_to(page), not_these=PAGES):
            pass

    def turned_to(self, page):
        self.doing(f"opens Home, {page.value}")
        self.person.open_home()
        with suppress(NotPossible):
            self.person.press(texts.PAGES[page](), self.person.home)
        return self.person.home

    def press_all_in(self, message):
        while not message.is_deleted and self.press_something_in(message):
            pass

    def press_something_in(self, shown, not_these=frozenset()):
        for block, element in elements_in(shown.blocks):
            if element["type"] == "button" and self.is_new(element) and element["action_id"] not in not_these:
                self.follow(shown, block, element)
                return True
        return False

    def follow(self, shown, block, element):
        """A window with several ways on is opened again for each of them."""
        for _ in range(WAYS):
            before = len(self.pressed)
            self.press(shown, block, element)
            opened = self.person.modal is not None
            self.look_at_windows()
            if not opened or len(self.pressed) == before:
                return

    def is_new(self, element):
        name = element["action_id"]
        return name not in {HER_ANSWER, *LAST} and (name, element.get("value", "")) not in self.pressed

    def press(self, shown, block, element):
        self.pressed.add((element["action_id"], element.get("value", "")))
        self.doing(f"presses {element['text']['text']!r} ({element['action_id']})")
        with suppress(NotPossible):
            self.person._act(shown, block, element, None)

    def look_at_windows(self):
        for _ in range(DEEP):
            if self.person.modal is None:
                return
            self.press_all_in_window()
            if self.person.modal is not None and self.person.modal.drawn.get("submit"):
                self.doing(f"sends {self.person.modal.drawn.get('callback_id')} as it is")
                with suppress(NotPossible):
                    self.person.submit()
        if self.person.modal is not None:
            self.person.close(everything=True)

    def press_all_in_window(self):
        for _ in range(20):
            window = self.person.modal
            buttons = [] if window is None else list(elements_in(window.blocks))
            new = [(b, e) for b, e in buttons if e["type"] == "button" and self.is_new(e)]
            if not new:
                return
            self.press(window, *new[0])

    # As nobody is meant to

    def try_everything(self, values):
        """Each button, form and choice that the bot listens to, with values that belong to somebody else."""
        self.below = self.person.command("/weft").messages[0]
        for kind, name in sorted(heard() - {("action", HER_ANSWER)}, key=lambda one: (one[1] in LAST, one)):
            for value in values:
                self.doing(f"forges {kind} {name} with {value!r}", typed=value)
                for body in self.forged(kind, name, value):
                    self.person._send("interactive", body)
                if self.person.modal is not None:
                    self.person.close(everything=True)
        for command in names("command"):
            for value in values:
                self.doing(f"types {command} {value}", typed=value)
                self.person.command(command, value)

    def forged(self, kind, name, value):
        if kind == "action":
            yield self.begun("block_actions") | self.in_message() | {"actions": [used(name, value)]}
        elif kind == "view":
            for answers in answered(name, value) if ":" not in value else ():
                yield self.begun("view_submission") | {"view": window(name, value, answers), "response_urls": []}
        elif kind == "options":
            view = window("", value, {})
            yield self.begun("block_suggestion") | {"action_id": name, "block_id": name, "value": "", "view": view}
        elif kind == "shortcut":
            yield self.begun("shortcut") | {"callback_id": name, "action_ts": "1.0"}

    def begun(self, kind):
        workspace, user = self.person.workspace, self.person.user
        return payloads.interaction(workspace, user, kind, payloads.new_trigger(workspace, user))

    def in_message(self):
        message = self.below
        where = self.person.workspace.channels[message.channel_id]
        address, _ = payloads.new_response_url(self.person.workspace, self.person.user, where, None)
        return payloads.shown_in_message(message, where, {}) | {"response_url": address}


def names(kind):
    return sorted(name for what, name in heard() if what == kind)


def used(name, value):
    text = {"type": "plain_text", "text": "Forged"}
    chosen = {"selected_option": {"text": text, "value": value}, "selected_user": value}
    return {"type": "button", "action_id": name, "block_id": name, "text": text, "value": value} | chosen


def window(name, about, values):
    fields = [{"type": "input", "block_id": field} for field in values or {"none": None}]
    return {
        "id": "VFORGED",
        "type": "modal",
        "callback_id": name,
        "private_metadata": about,
        "hash": "forged",
        "blocks": fields,
        "state": {"values": values},
    }


def answered(name, value):
    """Every field that the feature has, answered with the value as a text, a choice, and a list."""
    folder = name.partition("_")[0]
    fields = [one for one in named("forms") if one.startswith(f"{folder}_") and not one.endswith("_form")]
    for answer in ({"value": value}, {"selected_option": {"value": value}}, {"selected_users": [value]}):
        yield {field: {field: {"type": "any", **answer}} for field in fields}
