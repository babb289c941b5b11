"""A company in which every form and every button of coffee can be reached, and walking through all of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.coffee.matches.buttons import ANSWERS
from bot.coffee.preview import blocks as preview
from bot.coffee.program.buttons import LEAVE
from bot.coffee.setup import blocks as setup
from bot.core.page import Page
from bot.home.pages import action_id
from bot.slacksim import Message, View
from bot.slacksim.state import elements_in
from storage.kinds import Answer
from tests.coffee.stories import begin, introductions
from tests.coffee.test_setup import drafted
from tests.weft import labels

OURS = ("programs_", "people_", "connections_")
"""How coffee's buttons and forms are called, and those of people and of whom they met."""
TAKE_BACK = {ANSWERS[answer] for answer in Answer if answer is not Answer.MET}
ENDS = {LEAVE, setup.STOP, setup.DELETE, preview.SEND_NOW, *TAKE_BACK}
"""After these there is less to walk through."""


def live(weft, team):
    """Ben works far away, so his coffee is in writing. The two others met; one shares a line, and has time again."""
    workspace = weft.workspace
    team.otto = workspace.add_person("Otto Admin", is_admin=True)
    team.eve = workspace.add_person("Eve Else")
    team.robot = workspace.add_person("Robot", is_bot=True)
    team.guest = workspace.add_person("Gil Guest", is_guest=True)
    team.gone = workspace.add_person("Gone", deactivated=True)
    team.tea, team.attic = workspace.add_channel("tea"), workspace.add_channel("attic")
    team.secret = workspace.add_channel("secret", members=[team.alma], private=True, with_bot=False)
    team.theirs = workspace.add_channel("with-acme", members=[team.alma], with_bot=False, shared=True)
    workspace.archive(team.attic)
    team.groups = [workspace.add_user_group(name.lower(), name, team.everyone) for name in ("Makers", "Sellers")]
    workspace.add_profile_field("Department")
    team.ben.change(tz="Pacific/Honolulu")
    begin(weft, team)
    drafted(team.alma, team.tea, Name="Tea")
    team.alma.close(everything=True)
    weft.live(days=1, hours=1)
    near = [one for one in team.everyone if "Works for me" in labels(introductions(one)[-1])]
    said = [one.press("We met", introductions(one)[-1]).messages[0] for one in near]
    near[0].press("Share a takeaway", said[0])
    near[0].fill({"What did you learn?": "Tests can be sentences"})
    near[0].submit()
    near[0].close()
    weft.live(days=1, hours=1)
    near[0].command("/coffee", "now")
    weft.settle()
    return team


@dataclass(frozen=True)
class Step:
    """A button pressed, or something chosen in a form on which other fields depend."""

    action_id: str
    value: str | None = None
    content: Any = None

    @property
    def name(self) -> tuple[str, Any]:
        return self.action_id, self.content and self.content["value"]


@dataclass(frozen=True)
class Way:
    """How somebody comes to a window: what they look at first, and what they press from there on."""

    person: Any
    start: Page | Message
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> Any:
        """What is known of one that ends alike."""
        pressed = tuple(step.name for step in self.steps)
        return pressed if self.steps[-1].content is None else pressed[-1]

    def go(self) -> View | None:
        """The window at the end of it, or None: the button only does something, or is not there any more."""
        if self.person.modal is not None:
            self.person.close(everything=True)
        shown = looked_at(self.person, self.start)
        for step in self.steps:
            used = same_in(shown, step)
            if used is None:
                return None
            act(self.person, shown, *used, step.content)
            shown = self.person.modal or shown
        return self.person.modal

    def on(self, step: Step) -> "Way":
        return replace(self, steps=(*self.steps, step))


def act(person, shown, block, element, content=None):
    """As a person would, and no faster: Slack has its limits."""
    person.workspace.clock.advance(timedelta(seconds=1))
    if content is not None:
        person._enter(shown, block, element, content)
    return person._act(shown, block, element, content)


def looked_at(person, start):
    if not isinstance(start, Page):
        return start
    if person.home is None:
        person.open_home()
    [used] = [one for one in elements_in(person.home.blocks) if one[1]["action_id"] == action_id(start)]
    act(person, person.home, *used)
    return person.home


def same_in(shown, step):
    wanted = step.action_id, step.value
    there = [one for one in elements_in(shown.blocks) if (one[1]["action_id"], one[1].get("value")) == wanted]
    return there[0] if there else None


def buttons(shown) -> list[Step]:
    there = [element for _, element in elements_in(shown.blocks) if element["type"] == "button"]
    ours = [one for one in there if one["action_id"].startswith(OURS) and one["action_id"] not in ENDS]
    return [Step(one["action_id"], one.get("value")) for one in ours]


def choices(shown) -> list[Step]:
    """In a form, what redraws it."""
    reporting = [element for block, element in elements_in(shown.blocks) if block.get("dispatch_action")]
    return [Step(one["action_id"], content=option) for one in reporting for option in one["options"]]


def fields(view) -> list[dict[str, Any]]:
    return [block for block in view.blocks if block["type"] == "input"]


def starts(person) -> list[Page | Message]:
    person.open_home()
    there = {element["action_id"] for _, element in elements_in(person.home.blocks)}
    return [*(page for page in Page if action_id(page) in there), *reversed(person.sees())]


def views(*people) -> Iterator[tuple[Way, View]]:
    """Every window and every form that can be opened. Of those that end alike, one."""
    known: set[Any] = set()
    for person in people:
        for start in starts(person):
            waiting = [Way(person, start).on(step) for step in buttons(looked_at(person, start))]
            while waiting:
                way = waiting.pop(0)
                if way.name in known or (view := way.go()) is None:
                    continue
                known.add(way.name)
                more = choices(view) if view.drawn.get("submit") else buttons(view)
                pressed = [one.name for one in way.steps]
                waiting[:0] = [way.on(step) for step in more if step.name not in pressed]
                yield way, view


def forms(*people) -> Iterator[tuple[Way, View, list[str]]]:
    """Every form, with those of its fields that were not there before."""
    known: set[tuple[str, str]] = set()
    for way, view in views(*people):
        names = [(view.drawn.get("callback_id") or "", one["block_id"]) for one in fields(view)]
        new = [name for name in names if name not in known]
        known |= {*new}
        if new:
            yield way, view, [name for _, name in new]
