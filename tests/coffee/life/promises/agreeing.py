"""Promises of the times at which people meet: for all of them, told once, and not to be chosen when they are past."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from icalendar import Calendar
from sqlalchemy import select

from bot.coffee.matches.slots.blocks import SLOT
from bot.slacksim.state import Kind
from storage.rounds.slots import Slot, SlotChoice
from tests.coffee.life.people import is_at_work
from tests.coffee.life.seen import Seen

LENGTH = timedelta(minutes=15)


def times_suit_everybody(seen: Seen) -> Iterator[str]:
    """Those in an introduction, and those that people agree on."""
    for message in seen.new_messages():
        names = seen.life.readers(message)
        for _, at in [*offered(seen, message), *calendar_entries(message)]:
            for name in names:
                if not is_at_work(name, at, through=LENGTH):
                    yield f"{names} got {at}, when {name} does not work"


def nobody_agrees_on_a_time_that_has_passed(seen: Seen) -> Iterator[str]:
    for match in seen.matches:
        is_new = (match.id, match.agreed_at) not in seen.life.agreed
        if is_new and match.agreed_at is not None and match.agreed_at <= seen.began:
            yield f"match {match.id} has agreed on {match.agreed_at}, which has passed"


def offered(seen: Seen, message: Any) -> Iterator[tuple[int, datetime]]:
    for block in message.blocks:
        element = block.get("accessory", {})
        if element.get("action_id") == SLOT:
            slot = seen.session.get_one(Slot, int(element["value"]))
            yield slot.id, slot.starts_at


def calendar_entries(message: Any) -> Iterator[tuple[int, datetime]]:
    """The match, and when it meets."""
    for file in message.files:
        if file.name == "coffee.ics":
            [event] = Calendar.from_ical(file.content).walk("VEVENT")
            yield int(re.match(r"match-(\d+)\.", event["uid"])[1]), event["dtstart"].dt


def who_all_chose_the_same_time_has_agreed(seen: Seen) -> Iterator[str]:
    chosen = defaultdict(set)
    for slot, person_id in seen.session.execute(select(Slot, SlotChoice.person_id).join(SlotChoice)):
        if slot.is_offered:
            chosen[slot.match_id, slot.starts_at].add(person_id)
    for match in seen.running_matches:
        everyone = {seat.person_id for seat in match.seats}
        times = [at for (match_id, at), people in chosen.items() if match_id == match.id and people >= everyone]
        if times and match.agreed_at is None:
            yield f"match {match.id} has not agreed, and all chose {times}"
        if match.agreed_at is not None and not was_chosen_by_all(seen, match):
            yield f"match {match.id} has agreed on {match.agreed_at}, which not all chose"


def was_chosen_by_all(seen: Seen, match: Any) -> bool:
    there = select(SlotChoice.person_id).join(Slot).where(Slot.match_id == match.id)
    chose = set(seen.session.scalars(there.where(Slot.starts_at == match.agreed_at)))
    return {seat.person_id for seat in match.seats} <= chose


def each_agreement_is_told_once_to_all_of_the_match(seen: Seen) -> Iterator[str]:
    told = agreements(seen)
    for match in seen.running_matches if seen.looked else ():
        everyone = {seat.person_id for seat in match.seats}
        is_ahead = match.agreed_at is not None and match.agreed_at > seen.life.clock.now()
        if is_ahead and not any(people >= everyone for people, _ in told[match.id, match.agreed_at]):
            yield f"match {match.id} has agreed on {match.agreed_at}, and not all of it were told"
    for (match_id, at), messages in told.items():
        if len({people for people, _ in messages}) < len(messages):
            yield f"match {match_id} was told twice that it meets on {at}"
        for people, message in messages:
            if message.ts > seen.life.seen_until and not is_sitting_there(seen, match_id, people):
                yield f"{people} were told to meet on {at}, and do not sit in match {match_id} together"


def agreements(seen: Seen) -> dict[tuple[int, datetime], list[tuple[frozenset[str], Any]]]:
    """What came with a file for the calendar, by match and time, and to whom."""
    told = defaultdict(list)
    for channel in seen.life.workspace.channels.values():
        if channel.kind is Kind.MPIM:
            people = frozenset(channel.members) - {seen.life.workspace.bot_user_id}
            for message in channel.messages:
                for match_id, at in calendar_entries(message):
                    told[match_id, at].append((people, message))
    return told


def is_sitting_there(seen: Seen, match_id: int, people: frozenset[str]) -> bool:
    return people == {seat.person_id for one in seen.matches if one.id == match_id for seat in one.seats}


def an_agreement_brings_links_to_the_time_itself(seen: Seen) -> Iterator[str]:
    """The links stand in the words, and the file follows them."""
    for messages in agreements(seen).values():
        for _, message in messages:
            [(_, at)] = calendar_entries(message)
            linked = [times_linked(words) for words in words_before(seen, message)]
            if message.ts > seen.life.seen_until and [at, at] not in linked:
                yield f"an agreement on {at} links to {linked}"


def words_before(seen: Seen, file_message: Any) -> list[str]:
    said = seen.life.workspace.channels[file_message.channel_id].messages
    return [str(message.blocks) for message in said if message.ts < file_message.ts]


def times_linked(words: str) -> list[datetime | None]:
    links = [link.replace("&amp;", "&") for link in re.findall(r"<(https:[^|>]+)\|", words)]
    return [at for link in links if (at := link_time(parse_qs(urlsplit(link).query))) is not None]


def link_time(query: dict[str, list[str]]) -> datetime | None:
    if "dates" in query:
        return datetime.strptime(query["dates"][0].partition("/")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.fromisoformat(query["startdt"][0]) if "startdt" in query else None
