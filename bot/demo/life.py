"""Simulation of the invented people, who read the bot's messages and respond by habit."""

import heapq
import itertools
import random
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.core.calendar import next_working_moment
from bot.demo.company import Colleague, Habit, colleagues
from bot.slacksim import Channel, Message, NotPossible, Person, Workspace
from bot.slacksim.state import Json, elements_in

MEET = {Habit.PROMPT: 0.9, Habit.LATE: 0.75, Habit.SILENT: 0.5}
"""Probability of making time for a coffee."""
WORKS = 0.7
"""Probability that an offered time suits a person."""
ANSWER_WITHIN = {Habit.PROMPT: timedelta(hours=4), Habit.LATE: timedelta(days=2)}
TAKE, DECLINE = 0.4, 0.15
"""Probabilities of taking a suggestion, and of answering "not now"."""
YES = {"I'm in", "Fine by me", "Keep me in"}
SAYS_YES, NOTES = 0.5, 0.3
"""Probabilities of a one-tap yes, and of a private note after a coffee."""
WRITTEN = (
    "mostly cleaning up what we built in a hurry",
    "a park full of dogs. too many dogs. so, the right number :dog:",
    "whoever wrote the deploy guide, thank you",
    "just tell us earlier, even if it's half a plan",
    "trains. any trains",
)
"""Answers in async coffees."""
NOTED = ("plays the bassoon!", "knows everyone in Toronto", "wants to see our dashboards, send a link")
TRIPS = 8
"""Number of people who are away in the first weeks."""


@dataclass(order=True)
class Deed:
    """A scheduled action."""

    at: datetime
    number: int
    do: Callable[[], object] = field(compare=False)


