"""Views of programs for admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.coffee.program.days_off import countries
from bot.coffee.program.drawing import name
from bot.coffee.program.kinds import kind_of
from bot.coffee.program.rhythm import Rhythm
from bot.coffee.program.templates import KNOWN, Template
from bot.core.blocks import actions, button, confirmed, context, header, plain_text, section
from bot.core.channel_trouble import RESTRICTED
from bot.core.channel_trouble import trouble_of as trouble_in
from bot.core.message import Block, Message
from bot.core.texts import channel, count, escape, listed, mention, moment
from storage.kinds import Joining, ProgramState
from storage.programs.programs import MEMBERS_UNREAD, Program

SET_UP, EDIT, OPEN, FIND, MORE, WORDING, START, STOP, DELETE, PREVIEW = (
    f"programs_{what}"
    for what in ("set_up", "edit", "open", "find", "more", "wording", "start", "stop", "delete", "preview")
)
KIND, GROUPED_BY, RHYTHM = (f"programs_{what}" for what in ("kind", "grouped_by", "rhythm"))
"""Form fields that others depend on."""
MOST_LISTED = 30
STATES = {ProgramState.DRAFT: "draft, nobody knows of it yet", ProgramState.STOPPED: "stopped"}


# Messages to admins


def round_skipped(program: Program, due_at: datetime) -> Message:
    was_due = moment(due_at, program.zone)
    next_time = moment(program.next_round_at, program.zone)
    text = (
        f"I could not start the round of {name(program)} that was due {was_due}: Weft was not running for more than "
        f"a day. The next one starts {next_time}."
    )
    return Message(text, [section(text), actions(button("Change the program", EDIT, str(program.id)))])


def round_overdue(program: Program) -> Message:
    was_due = moment(program.next_round_at, program.zone)
    text = (
        f"The round of {name(program)} was due {was_due} and I could not start it. I keep trying; whoever runs Weft "
        "finds the reason in its log."
    )
    return Message(text, [section(text), actions(button("Look at the program", OPEN, str(program.id)))])


def no_one_meets(program: Program) -> Message:
    where = channel_of(program)
    way_in = where if program.joining is Joining.CHANNEL else f"{where}, `/coffee join`, or Home"
    text = (
        f"This round of {name(program)} brings no one together: it takes two people who may meet each other. "
        f"More can join through {way_in}. I go on trying, and write again only after a round in which people met."
    )
    return Message(text, [section(text), actions(button("Look at the program", OPEN, str(program.id)))])


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why people can't join a program through its channel, and the remedy."""

    what: str
    way_out: str


INVITE = "Invite me again, or choose another channel."
TROUBLES = {
    "is_archived": Trouble(
        "The channel {channel} of {program} is archived", "Bring the channel back, or choose another one."
    ),
    "channel_deleted": Trouble("The channel of {program} is deleted", "Please choose another one."),
    RESTRICTED: Trouble("I can't post in the channel {channel} of {program}", trouble_in(RESTRICTED).way_out),
    "not_in_channel": Trouble("I was removed from the channel {channel} of {program}", INVITE),
}
UNREAD = Trouble(
    "Slack hasn't told me for a while who is in the channel {channel} of {program}",
    "I'll keep trying. If this lasts, please tell the person who runs Weft: the log says why.",
)
OUT_OF_SIGHT = Trouble("I can't see the channel of {program} any more", INVITE)


def channel_lost(program: Program, code: str) -> Message:
    text = lost(program, code)
    return Message(text, [section(text), actions(button("Choose another channel", EDIT, str(program.id)))])


def lost(program: Program, code: str) -> str:
    trouble = UNREAD if code == MEMBERS_UNREAD else TROUBLES.get(code, OUT_OF_SIGHT)
    if code.startswith(RESTRICTED):
        trouble = TROUBLES[RESTRICTED]
    happened = trouble.what.format(channel=channel_of(program), program=name(program))
    if code.startswith(RESTRICTED):
        return f"{happened}: only some people can. Rounds go on. {trouble.way_out}"
    return f"{happened}, so nobody can join through it. Its members stay in, and rounds go on. {trouble.way_out}"


def groups_missed(program: Program, names: Sequence[str]) -> Message:
    which = listed([escape(one) for one in names])
    lead = f"The user group {which} is" if len(names) == 1 else f"The user groups {which} are"
    text = (
        f"{lead} gone from Slack, or nobody is left there. {name(program)} goes by that: whoever is in the program "
        "stays in it, but nobody can join or be matched that way. Please choose other groups."
    )
    return Message(text, [section(text), actions(button("Look at the program", OPEN, str(program.id)))])


def channel_of(program: Program) -> str:
    return channel(program.channel_id)


# The admins' page


