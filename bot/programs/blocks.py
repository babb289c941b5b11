"""What people see of programs: messages, and their part of Home."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.core.blocks import actions, button, confirmed, context, header, section
from bot.core.calendar import zone_or_utc
from bot.core.message import Block, Message
from bot.core.texts import channel, count, cut, day, escape, link, listed, mention, moment, plain
from bot.programs.calendar_links import google_link, outlook_link
from bot.programs.rules import Rhythm
from bot.programs.slot_rules import LENGTH
from storage.kinds import Answer
from storage.people import Person
from storage.programs import Membership, Program

JOIN, LEAVE, PAUSE, RESUME, SKIP, UNSKIP = (
    f"programs_{what}" for what in ("join", "leave", "pause", "resume", "skip", "unskip")
)
SET_UP, EDIT, KEEP_APART = "programs_set_up", "programs_edit", "programs_keep_apart"
SLOT = "programs_slot"
ANSWERS = {answer: f"programs_answer_{answer.value}" for answer in Answer}
LABELS = {
    Answer.MET: "We met",
    Answer.PLANNED: "It's planned",
    Answer.NOT_YET: "Not yet",
    Answer.BUSY: "My weeks broke",
    Answer.NO_REPLY: "No reply",
}
THANKS = {
    Answer.MET: "Lovely, noted. I hope it was a good one.",
    Answer.PLANNED: "Noted. Enjoy it.",
    Answer.NOT_YET: "Noted, there is still time.",
    Answer.BUSY: "Noted, that happens. I won't ask about this one again.",
    Answer.NO_REPLY: "Noted, only for me. I won't ask about this one again, and you will meet somebody else next time.",
}

WHEN = "{date_long_pretty} at {time}"
"""A time that people choose and keep: with its weekday."""
LONGEST_TITLE = 100
"""Of a calendar's entry: encoded in two links it has to fit into one block."""
AGREED = "Agreed. I'll write the time to all of you."


def name(program: Program) -> str:
    return escape(program.name)


# Messages


def welcome(program: Program, rhythm: Rhythm) -> Message:
    starts = moment(program.next_round_at, program.zone)
    text = f"Welcome to {name(program)}: 15 minutes with a colleague from another team."
    return Message(
        text,
        [
            section(
                f"Welcome to *{name(program)}*, 15 minutes with a colleague from another team, {rhythm.words}.\n\n"
                f"The next round starts {starts}. I'll introduce you in a group message and suggest who writes first; "
                "you two choose the time."
            ),
            actions(*membership_buttons(program, skipped=False)),
        ],
    )


def membership_buttons(program: Program, *, skipped: bool) -> list[dict[str, object]]:
    which = str(program.id)
    skip = button("Join the next one after all", UNSKIP, which) if skipped else button("Skip this time", SKIP, which)
    leave = confirmed(
        button("Leave", LEAVE, which),
        "Leave this program?",
        "You won't be matched any more. What you did so far stays yours, and you can join again any time.",
        "Leave",
        "Stay",
    )
    return [skip, button("Pause", PAUSE, which), leave]


def heads_up(program: Program) -> Message:
    starts = moment(program.next_round_at, program.zone)
    text = f"The next round of {name(program)} starts {starts}. You are in."
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
    text = f"{names}, meet for 15 minutes? {captain}, would you write first?"
    lead = (
        f"{names}, the third of you can't come this time, so it's the two of you in *{name(program)}*."
        if is_smaller
        else f"{names}, you are matched in *{name(program)}*: 15 minutes, no agenda."
    )
    return Message(
        text,
        [
            section(lead),
            section("\n".join(card(person, now) for person in people)),
            context(f"Why you: {why}"),
            *when_to_meet(program, people, slots, agreed_at),
            actions(button("We met", ANSWERS[Answer.MET], str(match_id)), button("Pause", PAUSE, str(program.id))),
        ],
    )