class Life:
    """Scheduler of the simulated people: reads their messages and plans responses. Takes chance from one seed."""

    def __init__(self, workspace: Workspace, rng: random.Random, company: Sequence[Colleague] | None = None) -> None:
        self.workspace, self.rng = workspace, rng
        self.people: dict[str, tuple[Colleague, Person]] = {}
        self.met: set[str] = set()
        """Ids of the group conversations in which people found a time."""
        self.played: set[str] = set()
        """Ids of people played by a visitor of the page, who don't act by themselves."""
        self._read: dict[tuple[str, str], int] = {}
        self._deeds: list[Deed] = []
        self._numbers = itertools.count()
        for colleague in colleagues() if company is None else company:
            person = workspace.add_person(
                colleague.name,
                tz=colleague.zone,
                title=colleague.title,
                fields={"Department": colleague.team},
                is_admin=colleague.is_admin,
            )
            self.people[person.id] = (colleague, person)
        self.make_groups()

    def make_groups(self) -> None:
        """Create a user group for each office."""
        offices = dict.fromkeys(colleague.office for colleague, _ in self.people.values())
        for office in offices:
            there = [person for colleague, person in self.people.values() if colleague.office == office]
            self.workspace.add_user_group(office.lower().replace(" ", "-"), office, there)

    @property
    def admin(self) -> Person:
        return next(person for colleague, person in self.people.values() if colleague.is_admin)

    def everyone(self) -> list[Person]:
        return [person for _, person in self.people.values()]

    def attributes(self) -> str:
        """Return the CSV that the company's HR system would export."""
        rows = [f"{person.id},{one.team},{one.office}" for one, person in self.people.values()]
        return "\n".join(["person_id,team,office", *rows])

    def send_some_away(self, now: datetime) -> None:
        for person in self.rng.sample(self.everyone(), TRIPS):
            leaves = now + timedelta(days=self.rng.randint(1, 20))
            back = leaves + timedelta(days=self.rng.randint(3, 10))
            self.plan_for(person, leaves, partial(person.set_status, ":palm_tree:", "Away", back))

    def plan(self, at: datetime, do: Callable[[], object]) -> None:
        heapq.heappush(self._deeds, Deed(at, next(self._numbers), do))

    def hand_over(self, person: Person) -> None:
        """Hand a person over to a visitor. A form that the simulation opened is closed."""
        if person.id not in self.played and person.modal is not None:
            person.close(everything=True)
        self.played.add(person.id)

    def take_back(self, person: Person) -> None:
        self.played.discard(person.id)

    def plan_for(self, person: Person, at: datetime, do: Callable[[], object]) -> None:
        """Schedule an action, skipped if a visitor plays the person by then or has made it impossible."""
        self.plan(at, lambda: self.attempt(person, do))

    def attempt(self, person: Person, do: Callable[[], object]) -> None:
        if person.id in self.played or person.user.deleted:
            return
        # Visitors can make an action impossible. Without them it would be a bug in the simulation.
        with suppress(NotPossible) if self.played else nullcontext():
            do()

    def next_at(self) -> datetime | None:
        return self._deeds[0].at if self._deeds else None

    def act(self, now: datetime) -> None:
        """Run due actions, then read new messages."""
        while self._deeds and self._deeds[0].at <= now:
            heapq.heappop(self._deeds).do()
        for colleague, person in self.people.values():
            if not person.user.deleted:
                self.read(colleague, person, now)

    def read(self, colleague: Colleague, person: Person, now: datetime) -> None:
        for message in self.new_in("alone", person, person.messages()):
            if any(is_suggestion(block) for block in message.blocks):
                self.consider(colleague, person, message, now)
            else:
                self.think_about(colleague, person, message, now)
                self.write_answers(colleague, person, message, now)
                self.say_yes(colleague, person, message, now)
        for message in self.new_in("together", person, person.group_messages()):
            self.look_at_times(colleague, person, message, now)
            self.write_answers(colleague, person, message, now)

    def new_in(self, where: str, person: Person, inbox: list[Message]) -> list[Message]:
        new = inbox[self._read.get((where, person.id), 0) :]
        self._read[where, person.id] = len(inbox)
        return new

    def look_at_times(self, colleague: Colleague, person: Person, message: Message, now: datetime) -> None:
        """Schedule answers to the offered times, some hours or days later. The silent don't answer."""
        offered = [spoken for spoken in spoken_of(message) if spoken.endswith("works for me")]
        works = [label for label in offered if self.rng.random() < WORKS]
        if colleague.habit is Habit.SILENT or not works:
            return
        at = next_working_moment(now + ANSWER_WITHIN[colleague.habit] * self.rng.uniform(0.1, 0.5), colleague.zone)
        for label in works:
            self.plan_for(
                person, at, partial(press_if_there, person, label, message)
            )  # Others may have agreed by then.

    def consider(self, colleague: Colleague, person: Person, message: Message, now: datetime) -> None:
        """Schedule a response to a suggestion: take it, "not now", or none."""
        dice = self.rng.random()
        if colleague.habit is Habit.SILENT or dice > TAKE + DECLINE:
            return
        wanted = 0 if dice < TAKE else 1
        block = next(block for block in message.blocks if is_suggestion(block))
        place = block["block_id"], block["elements"][wanted]["action_id"]
        at = next_working_moment(now + ANSWER_WITHIN[colleague.habit] * self.rng.uniform(0.1, 1), colleague.zone)
        self.plan_for(person, at, lambda: person.use(message, place) and None)

    def write_answers(self, colleague: Colleague, person: Person, message: Message, now: datetime) -> None:
        """Schedule answers in an async coffee."""
        if "Answer now" not in labels_of(message) or colleague.habit is Habit.SILENT:
            return
        delay = ANSWER_WITHIN[colleague.habit] * self.rng.uniform(0.2, 1)
        self.plan_for(person, next_working_moment(now + delay, colleague.zone), partial(self.fill_in, person, message))

    def fill_in(self, person: Person, message: Message) -> None:
        person.press("Answer now", message)
        if person.modal is None or person.modal.drawn.get("submit") is None:
            return  # Everyone has answered by now.
        person.fill({label: self.rng.choice(WRITTEN) for label in fields_of(person)})
        person.submit()

    def say_yes(self, colleague: Colleague, person: Person, message: Message, now: datetime) -> None:
        """Schedule a yes to a question with one of the buttons for it."""
        offered = [label for label in labels_of(message) if label in YES or label.startswith("Yes, ")]
        if offered and self.rng.random() < SAYS_YES:
            at = next_working_moment(now + timedelta(minutes=5), colleague.zone)
            self.plan_for(person, at, partial(press_if_there, person, offered[0], message))

    def think_about(self, colleague: Colleague, person: Person, message: Message, now: datetime) -> None:
        if colleague.habit is Habit.SILENT or ("meet" not in message.text and "met" not in message.text):
            return
        if "We met" not in labels_of(message):
            return
        delay = ANSWER_WITHIN[colleague.habit] * self.rng.uniform(0.1, 1)
        at = next_working_moment(now + delay, colleague.zone)
        self.plan_for(person, at, lambda: self.answer(colleague, person, message))

    def answer(self, colleague: Colleague, person: Person, message: Message) -> None:
        if "We met" not in labels_of(message):
            return  # A partner answered first, and the question is gone.
        final = message.text.startswith("Did you")
        if self.rng.random() < MEET[colleague.habit]:
            label = "We met" if final or self.rng.random() < 0.6 else "It's planned"
        else:
            label = self.rng.choice(["Couldn't make it", "No reply"] if final else ["Not yet", "Couldn't make it"])
        person.press(label, message)
        if "Add a note" in labels_of(message) and self.rng.random() < NOTES:
            self.note(person, message)

    def note(self, person: Person, message: Message) -> None:
        person.press("Add a note", message)
        if person.modal is not None:
            person.fill({label: self.rng.choice(NOTED) for label in fields_of(person)})
            person.submit()


def is_suggestion(block: Json) -> bool:
    return str(block.get("block_id", "")).startswith("nudge:")


def fields_of(person: Person) -> list[str]:
    blocks = person.modal.blocks if person.modal is not None else []
    return [block["label"]["text"] for block in blocks if block["type"] == "input"]


def press_if_there(person: Person, label: str, message: Message) -> None:
    if label in (*labels_of(message), *spoken_of(message)):
        person.press(label, message)


def labels_of(message: Message) -> list[str]:
    return [element["text"]["text"] for _, element in elements_in(message.blocks) if element["type"] == "button"]


def spoken_of(message: Message) -> list[str]:
    """Return labels for screen readers, which tell apart buttons that look the same."""
    return [str(element.get("accessibility_label", "")) for _, element in elements_in(message.blocks)]


def open_channel(life: Life) -> Channel:
    return life.workspace.add_channel("coffee", members=life.everyone())