def admin_section(programs: Sequence[tuple[Program, Rhythm, int]], *, can_set_up: bool) -> list[Block]:
    drawn: list[Block] = [header("For admins")]
    for program, rhythm, members in programs[:MOST_LISTED]:
        drawn.append(section(line(program, rhythm, members), accessory=button("Open", OPEN, str(program.id))))
    if len(programs) > MOST_LISTED:
        drawn.append(context(f"{len(programs) - MOST_LISTED} more. Type a name to find any of the {len(programs)}."))
        drawn.append(actions(finder()))
    return [*drawn, actions(button("Set up a program", SET_UP))] if can_set_up else drawn


def line(program: Program, rhythm: Rhythm, members: int) -> str:
    state = STATES.get(program.state)
    total = f" · {state}" if state else f" · {count(members, 'member')}"
    trouble = " · its channel is out of reach" if program.channel_trouble else ""
    return f"*{name(program)}* in {channel_of(program)}, {rhythm.words}{total}{trouble}"


def finder() -> dict[str, Any]:
    return {
        "type": "external_select",
        "action_id": FIND,
        "min_query_length": 0,
        "placeholder": plain_text("Find a program", 150),
    }


def first_steps() -> list[Block]:
    return [actions(button("Set up a program", SET_UP, style="primary"))]


# One program


@dataclass(frozen=True, slots=True)
class Overview:
    """Content of a program's window."""

    program: Program
    rhythm: Rhythm
    members: int
    admins: Sequence[str]
    user_groups: Sequence[str] = ()
    """Names of the groups that meet each other."""
    audience: Sequence[str] = ()


def window(shown: Overview) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text(shown.program.name, 24),
        "close": plain_text("Close", 24),
        "private_metadata": str(shown.program.id),
        "blocks": [
            section(about(shown)),
            *trouble_of(shown.program),
            *what_next(shown.program),
            *to_change(shown.program),
        ],
    }


def draft_gone() -> dict[str, Any]:
    return {
        "type": "modal",
        "title": plain_text("Weft", 24),
        "close": plain_text("Close", 24),
        "blocks": [section("The draft is deleted.")],
    }


def about(shown: Overview) -> str:
    program = shown.program
    kind = kind_of(program)
    who = f"{program.size} people at once" if len(kind.sizes) > 1 else "two by two"
    lines = [
        f"*{name(program)}* · {kind.label.partition(':')[0]}, {who}, {program.minutes} minutes",
        f"{channel_of(program)} · {shown.rhythm.words} · {count(shown.members, 'member')}",
        f"Next round: {moment(program.next_round_at, program.zone)}" if program.state is ProgramState.RUNNING else "",
        f"Groups: {grouping(shown)}" if program.grouped_by else "",
        f"No rounds on: {days_off(program)}" if program.exception_days or program.country else "",
        "Joining: through the channel only" if program.joining is Joining.CHANNEL else "",
        f"May join: members of {escape(listed(shown.audience))}" if program.audience else "",
        "Guests may join" if program.lets_guests else "",
        f"Own words: {own_words(program)}" if program.templates else "",
        f"Admins: {listed([mention(one) for one in shown.admins])}" if shown.admins else "",
    ]
    return "\n".join(each for each in lines if each)


def trouble_of(program: Program) -> list[Block]:
    return [section(lost(program, program.channel_trouble))] if program.channel_trouble else []


def grouping(shown: Overview) -> str:
    named = shown.program.choices or shown.user_groups
    return escape(listed(named)) if named else f"by {shown.program.grouped_by}"


def days_off(program: Program) -> str:
    named = [count(len(program.exception_days), "day") + " you named"] if program.exception_days else []
    country = [f"holidays of {countries().get(program.country, program.country)}"] if program.country else []
    return listed([*named, *country])


def own_words(program: Program) -> str:
    return listed([KNOWN[Template(key)].label for key in program.templates])


def what_next(program: Program) -> list[Block]:
    which = str(program.id)
    look = button("Preview next round", PREVIEW, which)
    if program.state is ProgramState.RUNNING:
        stop = confirmed(button("Stop", STOP, which), "Stop this program?", STOP_WORDS, "Stop", "Keep it running")
        return [actions(look, stop)]
    if program.state is ProgramState.STOPPED:
        lead = context("It is stopped: no round starts. Members and history stay.")
        return [lead, actions(button("Start again", START, which, style="primary"))]
    lead = context(
        "A draft. Nothing is sent to anybody before you start it; then everybody in the channel is welcomed."
    )
    return [lead, actions(button("Start", START, which, style="primary"), delete_button(which))]


STOP_WORDS = "No round starts any more. People keep their history, and you can start it again any time."


def delete_button(which: str) -> dict[str, Any]:
    words = "Nobody has been told of it, so nobody will miss it."
    return confirmed(button("Delete the draft", DELETE, which), "Delete this draft?", words, "Delete", "Keep it")


def to_change(program: Program) -> list[Block]:
    which = str(program.id)
    return [
        actions(
            button("Change", EDIT, which),
            button("Days off and people", MORE, which),
            button("Messages", WORDING, which),
        )
    ]
