"""Views of a membership: the welcome, the current state, and buttons to change it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.coffee.absences import ABOUT_YOU
from bot.coffee.matches.answers import ANSWERS, LABELS
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
from bot.coffee.program.drawing import STAYS, WHEN, name
from bot.coffee.program.kinds import kind_of
from bot.coffee.program.kinds.blocks import choosing
from bot.coffee.program.rhythm import Rhythm
from bot.coffee.program.templates import Template
from bot.core.blocks import actions, button, context, fitting, header, section
from bot.core.message import Block, Message
from bot.core.texts import channel, count, day, escape, listed, mention, moment
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
    kind = kind_of(program)
    text = f"Welcome to {name(program)}: {program.minutes} minutes with {kind.who}."
    words = templates.words(
        program,
        Template.WELCOME,
        minutes=str(program.minutes),
        who=kind.who,
        rhythm=rhythm.words,
        start=moment(starts_at, program.zone, STAYS),
    )
    buttons = actions(*membership_buttons(program, skipped=False, after=after))
    more = [section(at_once(program, partners, starts_at))] if partners or is_late else []
    if partners:
        text = f"Welcome to {name(program)}! You already have a match."
    return Message(text, [section(words), *more, *choosing(program, None), buttons])


def at_once(program: Program, partners: Sequence[str], starts_at: datetime) -> str:
    """Return what someone who joins during a round can expect of it."""
    if partners:
        names = listed([mention(person_id) for person_id in partners])
        return f"Good timing: you're already matched with {names} this round. Say hi in your group message!"
    starts = moment(starts_at, program.zone, STAYS)
    return (
        f"Everyone's already matched in the round that's running, so your first coffee comes with the one on {starts}."
    )


def not_for_them(program: Program, reason: str) -> Message:
    text = f"{name(program)} in {channel(program.channel_id)} is for {reason}."
    more = "So I won't match you with anybody. The channel is yours all the same; if that changes, I'll welcome you."
    return Message(f"{text} {more}", [section(f"{text} {more}")])


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
    title = section(f"*{name(program)}* in {channel(program.channel_id)}, {rhythm.words}")
    if member is None or member.left_at is not None:
        join = actions(button("Join", JOIN, str(program.id), style="primary"))
        return [title, join if where.can_join else context("The way in is its channel.")]
    drawn = [title, *choosing(program, member), *last_round(where), *this_round(program, where)]
    if member.paused_until is not None and member.paused_until > where.today:
        drawn.append(section(f"You are taking a break until {day(member.paused_until)}."))
        return [*drawn, actions(button("End the break", RESUME, str(program.id)))]
    skipped = member.skipped_round_at == program.next_round_at
    next_time = moment(program.next_round_at, program.zone)
    drawn.append(section(f"Next round: {next_time}{', and you sit it out' if skipped else ''}."))
    more = [*now_buttons.for_member(member, is_looking=where.is_looking), *why_button(program, where)]
    return [*drawn, actions(*more, *membership_buttons(program, skipped=skipped, after=where.after))]


def why_this_match(program: Program, partners: Sequence[str], match: Match) -> str:
    names = listed([mention(person_id) for person_id in partners])
    if match.state is MatchState.CALLED_OFF:
        return f"Your match in {name(program)}{f' with {names}' if names else ''} was called off: somebody can't come."
    return f"Your match in {name(program)}{f' is {names}' if names else ''}: {escape(match.why)}."


def why_button(program: Program, where: Standing) -> list[dict[str, object]]:
    label = "Why this match?" if where.coffee else "Why no match?" if where.absence else None
    return [button(label, WHY, str(program.id))] if label else []


def last_round(where: Standing) -> list[Block]:
    before = where.open_before
    if before is None:
        return []
    names = listed([mention(person_id) for person_id in before.partners])
    told = {Answer.MET: "Yes, we did", Answer.NOT_YET: "No, we didn't"}
    answers = [button(label, ANSWERS[answer], str(before.match_id)) for answer, label in told.items()]
    return [section(f"Last round you were matched with {names}. Did you get to meet?"), actions(*answers)]


def this_round(program: Program, where: Standing) -> list[Block]:
    if where.coffee:
        return current_match(program, where.coffee)
    if where.was_called_off:
        return [context("Your match this round was called off: somebody can't come.")]
    return [context(f"This round you have no match: {ABOUT_YOU[where.absence]}.")] if where.absence else []


def current_match(program: Program, coffee: Coffee) -> list[Block]:
    names = listed([mention(person_id) for person_id in coffee.partners])
    if coffee.answer is Answer.MET:
        undo = button("Not yet after all", ANSWERS[Answer.NOT_YET], str(coffee.match_id))
        return [section(f"You met {names}.", accessory=undo)]
    meet = "meet" if coffee.is_ahead else "wanted to meet"
    time = f" You {meet} {moment(coffee.agreed_at, program.zone, WHEN)}." if coffee.agreed_at else ""
    answers = [button(LABELS[each], action_id, str(coffee.match_id)) for each, action_id in ANSWERS.items()]
    if coffee.in_writing is Writing.IS_OWED:
        answers = [answer_button(coffee.match_id), *answers]
    return [section(f"Your match this round: {names}.{time} {state_of(coffee)}".rstrip()), actions(*answers)]


def state_of(coffee: Coffee) -> str:
    if coffee.answer:
        return f"{LABELS[coffee.answer]}."
    if coffee.in_writing is Writing.IS_OWED:
        return "It is a written one, and your answers are not there yet. A sentence each is plenty."
    if coffee.in_writing is Writing.WAITS_FOR_OTHERS:
        return "You have written. When everybody has, you all see the answers in your conversation."
    return "" if coffee.is_ahead else "Have you met?"


# Replies


def joined(program: Program, *, was_in: bool) -> Reply:
    lead = f"You're already in {name(program)}." if was_in else f"You're in {name(program)}!"
    return Reply(f"{lead} {next_match(program)}")


def came_back(programs: Sequence[Program]) -> Reply:
    if len(programs) > 1:
        return Reply(f"Welcome back! You're in {listed([name(one) for one in programs])} again.")
    return Reply(f"Welcome back! {next_match(programs[0])}")


def stays(program: Program) -> Reply:
    return Reply(f"Great, you're in! {next_match(program)}")


def left(program: Program) -> Reply:
    return Reply(f"You've left {name(program)}. You can rejoin any time.", [button("Rejoin", JOIN, str(program.id))])


def paused(programs: Sequence[Program], until: date) -> Reply:
    ids = ",".join(str(one.id) for one in programs)
    text = f"You're on a break from {listed([name(one) for one in programs])} until {day(until)}. Enjoy!"
    return Reply(text, [button("Come back now", RESUME, ids)])


def skips(program: Program, meant: str, at: datetime) -> Reply:
    """Return the reply for the next round or a later one."""
    text = f"OK, you're skipping the round on {moment(at, program.zone, STAYS)}. You'll be back in for the one after."
    return Reply(text, [button("Undo skip", UNSKIP, meant)])


def skips_already(program: Program, meant: str, at: datetime) -> Reply:
    text = f"You're already skipping the round on {moment(at, program.zone, STAYS)}."
    return Reply(text, [button("Undo skip", UNSKIP, meant)])


def skips_another(program: Program, meant: str, at: datetime) -> Reply:
    starts = moment(at, program.zone, STAYS)
    text = f"You're already skipping the round on {starts}, and I keep one at a time. Undo that one first."
    return Reply(text, [button("Undo skip", UNSKIP, meant)])


def skip_is_late(program: Program, after: int) -> Reply:
    """Return the reply to an old button whose round has started."""
    starts = moment(program.next_round_at, program.zone, STAYS)
    text = f"That round has already started. Want to skip the next one, on {starts}?"
    return Reply(text, [button("Skip the next one", SKIP, round_after(program, after))])


def back_in(program: Program, meant: str) -> Reply:
    return Reply(f"You're back in. {next_match(program)}", [button("Skip it after all", SKIP, meant)])


def undo_is_late(program: Program) -> Reply:
    return Reply(f"That round has already started. {next_match(program)}")


def next_match(program: Program) -> str:
    return f"Your next match comes on {moment(program.next_round_at, program.zone, STAYS)}."


def which_one(question: str, lines: Sequence[tuple[Program, dict[str, Any]]], *buttons: dict[str, Any]) -> Reply:
    drawn = [section(f"*{name(program)}* in {channel(program.channel_id)}", accessory=each) for program, each in lines]
    return Reply(question, buttons, fitting(drawn, MOST_LINES, "There are more of them in Weft's Home tab."))


def and_more(programs: int) -> Block:
    more = count(programs, "more program")
    return context(f"And {more}. In the channel of a program, `/coffee` shows where you stand in that one.")


def nothing_to_join() -> list[Block]:
    return [section("There is no program to join yet. An admin can set one up in Weft's Home tab.")]


def privately(apart: Sequence[str]) -> Block:
    """Return the person's private block list for Home."""
    people = f"{count(len(apart), 'person', 'people')} you would rather not be matched with" if apart else "Nobody yet"
    return section(f"*People I'd rather not meet*\n{people}. Only you see this.", accessory=button("Edit", KEEP_APART))


def home_heading() -> Block:
    return header("Coffee")
