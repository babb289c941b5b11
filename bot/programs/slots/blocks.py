"""Times that people choose from, and the one they agreed on."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import button, context, section
from bot.core.message import Block, Message
from bot.core.texts import cut, link, listed, mention, moment, plain
from bot.programs.drawing import WHEN
from bot.programs.slots.calendar_links import google_link, outlook_link
from bot.programs.slots.rules import LENGTH
from storage.people import Person
from storage.programs import Program

SLOT = "programs_slot"
LONGEST_TITLE = 100
"""Of a calendar's entry: encoded in two links it has to fit into one block."""
AGREED = "Agreed. I'll write the time to all of you."


def when_to_meet(
    program: Program, people: Sequence[Person], slots: Sequence[tuple[int, datetime]], agreed_at: datetime | None
) -> list[Block]:
    captain = mention(people[0].person_id)
    if agreed_at is not None:
        words = f"Your time stays as you agreed: *{moment(agreed_at, program.zone, WHEN)}*."
        return [section(words), calendar_links(program, people, agreed_at)]
    if not slots:
        return [section(f"{captain}, would you suggest a time?")]
    lead = f"Pick what works for you, or write another time. {captain}, would you begin?"
    return [section(lead), *(offered(program, number, *slot) for number, slot in enumerate(slots, 1))]


def offered(program: Program, number: int, slot_id: int, at: datetime) -> Block:
    # The label of a button can't show each reader's own zone, so the time stands beside it.
    works = button(f"{number} works for me", SLOT, str(slot_id))
    return section(f"*{number}*  {moment(at, program.zone, WHEN)}", accessory=works)


def chosen(waiting_for: Sequence[str]) -> str:
    who = f"{mention(waiting_for[0])} chooses" if len(waiting_for) == 1 else "the others choose"
    return f"Noted. When {who} it too, I'll tell you."


def agreed(program: Program, people: Sequence[Person], at: datetime) -> Message:
    names = listed([mention(person.person_id) for person in people])
    text = f"It's agreed: {names}, you meet {moment(at, program.zone, WHEN)}, for 15 minutes."
    return Message(
        text,
        [
            section(f"It's agreed: {names}, you meet *{moment(at, program.zone, WHEN)}*, for 15 minutes."),
            calendar_links(program, people, at),
            context("Something came up? Just write here and find another time."),
        ],
    )


def calendar_links(program: Program, people: Sequence[Person], at: datetime) -> Block:
    title = cut(plain(f"{program.name}: {listed([person.name for person in people])}"), LONGEST_TITLE)
    google, outlook = google_link(title, at, at + LENGTH), outlook_link(title, at, at + LENGTH)
    return section(f"{link(google, 'Add to Google Calendar')} · {link(outlook, 'Add to Outlook')}")
