"""Scripted shoutouts and wins in the invented company, and random reactions to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from bot.demo.life import Life
from bot.slacksim import Channel, Message, Person

ME_TOO = "raised_hands"
SECONDS = 0.12
"""Probability that a member of the channel reacts to a post."""
THANKS = (
    (1, "Olga Petrova", ("Ben Okafor",), "stayed late Tuesday so the customer could go live on time"),
    (3, "Theo Blanc", ("Priya Nair", "Nils Berg"), "turned the numbers into a chart we all get at a glance"),
    (9, "Yara Mansour", ("Gina Moretti",), "spent a whole day with us before deciding what to build"),
    (16, "Felix Brandt", ("Dana Cohen", "Carl Jensen"), "walked me through refunds, twice, without a sigh"),
)
WINS = (
    (2, "Ana Ruiz", "builds take 5 minutes instead of 20, no more waiting over lunch. thanks {}", "Jonas Weber"),
    (
        8,
        "Rosa Lombardi",
        "our first customer in Portugal signed! they loved how fast we answer. with {}",
        "Zoe Clarke",
    ),
    (
        15,
        "Vera Ivanova",
        "the monthly report writes itself now, and people read it. thanks to {}",
        "Hanna Lind",
    ),
)


def open_wins(life: Life) -> Channel:
    return life.workspace.add_channel("wins", members=life.everyone())


def plan_celebrations(life: Life, now: datetime) -> None:
    """Schedule the shoutouts and wins around noon in Berlin, on days counted from `now`."""
    by_name = {person.name: person for person in life.everyone()}
    for day, giver, receivers, words in THANKS:
        names = " ".join(by_name[name].mention for name in receivers)
        life.plan_for(by_name[giver], noon(now, day), partial(by_name[giver].command, "/shoutout", f"{names} {words}"))
    for day, author, words, helper in WINS:
        said = words.format(by_name[helper].mention)
        life.plan_for(by_name[author], noon(now, day), partial(by_name[author].command, "/win", said))


def noon(now: datetime, day: int) -> datetime:
    return now.replace(hour=11, minute=0) + timedelta(days=day)


def second(life: Life, message: Message, now: datetime) -> None:
    """Schedule some readers' reactions within a few hours."""
    for person in readers(life.everyone()):
        if life.rng.random() < SECONDS and person.mention not in message.text:
            at = now + timedelta(hours=life.rng.uniform(0.2, 5))
            life.plan_for(person, at, partial(react, person, message))


def readers(everyone: Iterable[Person]) -> list[Person]:
    return [person for person in everyone if not person.user.deleted]


def react(person: Person, message: Message) -> None:
    if not message.is_deleted and person.id not in message.reactions.get(ME_TOO, ()):
        person.react(message, ME_TOO)
