"""Messages of a round: the introduction, and the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coffee.matches.answers import ANSWERS
from bot.coffee.matches.cards import card
from bot.coffee.matches.slots.blocks import when_to_meet
from bot.coffee.matches.written import blocks as written_blocks
from bot.coffee.program import templates
from bot.coffee.program.buttons import PAUSE, membership_buttons
from bot.coffee.program.drawing import name
from bot.coffee.program.templates import Template
from bot.coffee.texts.absences import ABOUT_YOU
from bot.core.blocks import actions, button, context, section, sections
from bot.core.message import Message
from bot.core.texts import count, escape, listed, mention, moment
from storage.kinds import AbsenceReason, Answer
from storage.people.people import Person
from storage.programs.programs import Program


@dataclass(frozen=True)
class Opening:
    """Content of an introduction. The captain is the first of the people."""

    people: Sequence[Person]
    why: str
    news: str
    """News for people introduced before: what has changed, as mrkdwn."""
    starter: str
    """Icebreaker for the captain to ask the next person."""
    minutes: int
    """Length of the meeting."""
    slots: Sequence[tuple[int, datetime]] = ()
    """(slot id, start) to choose from."""
    agreed_at: datetime | None = None
    """Time agreed on before someone left."""
    questions: Sequence[str] = ()
    """Questions of an async coffee."""


def introduction(program: Program, match_id: int, opening: Opening, now: datetime) -> Message:
    people = opening.people
    captain, other = mention(people[0].person_id), mention(people[1].person_id)
    names = listed([mention(person.person_id) for person in people])
    lead = opening.news or templates.words(program, Template.INTRODUCTION, names=names, minutes=str(program.minutes))
    how = (
        written_blocks.asked(match_id, opening.questions)
        if opening.questions
        else [
            *when_to_meet(program, people, opening.slots, opening.agreed_at, opening.minutes),
            section(f"{captain}, to begin with you could ask {other}: “{escape(opening.starter)}”"),
        ]
    )
    invited = f"{names}, meet for {program.minutes} minutes?"
    in_writing = "Your days hardly overlap, so this time in writing."
    return Message(
        f"{invited} {in_writing if opening.questions else f'{captain}, would you write first?'}",
        [
            section(lead),
            *sections(card(person, now) for person in people),
            context(f"Why you: {escape(opening.why)}"),
            *how,
            actions(button("We met", ANSWERS[Answer.MET], str(match_id)), button("Pause", PAUSE, str(program.id))),
        ],
    )


def fewer_of_you(program: Program, people: Sequence[Person]) -> str:
    names = listed([mention(person.person_id) for person in people])
    if len(people) > 2:
        return f"{names}, one of you can't come this time, so it's the {len(people)} of you in *{name(program)}*."
    return f"{names}, the third of you can't come this time, so it's the two of you in *{name(program)}*."


def came_free(program: Program, person_ids: Sequence[str]) -> str:
    names = listed([mention(person_id) for person_id in person_ids])
    return f"Somebody can't come this time, so now it's the two of you in *{name(program)}*: {names}."


def joins_you(program: Program, person_id: str) -> str:
    who = mention(person_id)
    return f"The match of {who} in *{name(program)}* can't come this time, so {who} joins you."


def has_joined(program: Program, person_id: str) -> str:
    return (
        f"{mention(person_id)} has just joined *{name(program)}* and need not wait for the next round: meet each other."
    )


def left_alone(program: Program, reason: AbsenceReason, *, after: int) -> Message:
    why = ABOUT_YOU[reason]()
    text = f"No match for you in {name(program)} this time: {why}. You come first next time."
    next_time = moment(program.next_round_at, program.zone)
    return Message(
        text,
        [
            section(f"No match for you in *{name(program)}* this time: {why}."),
            section(f"You come first in the next round, {next_time}."),
            actions(*membership_buttons(program, skipped=False, after=after)),
        ],
    )


def partner_gone(program: Program) -> Message:
    """Return the notice that a partner can't come, without the reason."""
    text = f"Your match in {name(program)} can't be reached any more. You come first in the next round."
    return Message(text, [section(text), actions(button("Pause", PAUSE, str(program.id)))])


def write_them_yourself(program: Program, match_id: int, partners: Sequence[str]) -> Message:
    names = listed([mention(person_id) for person_id in partners])
    text = f"You are matched with {names} in {name(program)}. I can't open a chat for you, would you write first?"
    buttons = button("We met", ANSWERS[Answer.MET], str(match_id)), button("Pause", PAUSE, str(program.id))
    return Message(text, [section(text), actions(*buttons)])


def round_counts(program: Program, made: int, met: int | None) -> Message:
    of_which = f", {met} met" if met is not None else ""
    text = f"{name(program)}: {count(made, 'match', 'matches')} last round{of_which}. The next round is on its way."
    return Message(text, [section(text), context("`/coffee pause 2w` takes a break, `/coffee leave` ends it.")])
