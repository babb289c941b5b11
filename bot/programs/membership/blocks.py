"""What people see of being in a program: the welcome, where they stand, and the buttons to change it."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.blocks import actions, button, confirmed, context, header, section
from bot.core.message import Block, Message
from bot.core.texts import channel, count, day, listed, mention, moment
from bot.programs import templates
from bot.programs.check_ins.blocks import ANSWERS, LABELS
from bot.programs.drawing import WHEN, name
from bot.programs.kinds import kind_of
from bot.programs.kinds.blocks import choosing
from bot.programs.rhythm import Rhythm
from bot.programs.templates import Template
from storage.kinds import Answer
from storage.programs import Membership, Program

JOIN, LEAVE, PAUSE, RESUME, SKIP, UNSKIP, STAY = (
    f"programs_{what}" for what in ("join", "leave", "pause", "resume", "skip", "unskip", "stay")
)
KEEP_APART = "programs_keep_apart"


def welcome(program: Program, rhythm: Rhythm) -> Message:
    kind = kind_of(program)
    text = f"Welcome to {name(program)}: {program.minutes} minutes with {kind.who}."
    words = templates.words(
        program,
        Template.WELCOME,
        minutes=str(program.minutes),
        who=kind.who,
        rhythm=rhythm.words,
        start=moment(program.next_round_at, program.zone),
    )
    buttons = actions(*membership_buttons(program, skipped=False))
    return Message(text, [section(words), *choosing(program, None), buttons])


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


def standing(
    program: Program,
    rhythm: Rhythm,
    member: Membership | None,
    *,
    partners: Sequence[str] = (),
    match_id: int | None = None,
    answer: Answer | None = None,
    agreed_at: datetime | None = None,
    absence: str | None = None,
    today: date,
) -> list[Block]:
    title = section(f"*{name(program)}* in {channel(program.channel_id)}, {rhythm.words}")
    if member is None or member.left_at is not None:
        return [title, actions(button("Join", JOIN, str(program.id), style="primary"))]
    drawn = [title, *choosing(program, member)]
    if partners and match_id is not None:
        drawn += current_match(program, partners, match_id, answer, agreed_at)
    elif absence:
        drawn.append(context(f"This round you have no match: {absence}."))
    if member.paused_until is not None and member.paused_until > today:
        drawn.append(section(f"You are taking a break until {day(member.paused_until)}."))
        return [*drawn, actions(button("End the break", RESUME, str(program.id)))]
    skipped = member.skipped_round_at == program.next_round_at
    next_time = moment(program.next_round_at, program.zone)
    drawn.append(section(f"Next round: {next_time}{', and you sit it out' if skipped else ''}."))
    return [*drawn, actions(*membership_buttons(program, skipped=skipped))]


def current_match(
    program: Program, partners: Sequence[str], match_id: int, answer: Answer | None, agreed_at: datetime | None
) -> list[Block]:
    names = listed([mention(person_id) for person_id in partners])
    if answer is Answer.MET:
        undo = button("Not yet after all", ANSWERS[Answer.NOT_YET], str(match_id))
        return [section(f"You met {names}.", accessory=undo)]
    time = f" You agreed on {moment(agreed_at, program.zone, WHEN)}." if agreed_at else ""
    return [
        section(f"Your coffee now: {names}.{time} {LABELS[answer] + '.' if answer else 'Have you met?'}"),
        actions(*(button(LABELS[each], action_id, str(match_id)) for each, action_id in ANSWERS.items())),
    ]


def nothing_to_join() -> list[Block]:
    return [section("There is no program to join yet. An admin can set one up in Weft's Home tab.")]


def privately(apart: Sequence[str]) -> Block:
    """What only this person sees of whom they would rather not meet."""
    people = f"{count(len(apart), 'person', 'people')} you would rather not be matched with" if apart else "Nobody yet"
    return section(f"*People I'd rather not meet*\n{people}. Only you see this.", accessory=button("Edit", KEEP_APART))


def home_heading() -> Block:
    return header("Coffee")
