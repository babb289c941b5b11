"""The bot as a test drives it: time passes, and whatever is due happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import app, scheduler
from bot.core.clock import ManualClock
from bot.slack.filled_form import TOLD
from bot.slacksim import Said, Workspace, text_of

STEP = timedelta(minutes=5)
LOOK_EVERY = timedelta(hours=3)
SATURDAY = 5


def next_look(now: datetime) -> datetime:
    """The bot itself looks every minute. Here it does every three hours; once a day at the weekend, not by night."""
    moment = now + LOOK_EVERY
    while is_night(moment) or (moment.weekday() >= SATURDAY and not is_noon(moment)):
        moment += LOOK_EVERY
    return moment


def is_night(moment: datetime) -> bool:
    """In Europe, where most of those live whom tests are about."""
    return not 5 <= moment.hour < 20


def is_noon(moment: datetime) -> bool:
    return 12 <= moment.hour < 15


@dataclass
class Weft:
    composed: app.Weft
    workspace: Workspace
    clock: ManualClock

    @property
    def bot(self):
        return self.composed.bot

    def tick(self):
        scheduler.run_all_ticks(self.composed)

    def carry(self):
        """Send all that is due, letting as much time pass as Slack's limits ask for."""
        patience = self.clock.now() + STEP
        while (moment := self.composed.carrier.carry()) is not None and moment <= patience:
            self.clock.move_to(max(moment, self.clock.now() + timedelta(milliseconds=1)))

    def settle(self):
        """What is due now happens and is delivered."""
        self.tick()
        self.carry()

    def live(self, **time: float):
        """Let this much time pass, looking at the clock a few times a day."""
        until = self.clock.now() + timedelta(**time)
        while self.clock.now() < until:
            self.settle()
            self.clock.move_to(min(until, next_look(self.clock.now())))
        self.settle()

    def live_until(self, moment):
        self.live(seconds=(moment - self.clock.now()).total_seconds())


def turn_to(person, page):
    """They open Home and turn to one of its pages. Returns what they see."""
    person.open_home()
    person.press(page, person.home)
    return person.home


def handed_in(person) -> dict[str, str]:
    """They send the form on top. What stands in red below which label, or in the form once Slack was asked."""
    return person.submit() or told_in(person.modal)


def told_in(form) -> dict[str, str]:
    blocks = form.blocks if form is not None else []
    [place] = [number for number, block in enumerate(blocks) if block["block_id"] == TOLD] or [None]
    if place is None:
        return {}
    label = blocks[place - 1].get("label", {}).get("text", "") if place else ""
    return {label: blocks[place]["text"]["text"]}


def words(shown: Any, reader=None) -> str:
    """What a person reads, without the marks for bold."""
    said = shown.text if isinstance(shown, Said) else text_of(shown, reader)
    return said.replace("*", "")


def labels(shown: Any) -> list[str]:
    """The labels of all buttons in a message, a view or an answer."""
    return labels_in(shown.blocks if hasattr(shown, "blocks") else shown)


def labels_in(drawn: Any) -> list[str]:
    found = []
    if isinstance(drawn, dict):
        if drawn.get("type") == "button":
            found.append(drawn["text"]["text"])
        for value in drawn.values():
            found += labels_in(value)
    elif isinstance(drawn, list):
        for value in drawn:
            found += labels_in(value)
    return found
