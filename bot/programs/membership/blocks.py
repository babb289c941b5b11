"""What people see of being in a program: the welcome, where they stand, and the buttons to change it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.blocks import actions, button, confirmed, context, header, section
from bot.core.message import Block, Message
from bot.core.texts import channel, count, day, escape, listed, mention, moment
from bot.programs import templates
from bot.programs.check_ins.blocks import ANSWERS, LABELS
from bot.programs.drawing import STAYS, WHEN, name
from bot.programs.kinds import kind_of
from bot.programs.kinds.blocks import choosing
from bot.programs.now import buttons as now_buttons
from bot.programs.rhythm import Rhythm
from bot.programs.templates import Template
from bot.programs.written.buttons import answer_button
from storage.kinds import Answer, MatchState
from storage.programs import Membership, Program
from storage.rounds import Match

JOIN, LEAVE, PAUSE, RESUME, SKIP, UNSKIP, STAY = (
    f"programs_{what}" for what in ("join", "leave", "pause", "resume", "skip", "unskip", "stay")
)
WHY = "programs_why"
KEEP_APART = "programs_keep_apart"


def welcome(program: Program, rhythm: Rhythm, starts_at: datetime) -> Message:
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
    buttons = actions(*membership_buttons(program, skipped=False))
    return Message(text, [section(words), *choosing(program, None), buttons])


def not_for_them(program: Program, whom: str) -> Message:
    text = f"{name(program)} in {channel(program.channel_id)} is for {whom}."
    more = "So I won't match you with anybody. The channel is yours all the same; if that changes, I'll welcome you."
    return Message(f"{text} {more}", [section(f"{text} {more}")])


def membership_buttons(program: Program, *, skipped: bool) -> list[dict[str, object]]:
    which = str(program.id)
    skip = button("Join the next one after all", UNSKIP, which) if skipped else button("Skip this time", SKIP, which)
    return [skip, button("Pause", PAUSE, which), leave_button(which)]


def leave_button(which: str) -> dict[str, object]:
    return confirmed(
        button("Leave", LEAVE, which),
        "Leave this program?",
        "You won't be matched any more. What you did so far stays yours, and you can join again any time.",
        "Leave",
        "Stay",
    )


class Writing(enum.Enum):
    """How far a written coffee has come, for one of those in it."""

    IS_OWED = enum.auto()
    WAITS_FOR_OTHERS = enum.auto()


@dataclass(frozen=True, slots=True)
class Coffee:
    """A person's match of the round that is running, as they see it."""

    match_id: int
    partners: Sequence[str]
    answer: Answer | None
    agreed_at: datetime | None
    is_ahead: bool = False
    """The time that they agreed on has not come yet."""
    in_writing: Writing | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person is in one program."""

    member: Membership | None
    today: date
    coffee: Coffee | None = None
    was_called_off: bool = False
    """Their match of this round."""
    open_before: Coffee | None = None
    """Of the round before, where they have not said yet whether they met."""
    absence: str | None = None
    is_looking: bool = False
    """For a coffee now, in any program."""


def standing(program: Program, rhythm: Rhythm, where: Standing) -> list[Block]:
    member = where.member
    title = section(f"*{name(program)}* in {channel(program.channel_id)}, {rhythm.words}")
    if member is None or member.left_at is not None:
        return [title, actions(button("Join", JOIN, str(program.id), style="primary"))]
    drawn = [title, *choosing(program, member), *last_round(where), *this_round(program, where)]
    if member.paused_until is not None and member.paused_until > where.today:
        drawn.append(section(f"You are taking a break until {day(member.paused_until)}."))
        return [*drawn, actions(button("End the break", RESUME, str(program.id)))]
    skipped = member.skipped_round_at == program.next_round_at
    next_time = moment(program.next_round_at, program.zone)
    drawn.append(section(f"Next round: {next_time}{', and you sit it out' if skipped else ''}."))
    more = [*now_buttons.for_member(member, is_looking=where.is_looking), *why_button(program, where)]
    return [*drawn, actions(*more, *membership_buttons(program, skipped=skipped))]


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
    return [context(f"This round you have no match: {where.absence}.")] if where.absence else []


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


def sits_out(program: Program) -> str:
    starts = moment(program.next_round_at, program.zone)
    return f"You sit out the round that starts {starts}. The one after it is yours again."


def and_more(programs: int) -> Block:
    more = count(programs, "more program")
    return context(f"And {more}. In the channel of a program, `/coffee` shows where you stand in that one.")


def nothing_to_join() -> list[Block]:
    return [section("There is no program to join yet. An admin can set one up in Weft's Home tab.")]


def privately(apart: Sequence[str]) -> Block:
    """What only this person sees of whom they would rather not meet."""
    people = f"{count(len(apart), 'person', 'people')} you would rather not be matched with" if apart else "Nobody yet"
    return section(f"*People I'd rather not meet*\n{people}. Only you see this.", accessory=button("Edit", KEEP_APART))


def home_heading() -> Block:
    return header("Coffee")
