"""Views of a membership: the welcome, the current state, and buttons to change it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.coffee.matches.buttons import answer_with
from bot.coffee.matches.written.buttons import answer_button
from bot.coffee.now import buttons as now_buttons
from bot.coffee.program import templates
from bot.coffee.program.buttons import (
    JOIN,
    RESUME,
    SKIP,
    UNSKIP,
    membership_buttons,
    round_after,
)
from bot.coffee.program.drawing import mentions, name
from bot.coffee.program.kinds import kind_of
from bot.coffee.program.kinds.blocks import choosing
from bot.coffee.program.rhythm import Rhythm
from bot.coffee.program.templates import Template
from bot.coffee.texts import membership as texts
from bot.coffee.texts.absences import ABOUT_YOU
from bot.coffee.texts.matches import ANSWERS
from bot.coffee.texts.program import JOIN as JOIN_LABEL
from bot.coffee.texts.program import UNDO_SKIP
from bot.core.blocks import actions, button, context, fitting, header, section
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import DAY, Mrkdwn, channel, day, moment
from storage.kinds import AbsenceReason, Answer, MatchState
from storage.programs.programs import Membership, Program
from storage.rounds.rounds import Match

WHY = "programs_why"
PAUSE_UNTIL = "programs_pause_until"
KEEP_APART = "programs_keep_apart"
MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply to a change, with buttons to undo it or continue."""

    text: str
    buttons: Sequence[dict[str, object]] = ()
    choices: Sequence[Block] = ()
    """With several programs: a line with a button for each."""

    @property
    def blocks(self) -> list[Block]:
        return [section(self.text), *self.choices, *([actions(*self.buttons)] if self.buttons else [])]


def welcome(
    program: Program, rhythm: Rhythm, starts_at: datetime, *, after: int, partners: Sequence[str], is_late: bool
) -> Message:
    """`partners`: if they are matched already. `is_late`: a round is running."""
    first_match = moment(starts_at, program.zone)
    words = templates.words(
        program,
        Template.WELCOME,
        minutes=str(program.minutes),
        who=kind_of(program).who(),
        rhythm=rhythm.how_often,
        start=first_match,
    )
    more = [section(at_once(program, partners, starts_at))] if partners or is_late else []
    text = texts.WELCOME_MATCHED(program=name(program))
    if not partners:
        text = texts.WELCOME(program=name(program), day=moment(starts_at, program.zone, DAY))
    buttons = actions(*membership_buttons(program, skipped=False, after=after))
    return Message(text, [section(words), *more, *choosing(program, None), buttons, context(texts.QUIET_WAYS_OUT())])


def at_once(program: Program, partners: Sequence[str], starts_at: datetime) -> str:
    """Return what someone who joins during a round can expect of it."""
    if partners:
        return texts.MATCHED_AT_ONCE(names=mentions(partners))
    return texts.FIRST_COFFEE_LATER(day=moment(starts_at, program.zone, DAY))


def not_for_them(program: Program, reason: str) -> Message:
    text = texts.NOT_FOR_THEM(program=program.name, channel=channel(program.channel_id), people=reason)
    return Message(text, [section(text)])


class Writing(enum.Enum):
    """State of an async coffee for one of its people."""

    IS_OWED = enum.auto()
    WAITS_FOR_OTHERS = enum.auto()


@dataclass(frozen=True, slots=True)
class Coffee:
    """A person's match in the running round."""

    match_id: int
    partners: Sequence[str]
    answer: Answer | None
    agreed_at: datetime | None
    is_ahead: bool = False
    """Whether the agreed time is still ahead."""
    in_writing: Writing | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's state in one program."""

    member: Membership | None
    today: date
    coffee: Coffee | None = None
    was_called_off: bool = False
    """Whether this round's match was called off."""
    open_before: Coffee | None = None
    """Match of the round before, if they have not said whether they met."""
    absence: AbsenceReason | None = None
    is_looking: bool = False
    """Whether they are searching for a coffee now, in any program."""
    after: int = 0
    """Id of the last round; 0 before the first."""
    can_join: bool = True
    """Whether a button can do it. Otherwise there is another way, or none for this person."""


