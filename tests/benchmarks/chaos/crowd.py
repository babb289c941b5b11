"""The invented company, and what else its people get up to: old buttons, wrong words, changes of mind."""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.core.calendar import next_working_moment
from bot.demo.company import Colleague
from bot.demo.life import Life, labels_of
from bot.slacksim import Channel, Person, Workspace
from bot.slacksim.errors import NotPossible
from bot.slacksim.state import Kind

STAY_OUT = 4
"""People who never join."""
APART = 3
"""Pairs of people who would rather not meet."""
NEWCOMERS = 100
WORDS = ("", "status", "why", "skip", "pause 1d", "pause yesterday", *["join"] * 4, "help", "\u202exyzzy <!channel>")


class Crowd(Life):
    def __init__(self, workspace: Workspace, rng: random.Random, size: int, done: Counter[str]) -> None:
        super().__init__(workspace, rng)
        self.done = done
        everyone = self.everyone()
        kept = {self.admin.id, *(person.id for person in rng.sample(everyone, size))}
        self.people = {id_: self.people[id_] for id_ in self.people if id_ in kept}
        others = [person for person in self.everyone() if person != self.admin]
        self.outsiders = others[:STAY_OUT]
        self.members = others[STAY_OUT:]
        self.apart = [(self.members[2 * n], self.members[2 * n + 1]) for n in range(APART)]
        self._seen: Counter[tuple[str, str]] = Counter()
        self._calls_seen = -1
        self.coffee: Channel | None = None

    def found_program(self) -> Channel:
        self.coffee = self.workspace.add_channel("coffee", members=self.members)
        self.admin.open_home()
        self.admin.press("Set up program", self.admin.home)
        self.admin.fill({"Channel": self.coffee, "How often": "Every week", "Day": "Tuesday", "Time": "10:00"})
        assert self.admin.submit() == {}
        self.admin.press("Start")
        self.admin.close()
        for one, other in self.apart:
            one.open_home()
            one.press("My people", one.home)
            one.press("Edit", one.home)
            one.fill({"People": [other]})
            assert one.submit() == {}
        return self.coffee

    def rush(self, now: datetime) -> None:
        """So many newcomers join the channel within a minute. A day later they are gone again."""
        for number in range(NEWCOMERS):
            person = self.workspace.add_person(f"Newcomer {number}")
            joins_at = now + timedelta(minutes=number / NEWCOMERS)
            self.plan(joins_at, lambda person=person: person.join(self.coffee))
            self.plan(joins_at + timedelta(days=1), person.deactivate)
        self.done["people who joined within a minute"] += NEWCOMERS

    # What Life plans, done by people who may find the button gone

    def act(self, now: datetime) -> None:
        while self._deeds and self._deeds[0].at <= now:
            self.try_to(heapq.heappop(self._deeds).do)
        if len(self.workspace.calls) != self._calls_seen:
            self._calls_seen = len(self.workspace.calls)
            for colleague, person in self.people.values():
                self.read(colleague, person, now)

    def try_to(self, do: Callable[[], object]) -> None:
        with suppress(NotPossible):  # The button is gone: the message was changed meanwhile.
            do()
            self.done["deeds"] += 1

    def read(self, colleague: Colleague, person: Person, now: datetime) -> None:
        """Only what is new, where Life looks at everything: a quarter is long."""
        for channel in person.conversations():
            if not channel.is_direct:
                continue
            seen = self._seen[person.id, channel.id]
            self._seen[person.id, channel.id] = len(channel.messages)
            for message in channel.messages[seen:]:
                if channel.kind is Kind.MPIM:
                    self.look_at_times(colleague, person, message, now)
                elif message.user != person.id:
                    self.think_about(colleague, person, message, now)

    # What they do besides

    def plan_day(self, now: datetime, deeds: int) -> None:
        for _ in range(deeds):
            colleague, person = self.rng.choice(list(self.people.values()))
            at = next_working_moment(now + timedelta(hours=self.rng.uniform(0, 24)), colleague.zone)
            do = self.rng.choice(self.ideas(person))
            self.plan(at, lambda do=do, person=person: do(person))

    def ideas(self, person: Person) -> list[Callable[[Person], object]]:
        anybody: list[Callable[[Person], object]] = [self.press_old, self.press_old, self.look_at_home, self.talk]
        if person == self.admin:
            return anybody
        anybody += [self.change, self.go_away, self.be_quiet]
        return (
            anybody if person in self.outsiders else [*anybody, self.press_home, self.press_home, self.type, self.move]
        )

    def press_old(self, person: Person) -> None:
        seen = person.sees()[-60:]
        if seen:
            message = self.rng.choice(seen)
            labels = [label for label in labels_of(message) if label not in LINKS | PARTINGS or self.rng.random() < 0.1]
            if labels and (person not in self.outsiders or "oin" not in "".join(labels)):
                person.press(self.rng.choice(labels), message)

    def look_at_home(self, person: Person) -> None:
        person.open_home()

    def press_home(self, person: Person) -> None:
        if person.home is None:
            person.open_home()
            return
        labels = [label for label in labels_in_view(person.home.blocks) if not is_settled(label)]
        if labels:
            person.press(self.rng.choice(labels), person.home)
        if person.modal is not None:
            (person.submit if self.rng.random() < 0.5 and person.modal.drawn.get("submit") else person.close)()

    def type(self, person: Person) -> None:
        person.command(self.rng.choice(["/coffee", "/coffee", "/weft"]), self.rng.choice(WORDS))

    def talk(self, person: Person) -> None:
        person.say(None, "hello?")

    def change(self, person: Person) -> None:
        person.change(title=f"Title {self.rng.randrange(1000)}")

    def go_away(self, person: Person) -> None:
        back = self.workspace.now() + timedelta(days=self.rng.uniform(0.1, 3))
        person.set_status(":palm_tree:", "Away", back)

    def be_quiet(self, person: Person) -> None:
        person.sets_dnd(self.workspace.now() + timedelta(hours=self.rng.uniform(0.1, 4)))

    def move(self, person: Person) -> None:
        if self.coffee is None:
            return
        if person.id not in self.coffee.members:
            person.join(self.coffee)
        elif self.rng.random() < 0.1:
            person.leave(self.coffee)


LINKS = {"Google Calendar", "Outlook"}
PARTINGS = {"Leave", "Pause", "Skip this round"}
"""Pressed less often, or soon nobody would be left to match."""
SETTLED = {"Edit", "Set up program"}
"""What stays as the story set it up: whom people would rather not meet, and the program."""


def is_settled(label: str) -> bool:
    return label in SETTLED | PARTINGS or "orget" in label


def labels_in_view(blocks: list[dict]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button" and not element.get("url"):
                found.append(element["text"]["text"])
    return [label for label in found if found.count(label) == 1]
