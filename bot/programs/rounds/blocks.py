"""What people read of a round: the heads-up, the introduction, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.blocks import actions, button, context, section
from bot.core.calendar import zone_or_utc
from bot.core.message import Message
from bot.core.texts import count, escape, listed, mention, moment
from bot.programs import templates
from bot.programs.check_ins.blocks import ANSWERS
from bot.programs.drawing import name
from bot.programs.membership.blocks import PAUSE, SKIP, membership_buttons
from bot.programs.slots.blocks import when_to_meet
from bot.programs.templates import Template
from storage.kinds import Answer
from storage.people import Person
from storage.programs import Program


def heads_up(program: Program) -> Message:
    starts = moment(program.next_round_at, program.zone)
    text = templates.words(program, Template.HEADS_UP, start=starts)
    skip = button("Skip this one", SKIP, str(program.id))
    return Message(text, [section(text), actions(skip, button("Pause", PAUSE, str(program.id)))])


def introduction(
    program: Program,
    match_id: int,
    people: Sequence[Person],
    why: str,
    now: datetime,
    *,
    is_smaller: bool,
    slots: Sequence[tuple[int, datetime]] = (),
    agreed_at: datetime | None = None,
) -> Message:
    """The captain is the first of the people. `is_smaller`: one of a group of three can't come any more.

    `slots`: ids and times to choose from. `agreed_at`: the time that they chose while they were three.
    """
    captain = mention(people[0].person_id)
    names = listed([mention(person.person_id) for person in people])
    text = f"{names}, meet for {program.minutes} minutes? {captain}, would you write first?"
    lead = (
        f"{names}, the third of you can't come this time, so it's the two of you in *{name(program)}*."
        if is_smaller
        else templates.words(program, Template.INTRODUCTION, names=names, minutes=str(program.minutes))
    )
    return Message(
        text,
        [
            section(lead),
            section("\n".join(card(person, now) for person in people)),
            context(f"Why you: {escape(why)}"),
            *when_to_meet(program, people, slots, agreed_at),
            actions(button("We met", ANSWERS[Answer.MET], str(match_id)), button("Pause", PAUSE, str(program.id))),
        ],
    )


def card(person: Person, now: datetime) -> str:
    """Who somebody is, in a line."""
    known = [escape(word) for word in (person.title, person.team, person.office) if word]
    local = now.astimezone(zone_or_utc(person.zone))
    return " · ".join([mention(person.person_id), *known, f"{local:%H:%M} for them now"])


def left_alone(program: Program, why: str) -> Message:
    text = f"No match for you in {name(program)} this time: {why}. You come first next time."
    next_time = moment(program.next_round_at, program.zone)
    return Message(
        text,
        [
            section(f"No match for you in *{name(program)}* this time: {why}."),
            section(f"You come first in the next round, {next_time}."),
            actions(*membership_buttons(program, skipped=False)),
        ],
    )


def partner_gone(program: Program) -> Message:
    """Says that somebody can't come, and never why."""
    text = f"Your match in {name(program)} can't be reached any more. You come first in the next round."
    return Message(text, [section(text), actions(button("Pause", PAUSE, str(program.id)))])


def write_them_yourself(program: Program, match_id: int, partners: Sequence[str]) -> Message:
    names = listed([mention(person_id) for person_id in partners])
    text = f"You are matched with {names} in {name(program)}. I can't open a chat for you, would you write first?"
    buttons = button("We met", ANSWERS[Answer.MET], str(match_id)), button("Pause", PAUSE, str(program.id))
    return Message(text, [section(text), actions(*buttons)])


def round_counts(program: Program, made: int, met: int) -> Message:
    text = f"{name(program)}: {count(made, 'match', 'matches')} last round, {met} met. The next round is on its way."
    return Message(text, [section(text), context("`/coffee pause 2w` takes a break, `/coffee leave` ends it.")])
