"""Times to choose from, and the agreed one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.coffee.matches.slots.calendar_links import google_link, outlook_link
from bot.coffee.program.drawing import STAYS, WHEN
from bot.core.blocks import SECTION, actions, button, context, section
from bot.core.message import Block, Message
from bot.core.texts import cut, escape, link, listed, mention, moment, plain
from bot.people.offers import meeting_link
from storage.people.people import Person
from storage.programs.programs import Program

SLOT, NEW_TIMES, CANCEL = "programs_slot", "programs_new_times", "programs_cancel_time"
SETTLED = "weft_settled"
"""Id of the block with the agreed time."""
LONGEST_TITLE = 100
"""Maximum length of a calendar entry's title, which is URL-encoded into two links of one block."""
AGREED = "Agreed. I'll write the time to all of you."


def when_to_meet(
    program: Program,
    people: Sequence[Person],
    slots: Sequence[tuple[int, datetime]],
    agreed_at: datetime | None,
    minutes: int,
) -> list[Block]:
    captain = mention(people[0].person_id)
    if agreed_at is not None:
        words = f"Your time stays as you agreed: *{moment(agreed_at, program.zone, STAYS)}*."
        return [section(words), calendar_links(program, people, agreed_at, minutes)]
    if not slots:
        return [section(f"{captain}, would you suggest a time?")]
    lead = f"Pick {minutes} minutes that work for you, or write another time. {captain}, would you begin?"
    return [
        section(lead),
        *(offered(program, number, *slot) for number, slot in enumerate(slots, 1)),
        actions(new_times_button(slots[0][0])),
    ]


def new_times_button(slot_id: int) -> dict[str, Any]:
    """Return the button with one of its message's times, so that it can't withdraw those of a later message."""
    return button("New times", NEW_TIMES, str(slot_id))


def offered(program: Program, number: int, slot_id: int, at: datetime) -> Block:
    # A button's label can't show each reader's own zone, so the time is in the text.
    works = button(f"{number} works for me", SLOT, str(slot_id))
    return section(f"*{number}*  {moment(at, program.zone, WHEN)}", accessory=works)


def settled(drawn: Sequence[Block], program: Program, at: datetime) -> list[Block]:
    """Return the introduction with the agreed time in place of the choices."""
    first = next((number for number, block in enumerate(drawn) if is_slot(block)), None)
    if first is None:
        return list(drawn)
    slot_id = str(drawn[first]["accessory"]["value"])
    off = button("Cancel this time", CANCEL, slot_id)
    said = section(f"You're meeting *{moment(at, program.zone, STAYS)}*.", accessory=off) | {"block_id": SETTLED}
    # The block above the first slot asks to choose one.
    return [*drawn[: first - 1], said, *(block for block in drawn[first:] if not is_slot(block))]


def unsettled(drawn: Sequence[Block]) -> list[Block]:
    """Return the message once the time is canceled."""
    said = section("The time you had is canceled. Press *New times* for others, or just write here.")
    return [said if block.get("block_id") == SETTLED else block for block in drawn]


def new_times(program: Program, people: Sequence[Person], slots: Sequence[tuple[int, datetime]]) -> Message:
    names = listed([mention(person.person_id) for person in people])
    text = f"{names}, here are new times for your coffee."
    choices = [offered(program, number, *slot) for number, slot in enumerate(slots, 1)]
    lead = f":calendar: {text} Pick one that works, or just write here."
    return Message(text, [section(lead), *choices, actions(new_times_button(slots[0][0]))])


def canceled(program: Program, at: datetime) -> Message:
    text = f":calendar: Your coffee on {moment(at, program.zone, STAYS)} is canceled. This file removes it."
    return Message(text, [section(text)])


def is_slot(block: Block) -> bool:
    return bool((block.get("accessory") or {}).get("action_id") == SLOT)


def chosen(waiting_for: Sequence[str]) -> str:
    who = f"{mention(waiting_for[0])} chooses" if len(waiting_for) == 1 else "the others choose"
    return f"Noted. When {who} it too, I'll tell you."


def agreed(program: Program, people: Sequence[Person], at: datetime, minutes: int) -> Message:
    names = listed([mention(person.person_id) for person in people])
    told = f"It's agreed: {names}, you meet {{}}, for {minutes} minutes.{where(people)}"
    when, links = moment(at, program.zone, STAYS), calendar_links(program, people, at, minutes)
    other_calendars = "Any other calendar opens the file. Something came up? Just write here and find another time."
    return Message(
        "\n".join([told.format(when), links["text"]["text"], other_calendars]),
        [
            section(told.format(f"*{when}*")),
            links,
            context("Something came up? Just write here and find another time."),
        ],
    )


def where(people: Sequence[Person]) -> str:
    """Return a sentence with the first meeting link among these people, if there is one."""
    address = room(people)
    return f" Meet at {link(address, escape(address.removeprefix('https://')))}." if address else ""


def room(people: Sequence[Person]) -> str:
    return next((address for address in map(meeting_link, people) if address), "")


def title(program: Program, people: Sequence[Person]) -> str:
    """Return a calendar entry's title: one line of plain text."""
    words = plain(f"{program.name}: {listed([person.name for person in people])}")
    return cut(" ".join(words.split()), LONGEST_TITLE)


def calendar_links(program: Program, people: Sequence[Person], at: datetime, minutes: int) -> Block:
    entry, place, ends_at = title(program, people), room(people), at + timedelta(minutes=minutes)
    words = both_links(entry, at, ends_at, place)
    return section(words if len(words) <= SECTION else both_links(entry, at, ends_at, ""))


def both_links(entry: str, at: datetime, ends_at: datetime, place: str) -> str:
    google = google_link(entry, at, ends_at, place)
    outlook = outlook_link(entry, at, ends_at, place)
    return f"{link(google, 'Add to Google Calendar')} · {link(outlook, 'Add to Outlook')}"
