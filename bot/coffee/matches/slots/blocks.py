"""Times to choose from, and the agreed one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.coffee.matches.slots.calendar_links import google_link, outlook_link
from bot.coffee.program.drawing import mentions
from bot.coffee.texts import slots as texts
from bot.core.blocks import SECTION, actions, button, context, section
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, cut, escape, link, mention, moment, plain
from bot.people.offers import meeting_link
from storage.people.people import Person
from storage.programs.programs import Program

SLOT, NEW_TIMES, CANCEL = "programs_slot", "programs_new_times", "programs_cancel_time"
SETTLED = "weft_settled"
"""Id of the block with the agreed time."""
PAIR, MOST_NAMED = 2, 3
LONGEST_TITLE = 100
"""Maximum length of a calendar entry's title, which is URL-encoded into two links of one block."""


def when_to_meet(
    program: Program,
    people: Sequence[Person],
    slots: Sequence[tuple[int, datetime]],
    agreed_at: datetime | None,
    minutes: int,
) -> list[Block]:
    captain = mention(people[0].person_id)
    if agreed_at is not None:
        stays = section(texts.TIME_STAYS(when=moment(agreed_at, program.zone)))
        return [stays, calendar_links(program, people, agreed_at, minutes)]
    if not slots:
        return [section(texts.NO_SHARED_TIME(first=captain))]
    return [section(texts.FIND_TIME(first=captain)), *choices(program, slots)]


def choices(program: Program, slots: Sequence[tuple[int, datetime]]) -> list[Block]:
    """Return the times, and the button for others. It has one of these times, so that it can't withdraw later ones."""
    other_times = button(texts.OTHER_TIMES(), NEW_TIMES, str(slots[0][0]))
    return [*(offered(program, number, *slot) for number, slot in enumerate(slots, 1)), actions(other_times)]


def offered(program: Program, number: int, slot_id: int, at: datetime) -> Block:
    # A button's label can't show each reader's own zone, so the time is in the text. Screen readers hear the number.
    works = button(texts.WORKS_FOR_ME(), SLOT, str(slot_id))
    spoken = works | {"accessibility_label": texts.WORKS_SPOKEN(number=number)}
    return section(texts.OFFERED(number=number, when=moment(at, program.zone)), accessory=spoken)


def settled(drawn: Sequence[Block], program: Program, at: datetime) -> list[Block]:
    """Return the introduction with the agreed time in place of the choices."""
    first = next((number for number, block in enumerate(drawn) if is_slot(block)), None)
    if first is None:
        return list(drawn)
    slot_id = str(drawn[first]["accessory"]["value"])
    off = button(texts.CANCEL_TIME(), CANCEL, slot_id)
    said = section(texts.YOUR_TIME(when=moment(at, program.zone)), accessory=off) | {"block_id": SETTLED}
    # The block above the first slot asks to choose one.
    return [*drawn[: first - 1], said, *(block for block in drawn[first:] if not is_slot(block))]


def unsettled(drawn: Sequence[Block]) -> list[Block]:
    """Return the message once the time is canceled."""
    said = section(texts.TIME_CANCELED())
    return [said if block.get("block_id") == SETTLED else block for block in drawn]


def new_times(program: Program, people: Sequence[Person], slots: Sequence[tuple[int, datetime]]) -> Message:
    names = mentions(person.person_id for person in people)
    return Message(texts.NEW_TIMES(names=names), [section(texts.NEW_TIMES_LEAD(names=names)), *choices(program, slots)])


def canceled(program: Program, at: datetime) -> Message:
    return Message(texts.OFF(), [section(texts.OFF_LEAD(when=moment(at, program.zone)))])


def is_slot(block: Block) -> bool:
    return bool((block.get("accessory") or {}).get("action_id") == SLOT)


def chosen(waiting_for: Sequence[str]) -> str:
    return texts.PICKED(person=mention(waiting_for[0])) if len(waiting_for) == 1 else texts.PICKED_TOGETHER()


def agreed(program: Program, people: Sequence[Person], at: datetime, minutes: int) -> Message:
    names = mentions(person.person_id for person in people)
    return Message(
        texts.SET(names=names) if len(people) <= MOST_NAMED else texts.SET_FOR_GROUP(),
        [
            section(texts.SET_LEAD(names=names, when=moment(at, program.zone), minutes=minutes)),
            section(where(people)),
            calendar_links(program, people, at, minutes),
            context(texts.PLANS_CHANGED()),
        ],
    )


def where(people: Sequence[Person]) -> str:
    host = host_of(people)
    if host is None:
        return texts.NO_LINK()
    address = meeting_link(host)
    return texts.VIDEO_ROOM(
        person=mention(host.person_id), link=link(address, escape(address.removeprefix("https://")))
    )


def host_of(people: Sequence[Person]) -> Person | None:
    """Return the first of these people with a video room."""
    return next((person for person in people if meeting_link(person)), None)


def room(people: Sequence[Person]) -> str:
    host = host_of(people)
    return meeting_link(host) if host is not None else ""


def title(program: Program, people: Sequence[Person]) -> str:
    """Return a calendar entry's title: one line of plain text."""
    words = plain(texts.CALENDAR_ENTRY(program=program.name, names=listed([person.name for person in people])))
    return cut(" ".join(words.split()), LONGEST_TITLE)


def calendar_links(program: Program, people: Sequence[Person], at: datetime, minutes: int) -> Block:
    entry, place, ends_at = title(program, people), room(people), at + timedelta(minutes=minutes)
    words = both_links(entry, at, ends_at, place)
    return section(words if len(words) <= SECTION else both_links(entry, at, ends_at, ""))


def both_links(entry: str, at: datetime, ends_at: datetime, place: str) -> Mrkdwn:
    google, outlook = (make(entry, at, ends_at, place) for make in (google_link, outlook_link))
    return texts.CALENDARS(google=link(google, texts.GOOGLE()), outlook=link(outlook, texts.OUTLOOK()))