def standing(program: Program, rhythm: Rhythm, where: Standing) -> list[Block]:
    member = where.member
    there = channel(program.channel_id)
    title = section(texts.PROGRAM(program=program.name, channel=there, rhythm=rhythm.how_often))
    if member is None or member.left_at is not None:
        join = actions(button(JOIN_LABEL(), JOIN, str(program.id), style="primary"))
        return [title, join if where.can_join else context(texts.JOIN_CHANNEL_FIRST())]
    drawn = [title, *choosing(program, member), *last_round(where), *this_round(program, where)]
    if member.paused_until is not None and member.paused_until > where.today:
        drawn.append(section(texts.ON_A_BREAK(day=day(member.paused_until, where.today))))
        return [*drawn, actions(button(texts.COME_BACK_NOW(), RESUME, str(program.id)))]
    skipped = member.skipped_round_at == program.next_round_at
    next_round = texts.NEXT_ROUND_SKIPPED if skipped else texts.NEXT_ROUND
    drawn.append(section(next_round(when=moment(program.next_round_at, program.zone))))
    more = [*now_buttons.for_member(member, is_looking=where.is_looking), *why_button(program, where)]
    return [*drawn, actions(*more, *membership_buttons(program, skipped=skipped, after=where.after))]


def why_this_match(program: Program, partners: Sequence[str], match: Match) -> str:
    if match.state is MatchState.CALLED_OFF:
        if partners:
            return texts.WHY_CALLED_OFF(program=program.name, names=mentions(partners))
        return texts.WHY_CALLED_OFF_ALONE(program=program.name)
    if partners:
        return texts.WHY(program=program.name, names=mentions(partners), why=match.why)
    return texts.WHY_ALONE(program=program.name, why=match.why)


def why_button(program: Program, where: Standing) -> list[dict[str, object]]:
    label = texts.WHY_MATCH if where.coffee else texts.WHY_NO_MATCH if where.absence else None
    return [button(label(), WHY, str(program.id))] if label else []


def last_round(where: Standing) -> list[Block]:
    before = where.open_before
    if before is None:
        return []
    labels = {Answer.MET: texts.YES_WE_MET, Answer.NOT_YET: texts.NO_WE_DIDNT}
    answers = [answer_with(answer, before.match_id, label) for answer, label in labels.items()]
    return [section(texts.LAST_ROUND(names=mentions(before.partners))), actions(*answers)]


def this_round(program: Program, where: Standing) -> list[Block]:
    if where.coffee:
        return current_match(program, where.coffee)
    if where.was_called_off:
        return [context(texts.CALLED_OFF())]
    return [context(texts.NO_MATCH(reason=ABOUT_YOU[where.absence]()))] if where.absence else []


def current_match(program: Program, coffee: Coffee) -> list[Block]:
    if coffee.answer is Answer.MET:
        undo = answer_with(Answer.NOT_YET, coffee.match_id, texts.NOT_YET_AFTER_ALL)
        return [section(texts.YOU_MET(names=mentions(coffee.partners)), accessory=undo)]
    answers = [answer_with(each, coffee.match_id) for each in Answer]
    if coffee.in_writing is Writing.IS_OWED:
        answers = [answer_button(coffee.match_id), *answers]
    return [section(state_of(program, coffee)), actions(*answers)]


def state_of(program: Program, coffee: Coffee) -> str:
    names = mentions(coffee.partners)
    if coffee.answer:
        return texts.COFFEE_ANSWERED(names=names, answer=ANSWERS[coffee.answer]())
    if coffee.in_writing is not None:
        is_owed = coffee.in_writing is Writing.IS_OWED
        return (texts.ASYNC_OWED if is_owed else texts.ASYNC_WAITING)(names=names)
    if coffee.agreed_at is None:
        return texts.COFFEE_OPEN(names=names)
    said = texts.COFFEE_AHEAD if coffee.is_ahead else texts.COFFEE_PASSED
    return said(names=names, when=moment(coffee.agreed_at, program.zone))


