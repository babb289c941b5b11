"""Messages of a round: the introduction, and the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.coffee.matches.buttons import answer_with
from bot.coffee.matches.cards import cards
from bot.coffee.matches.slots.blocks import when_to_meet
from bot.coffee.matches.written import blocks as written_blocks
from bot.coffee.membership.blocks import next_day
from bot.coffee.now import buttons as now_buttons
from bot.coffee.program import templates
from bot.coffee.program.buttons import PAUSE, SKIP, round_after
from bot.coffee.program.drawing import mentions
from bot.coffee.program.templates import Template
from bot.coffee.rounds.matches_made import Matching
from bot.coffee.texts import program as program_texts
from bot.coffee.texts import rounds as texts
from bot.coffee.texts.absences import ABOUT_YOU
from bot.coffee.texts.matches import MET_ANYWAY
from bot.coffee.texts.membership import SKIP_NEXT
from bot.core.blocks import actions, button, context, section, sections
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, mention
from storage.kinds import AbsenceReason, Answer
from storage.people.people import Person
from storage.programs.programs import Program

PAIR, TRIO = 2, 3

STEPS = 20
"""Shares are told in steps of a twentieth."""


@dataclass(frozen=True)
class Opening:
    """Content of an introduction. The captain is the first of the people."""

    people: Sequence[Person]
    why: str
    news: Mrkdwn | None
    """News for people introduced before: what has changed."""
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
    people, is_async = opening.people, bool(opening.questions)
    captain, other = mention(people[0].person_id), mention(people[1].person_id)
    text, lead = greeting(program, opening)
    why = {PAIR: texts.WHY_TWO, TRIO: texts.WHY_THREE}.get(len(people), texts.WHY_GROUP)
    how = (
        [section(texts.ASYNC_COFFEE()), *written_blocks.asked(match_id, opening.questions)]
        if is_async
        else [
            section(texts.ICEBREAKER(first=captain, other=other, question=opening.starter)),
            *when_to_meet(program, people, opening.slots, opening.agreed_at, opening.minutes),
        ]
    )
    met = answer_with(Answer.MET, match_id, MET_ANYWAY if is_async else None)
    return Message(
        text,
        [
            section(lead),
            *sections(cards(people, now)),
            context(why(why=opening.why)),
            *how,
            actions(met, pause_button(program)),
        ],
    )


def greeting(program: Program, opening: Opening) -> tuple[str, str]:
    """Return the notification and the first line: what's new, the admins' own words, or the default."""
    ids = [person.person_id for person in opening.people]
    names, minutes = mentions(ids), program.minutes
    if opening.news:
        return opening.news, texts.NEWS(news=opening.news)
    first, second = mention(ids[0]), mention(ids[1])
    if opening.questions and len(ids) == PAIR:
        said = texts.MEET_ASYNC(first=first, second=second), texts.MEET_ASYNC_LEAD(first=first, second=second)
    elif opening.questions:
        said = texts.MEET_ASYNC_TOGETHER(), texts.MEET_ASYNC_TOGETHER_LEAD(names=names)
    elif len(ids) == PAIR:
        lead = texts.MEET_LEAD(first=first, second=second, minutes=minutes)
        said = texts.MEET(first=first, second=second), lead
    elif len(ids) == TRIO:
        said = texts.MEET_AS_THREE(names=names), texts.MEET_AS_THREE_LEAD(names=names, minutes=minutes)
    else:
        said = texts.MEET_AS_GROUP(minutes=minutes), texts.MEET_AS_GROUP_LEAD(names=names, minutes=minutes)
    if Template.INTRODUCTION in program.templates:
        return said[0], templates.words(program, Template.INTRODUCTION, names=names, minutes=str(minutes))
    return said


def pause_button(program: Program) -> dict[str, object]:
    """Return a button that names the program, as people would take it for a pause of their match."""
    return button(texts.PAUSE_PROGRAM(program=program.name), PAUSE, str(program.id))


def fewer_of_you(people: Sequence[Person]) -> Mrkdwn:
    names = mentions(person.person_id for person in people)
    return texts.TWO_OF_YOU(names=names) if len(people) == PAIR else texts.FEWER_OF_YOU(count=len(people), names=names)


def came_free(person_ids: Sequence[str]) -> Mrkdwn:
    if len(person_ids) > PAIR:
        return texts.NEW_GROUP(names=mentions(person_ids))
    first, second = person_ids
    return texts.NEW_PARTNER(first=mention(first), second=mention(second))


def joins_you(person_id: str) -> Mrkdwn:
    return texts.JOINS_YOU(person=mention(person_id))


def has_joined(program: Program, person_id: str, *, to_match: bool) -> Mrkdwn:
    said = texts.JUST_JOINED_YOU if to_match else texts.JUST_JOINED
    return said(person=mention(person_id), program=program.name)


def left_alone(program: Program, reason: AbsenceReason, *, after: int) -> Message:
    lead = texts.NO_MATCH_LEAD(program=program.name, reason=ABOUT_YOU[reason](), day=next_day(program))
    return Message(texts.NO_MATCH(), [section(lead), instead(program, after)])


def partner_gone(program: Program, *, after: int) -> Message:
    """Return the notice that a partner can't come, without the reason."""
    lead = texts.PARTNER_OUT_LEAD(program=program.name, day=next_day(program))
    return Message(texts.PARTNER_OUT(), [section(lead), instead(program, after)])


def instead(program: Program, after: int) -> Block:
    """Return what someone without a match can do. `after`: id of this round."""
    skip = button(SKIP_NEXT(), SKIP, round_after(program, after))
    return actions(now_buttons.start(program.id), skip, button(program_texts.PAUSE(), PAUSE, str(program.id)))


def write_them_yourself(program: Program, match_id: int, partners: Sequence[str]) -> Message:
    names = mentions(partners)
    lead = section(texts.SAY_HI_FIRST_LEAD(names=names, program=program.name))
    buttons = actions(answer_with(Answer.MET, match_id), pause_button(program))
    return Message(texts.SAY_HI_FIRST(names=names), [lead, buttons])


def round_counts(program: Program, made: int, met: int | None, bridges: Sequence[Block] = ()) -> Message:
    not_in_yet = context(texts.NOT_IN_YET())
    if met is None:
        return Message(texts.NEW_MATCHES(), [section(texts.NEW_MATCHES_LEAD()), *bridges, not_in_yet])
    is_pairs = program.size == PAIR
    text, lead = (texts.PAIRS_MET, texts.PAIRS_MET_LEAD) if is_pairs else (texts.GROUPS_MET, texts.GROUPS_MET_LEAD)
    return Message(text(made=made, met=met), [section(lead(made=made, met=met)), *bridges, not_in_yet])


def bridges(new: Matching) -> list[Block]:
    """Tell how many teams meet for the first time, and how well connected the company is, where totals tell no more."""
    first, connected = new.tellable_first_coffees, new.quality.connected
    if first is None:
        return []
    said = [texts.FIRST_COFFEES(count=first)]
    if connected is not None:
        said.append(texts.SHARE_CONNECTED(share=f"{round(connected * STEPS) / STEPS:.0%}"))
    return [context(" ".join(said))]