def when_to_meet(
    program: Program, people: Sequence[Person], slots: Sequence[tuple[int, datetime]], agreed_at: datetime | None
) -> list[Block]:
    captain = mention(people[0].person_id)
    if agreed_at is not None:
        words = f"Your time stays as you agreed: *{moment(agreed_at, program.zone, WHEN)}*."
        return [section(words), calendar_links(program, people, agreed_at)]
    if not slots:
        return [section(f"{captain}, would you suggest a time?")]
    lead = f"Pick what works for you, or write another time. {captain}, would you begin?"
    return [section(lead), *(offered(program, number, *slot) for number, slot in enumerate(slots, 1))]


def offered(program: Program, number: int, slot_id: int, at: datetime) -> Block:
    # The label of a button can't show each reader's own zone, so the time stands beside it.
    works = button(f"{number} works for me", SLOT, str(slot_id))
    return section(f"*{number}*  {moment(at, program.zone, WHEN)}", accessory=works)


def chosen(waiting_for: Sequence[str]) -> str:
    who = f"{mention(waiting_for[0])} chooses" if len(waiting_for) == 1 else "the others choose"
    return f"Noted. When {who} it too, I'll tell you."


def agreed(program: Program, people: Sequence[Person], at: datetime) -> Message:
    names = listed([mention(person.person_id) for person in people])
    text = f"It's agreed: {names}, you meet {moment(at, program.zone, WHEN)}, for 15 minutes."
    return Message(
        text,
        [
            section(f"It's agreed: {names}, you meet *{moment(at, program.zone, WHEN)}*, for 15 minutes."),
            calendar_links(program, people, at),
            context("Something came up? Just write here and find another time."),
        ],
    )


def calendar_links(program: Program, people: Sequence[Person], at: datetime) -> Block:
    title = cut(plain(f"{program.name}: {listed([person.name for person in people])}"), LONGEST_TITLE)
    google, outlook = google_link(title, at, at + LENGTH), outlook_link(title, at, at + LENGTH)
    return section(f"{link(google, 'Add to Google Calendar')} · {link(outlook, 'Add to Outlook')}")


def card(person: Person, now: datetime) -> str:
    """Who somebody is, in a line."""
    known = [escape(word) for word in (person.title, person.team, person.office) if word]
    local = now.astimezone(zone_or_utc(person.zone))
    return " · ".join([mention(person.person_id), *known, f"{local:%H:%M} for them now"])


def check_in(match_id: int, partners: Sequence[str], *, final: bool) -> Message:
    names = listed([mention(person_id) for person_id in partners])
    text = f"Did you get to meet {names}?" if final else f"How is it going with {names}: have you met yet?"
    buttons = [button(LABELS[answer], action_id, str(match_id)) for answer, action_id in ANSWERS.items()]
    return Message(text, [section(text), actions(*buttons), context("Only I see your answer. No answer is fine too.")])


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


def round_skipped(program: Program, due_at: datetime) -> Message:
    was_due = moment(due_at, program.zone)
    next_time = moment(program.next_round_at, program.zone)
    text = (
        f"I could not start the round of {name(program)} that was due {was_due}: Weft was not running for more than "
        f"a day. The next one starts {next_time}."
    )
    return Message(text, [section(text), actions(button("Change the program", EDIT, str(program.id)))])


def channel_lost(program: Program, code: str) -> Message:
    text = (
        f"I can't see the channel of {name(program)} any more ({code}), so nobody new can join through it. "
        "Invite me to it again, or choose another channel."
    )
    return Message(text, [section(text), actions(button("Change the program", EDIT, str(program.id)))])


# Standing: the same in Home and as the answer to `/coffee status`


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
    drawn = [title]
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


def admin_section(programs: Sequence[tuple[Program, Rhythm, int]]) -> list[Block]:
    drawn: list[Block] = [header("For admins")]
    for program, rhythm, members in programs:
        words = f"*{name(program)}* in {channel(program.channel_id)}, {rhythm.words} · {count(members, 'member')}"
        drawn.append(section(words, accessory=button("Change", EDIT, str(program.id))))
    return [*drawn, actions(button("Set up a coffee program", SET_UP))]