# Replies


def day_of(at: datetime, program: Program) -> Mrkdwn:
    return moment(at, program.zone, DAY)


def next_day(program: Program) -> Mrkdwn:
    return day_of(program.next_round_at, program)


def joined(program: Program, *, was_in: bool) -> Reply:
    if was_in:
        return Reply(texts.ALREADY_IN(program=program.name, day=next_day(program)))
    return Reply(texts.JOINED(program=program.name, day=next_day(program)))


def came_back(programs: Sequence[Program]) -> Reply:
    if len(programs) > 1:
        return Reply(texts.WELCOME_BACK_TO_ALL(programs=listed([name(one) for one in programs])))
    return Reply(texts.WELCOME_BACK(day=next_day(programs[0])))


def stays(program: Program) -> Reply:
    return Reply(texts.KEPT_IN(day=next_day(program)))


def left(program: Program) -> Reply:
    return Reply(texts.LEFT(program=program.name), [button(texts.REJOIN(), JOIN, str(program.id))])


def paused(programs: Sequence[Program], until: date, today: date) -> Reply:
    ids = ",".join(str(one.id) for one in programs)
    text = texts.PAUSED(programs=listed([name(one) for one in programs]), day=day(until, today))
    return Reply(text, [button(texts.COME_BACK_NOW(), RESUME, ids)])


def skips(program: Program, meant: str, at: datetime) -> Reply:
    """Return the reply for the next round or a later one."""
    return Reply(texts.SKIPS(day=day_of(at, program)), [button(UNDO_SKIP(), UNSKIP, meant)])


def skips_already(program: Program, meant: str, at: datetime) -> Reply:
    return Reply(texts.ALREADY_SKIPS(day=day_of(at, program)), [button(UNDO_SKIP(), UNSKIP, meant)])


def skips_another(program: Program, meant: str, at: datetime) -> Reply:
    return Reply(texts.SKIPS_ANOTHER(day=day_of(at, program)), [button(UNDO_SKIP(), UNSKIP, meant)])


def skip_is_late(program: Program, after: int) -> Reply:
    """Return the reply to an old button whose round has started."""
    skip = button(texts.SKIP_NEXT(), SKIP, round_after(program, after))
    return Reply(texts.SKIP_IS_LATE(day=next_day(program)), [skip])


def back_in(program: Program, meant: str) -> Reply:
    return Reply(texts.BACK_IN(day=next_day(program)), [button(texts.SKIP_AGAIN(), SKIP, meant)])


def undo_is_late(program: Program) -> Reply:
    return Reply(texts.UNDO_IS_LATE(day=next_day(program)))


def which_one(question: str, lines: Sequence[tuple[Program, dict[str, Any]]], *buttons: dict[str, Any]) -> Reply:
    drawn = [
        section(texts.A_PROGRAM(program=one.name, channel=channel(one.channel_id)), accessory=each)
        for one, each in lines
    ]
    return Reply(question, buttons, fitting(drawn, MOST_LINES, texts.MORE_IN_HOME()))


def and_more(programs: int) -> Block:
    return context(texts.MORE_PROGRAMS(count=programs))


def nothing_to_join() -> list[Block]:
    return [section(texts.NOTHING_TO_JOIN())]


def privately(apart: Sequence[str]) -> Block:
    """Return the person's private block list for Home."""
    text = texts.DONT_MATCH(count=len(apart)) if apart else texts.DONT_MATCH_NO_ONE()
    return section(text, accessory=button(texts.EDIT(), KEEP_APART))


def home_heading() -> Block:
    return header(texts.HEADING())
