"""What has to hold after every day, whatever went wrong. One small function each: a feature adds its own to the list.

A promise looks at the story so far and yields a sentence for each time that it was broken.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bot.delivery.calls import key_of, opaque_key
from bot.delivery.feature import KEEP_WORDS
from bot.slacksim import Workspace
from bot.slacksim.state import Message
from storage.connections.connections import Meeting
from storage.kinds import Attention, CheckIn, Deed, DeliveryState, MatchState
from storage.outbox.outbox import OutboxMessage
from storage.programs.programs import Membership, Program
from storage.rounds.rounds import Match, Round
from storage.rounds.slots import Slot, SlotChoice
from tests.benchmarks.chaos.copies import HEALED_WITHIN, Copies

INTRODUCTION = re.compile(r"round:(\d+):intro:(\d+)")
ARRIVED = {DeliveryState.SENT, DeliveryState.PAST}
IN_TIME = timedelta(days=3)
"""So long something may take in this weather; nobody is down longer."""
IN_CALM = timedelta(minutes=10)
"""So long it may take at the end, when people still act: what they decide in the last seconds is not late."""
A_WEEK = timedelta(days=7) - timedelta(minutes=1)
"""The clocks differ by seconds."""
SAME_MOMENT = 10
"""Seconds by which the clocks of two machines may differ."""
WORDS_ARE_KEPT = KEEP_WORDS - timedelta(days=3)
"""What is older may have no words any more, by which files are told apart. It was looked at before."""


@dataclass
class Story:
    """What promises look at."""

    workspace: Workspace
    session: Session
    now: datetime
    is_over: bool
    """The weather has been calm for days: nothing may be on its way any more."""
    outsiders: set[str]
    apart: list[frozenset[str]]
    said: dict[tuple[str, int], set[str | None]]
    """What each person can have answered about each match: more than one where a click may have been lost."""
    claimed_met: set[int]
    """Matches of which somebody said at some time that they met, though they may have taken it back."""
    failures: list[str]
    logs: list[str]
    private: re.Pattern[str]
    copies: Copies
    messages: list[OutboxMessage] = field(init=False)
    posted: list[tuple[str, Message]] = field(init=False)
    """With the key that delivery puts on them."""
    rounds: Sequence[Round] = field(init=False)

    def __post_init__(self) -> None:
        self.messages = list(self.rows(OutboxMessage))
        self.rounds = self.session.scalars(
            select(Round).options(selectinload(Round.matches).selectinload(Match.seats)).order_by(Round.id)
        ).all()
        self.posted = [
            (key_of({"metadata": message.metadata}) or "", message)
            for channel in self.workspace.channels.values()
            for message in channel.messages
            if message.user == self.workspace.bot_user_id
        ]

    def rows(self, table: type[Any]) -> Sequence[Any]:
        return self.session.scalars(select(table)).all()

    def by_key(self) -> dict[str, OutboxMessage]:
        return {row.key: row for row in self.messages}

    def is_past(self, moment: datetime) -> bool:
        return moment + (IN_CALM if self.is_over else IN_TIME) < self.now


Promise = Callable[[Story], Iterator[str]]


def every_message_once(story: Story) -> Iterator[str]:
    """Or a process slept right before its request, and the copy that it made is deleted again."""
    times = Counter(key for key, message in story.posted if not message.files)
    rows = {opaque_key(row): row for row in story.messages}
    for key, count in times.items():
        if key not in rows:
            yield f"nobody has decided what was posted as {key}"
        elif count > max(1, len(story.copies.of(key))):
            yield f"{rows[key].key} was posted {count} times"
    yield from story.copies.complaints(is_over=story.is_over, may_take=HEALED_WITHIN + IN_TIME)


def what_is_sent_has_arrived(story: Story) -> Iterator[str]:
    arrived = {key for key, _ in story.posted}
    taken_back = {row.about_key for row in story.messages if row.deed is Deed.REMOVE}
    for row in story.messages:
        if row.deed is not Deed.POST or row.has_file or row.key in taken_back:
            continue
        if row.state is DeliveryState.SENT and opaque_key(row) not in arrived:
            yield f"{row.key} is said to be sent, and nobody has it"


def every_file_once(story: Story) -> Iterator[str]:
    """Files carry no key: of the same words in the same conversation there are as many as were decided."""
    rows = [row for row in story.messages if row.has_file and row.state is not DeliveryState.PAST]
    decided = Counter((row.conversation_id, row.text) for row in rows)
    lately = story.now - WORDS_ARE_KEPT
    sent = Counter((row.conversation_id, row.text) for row in rows if row.sent_at is not None and row.sent_at > lately)
    files = [message for _, message in story.posted if message.files]
    shared = Counter((message.channel_id, message.text) for message in files)
    shared_lately = Counter((message.channel_id, message.text) for message in files if moment_of(message) > lately)
    yield from (f"a file came {shared[one] - decided[one]} times too often: {one}" for one in shared_lately - decided)
    yield from (f"a file is said to be sent, and nobody has it: {one}" for one in sent - shared)


def moment_of(message: Message) -> datetime:
    return datetime.fromtimestamp(float(message.ts), UTC)


def nothing_stays_on_its_way(story: Story) -> Iterator[str]:
    for row in story.messages:
        unsent = row.state in (DeliveryState.WAITING, DeliveryState.SENDING)
        if unsent and story.is_past(row.due_at):
            yield f"{row.key} is {row.state.value} since {row.due_at}: {row.error}, {row.attempts} attempts"


def every_match_is_introduced(story: Story) -> Iterator[str]:
    told: defaultdict[int, list[OutboxMessage]] = defaultdict(list)
    for row in story.messages:
        if found := INTRODUCTION.match(row.key):
            told[int(found[2])].append(row)
    for one in story.rounds:
        for match in one.matches:
            if match.state is MatchState.CALLED_OFF or not story.is_past(one.starts_at):
                continue
            states = {row.state for row in told[match.id]}
            # Somebody who came late is introduced when all of them are at work, which can be after a weekend.
            waits = any(row.state is DeliveryState.WAITING and not story.is_past(row.due_at) for row in told[match.id])
            if not ARRIVED & states and not waits:
                yield f"match {match.id} of round {one.id} was not introduced: {states or 'no message'}"


def nobody_is_introduced_twice_in_a_round(story: Story) -> Iterator[str]:
    times: Counter[tuple[str, str]] = Counter()
    for row in story.messages:
        found = INTRODUCTION.fullmatch(row.key)
        if found and row.state is DeliveryState.SENT:
            times.update((found[1], person_id) for person_id in row.people)
    yield from (
        f"{person_id} was introduced {n} times in round {one}" for (one, person_id), n in times.items() if n > 1
    )


def every_seat_is_unique(story: Story) -> Iterator[str]:
    for one in story.rounds:
        times = Counter(seat.person_id for match in one.matches for seat in match.seats)
        yield from (f"{person_id} has {n} seats in round {one.id}" for person_id, n in times.items() if n > 1)
        for match in one.matches:
            if match.state is not MatchState.CALLED_OFF and not 2 <= len(match.seats) <= 3:
                yield f"match {match.id} has {len(match.seats)} seats"


def only_who_joined_is_matched(story: Story) -> Iterator[str]:
    joined = {(row.program_id, row.person_id): row for row in story.rows(Membership)}
    for one in story.rounds:
        for match in one.matches:
            for seat in match.seats:
                member = joined.get((one.program_id, seat.person_id))
                if seat.person_id in story.outsiders or member is None:
                    yield f"{seat.person_id} never joined and is in round {one.id}"
                elif member.skipped_round_at == one.starts_at:
                    yield f"{seat.person_id} skipped round {one.id} and is in it"


def who_would_rather_not_meet_does_not(story: Story) -> Iterator[str]:
    for one in story.rounds:
        for match in one.matches:
            sitting = {seat.person_id for seat in match.seats}
            yield from (f"{sorted(pair)} are matched in round {one.id}" for pair in story.apart if pair <= sitting)


def no_round_is_lost_or_doubled(story: Story) -> Iterator[str]:
    keys = story.by_key().keys()
    for program in story.rows(Program):
        started = [one.starts_at for one in story.rounds if one.program_id == program.id]
        # Each of the admins is told, so the key goes on with who.
        skipped = {key.split(":")[3] for key in keys if key.startswith(f"program:{program.id}:skipped:")}
        yield from (f"the round of {at} was started {n} times" for at, n in Counter(started).items() if n > 1)
        if not started:
            continue
        for day in days_between(program.first_on, program.every_weeks, story.now.date() - IN_TIME):
            if not any(at.date() == day for at in started) and not any(f"{day:%Y%m%d}" in each for each in skipped):
                yield f"there was no round on {day}"


def days_between(first: date, every_weeks: int, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(weeks=every_weeks)


def everybody_is_asked(story: Story) -> Iterator[str]:
    """Whoever sat in a match to its end was asked, unless somebody had said already that they met."""
    keys = story.by_key()
    for one in story.rounds:
        for match in one.matches:
            if match.state is not MatchState.PLANNED or match.id in story.claimed_met or not story.is_past(one.ends_at):
                continue
            for seat in match.seats:
                asked = any(f"round:{one.id}:{which.value}:{seat.person_id}" in keys for which in CheckIn)
                if not asked and seat.answer is None:
                    yield f"{seat.person_id} was never asked about match {match.id}"


def answers_are_kept(story: Story) -> Iterator[str]:
    for one in story.rounds:
        for match in one.matches:
            begun_anew = {None} if was_repaired(story, one, match) else set()
            for seat in match.seats:
                can_be = story.said.get((seat.person_id, match.id), {None}) | begun_anew
                is_kept = seat.answer.value if seat.answer is not None else None
                if is_kept not in can_be:
                    yield f"{seat.person_id} said {can_be} of match {match.id}, and {is_kept} is kept"


def was_repaired(story: Story, one: Round, match: Match) -> bool:
    """Somebody else came into it, so what was said before was not about them."""
    return any(row.key.startswith(f"round:{one.id}:intro:{match.id}:") for row in story.messages)


def meetings_are_recorded_once(story: Story) -> Iterator[str]:
    met = {f"match:{match.id}" for one in story.rounds for match in one.matches if match.state is MatchState.MET}
    kept = Counter(meeting.origin for meeting in story.rows(Meeting))
    yield from (f"{origin} is recorded {n} times" for origin, n in kept.items() if n > 1)
    yield from (f"{origin} met and is not recorded" for origin in met - kept.keys())
    yield from (f"{origin} did not meet and is recorded" for origin in kept.keys() - met)


def whoever_agreed_is_told(story: Story) -> Iterator[str]:
    keys = story.by_key()
    chosen: defaultdict[int, set[str]] = defaultdict(set)
    for choice in story.rows(SlotChoice):
        chosen[choice.slot_id].add(choice.person_id)
    slots: defaultdict[int, list[Slot]] = defaultdict(list)
    for slot in story.rows(Slot):
        slots[slot.match_id].append(slot)
    for one in story.rounds:
        for match in one.matches:
            sitting = {seat.person_id for seat in match.seats}
            agreed = [slot for slot in slots[match.id] if slot.is_offered and sitting <= chosen[slot.id]]
            is_open = match.agreed_at is None and match.state is not MatchState.CALLED_OFF
            if agreed and is_open and len(sitting) > 1:
                yield f"match {match.id} agreed, and does not know"
            told = moments_in(keys, f"round:{one.id}:agreed:{match.id}:")
            canceled = moments_in(keys, f"round:{one.id}:canceled:{match.id}:")
            is_told = told and max(told) >= max(canceled, default=0) - SAME_MOMENT
            if match.agreed_at is not None and not is_told:
                yield f"match {match.id} agreed, and nobody is told"


def moments_in(keys: Iterable[str], beginning: str) -> list[int]:
    """When it was decided, in seconds, from the keys that begin so and have a number before that."""
    return [int(key.removeprefix(beginning).split(":")[1]) for key in keys if key.startswith(beginning)]


def nobody_gets_more_than_the_budget(story: Story) -> Iterator[str]:
    """Of what nobody asked for: one on a day of theirs, three in a week."""
    nudges = {
        opaque_key(row): row for row in story.messages if row.attention is Attention.NUDGE and len(row.people) == 1
    }
    got: defaultdict[str, list[datetime]] = defaultdict(list)
    posted = {key: message for key, message in reversed(story.posted)}  # Of copies only the oldest counts.
    for key, message in posted.items():
        if key in nudges:
            got[nudges[key].people[0]].append(moment_of(message))
    for person_id, moments in got.items():
        zone = ZoneInfo(story.workspace.users[person_id].tz)
        days = Counter(moment.astimezone(zone).date() for moment in moments)
        yield from (f"{person_id} was written to {n} times on {day}" for day, n in days.items() if n > 1)
        for first, fourth in zip(sorted(moments), sorted(moments)[3:], strict=False):
            if fourth - first < A_WEEK:
                yield f"{person_id} was written to four times between {first} and {fourth}"


def nothing_of_ours_fails(story: Story) -> Iterator[str]:
    yield from story.failures
    story.failures.clear()


FOLDERS = re.compile(r'"/[^"]*/(?=[^"/]+\.py:)')
"""Where a program stands on this machine. A name in there is no one's from the story."""


def logs_name_nobody(story: Story) -> Iterator[str]:
    for line in story.logs:
        if found := story.private.search(FOLDERS.sub('"', line)):
            yield f"{found[0]!r} stands in the logs: {line}"
    story.logs.clear()


PROMISES: tuple[Promise, ...] = (
    every_message_once,
    what_is_sent_has_arrived,
    every_file_once,
    nothing_stays_on_its_way,
    every_match_is_introduced,
    nobody_is_introduced_twice_in_a_round,
    every_seat_is_unique,
    only_who_joined_is_matched,
    who_would_rather_not_meet_does_not,
    no_round_is_lost_or_doubled,
    everybody_is_asked,
    answers_are_kept,
    meetings_are_recorded_once,
    whoever_agreed_is_told,
    nobody_gets_more_than_the_budget,
    nothing_of_ours_fails,
    logs_name_nobody,
)


def broken(story: Story) -> list[str]:
    return [f"{promise.__name__}: {words}" for promise in PROMISES for words in promise(story)]
