"""A short hello in the person's own words to someone they lost touch with."""

from bot.connections.service import connections_of, record_contact
from bot.core import keys
from bot.core.calendar import zone_or_utc
from bot.core.errors import UserError
from bot.core.work import Work
from bot.network import blocks, texts
from storage.connections import network
from storage.kinds import ContactKind
from storage.people import people
from storage.people.people import Card
from storage.programs import apart


def prepared(work: Work, person_id: str, other_id: str) -> tuple[str, str]:
    """Return the other's name and a draft."""
    _, other = both(work, person_id, other_id)
    last = next((one.last_on for one in connections_of(work, person_id) if one.other_id == other_id), None)
    return other.name, blocks.draft(other.name, last, work.now.date())


def say_hello(work: Work, person_id: str, other_id: str, words: str) -> bool:
    """Send a hello, at most one a day to the same person. False if one was sent today."""
    me, _ = both(work, person_id, other_id)
    day = work.now.astimezone(zone_or_utc(me.zone)).date()
    message = blocks.hello(person_id, other_id, words)
    key = keys.hello(person_id, other_id, day)
    is_new = work.send(message, to=[person_id, other_id], key=key)
    if is_new:
        record_contact(work, person_id, other_id, ContactKind.HELLO)
    return is_new


def both(work: Work, person_id: str, other_id: str) -> tuple[Card, Card]:
    """Return both cards. Raises UserError unless the other is known or pinned, so that Weft can't message strangers."""
    cards = people.cards(work, person_ids=[person_id, other_id])
    if other_id not in cards or not cards[other_id].is_here or person_id not in cards:
        raise UserError(texts.CANT_REACH())
    known = {one.other_id for one in connections_of(work, person_id)}
    pins = network.pins_of(work, person_ids=[person_id])
    if other_id not in known | {pin.other_id for pin in pins}:
        raise UserError(texts.NOT_KNOWN())
    if (other_id, person_id) in apart.all_pairs(work):
        raise UserError(texts.CANT_REACH())
    return cards[person_id], cards[other_id]
