"""Views of programs for admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.coffee.program.days_off import countries
from bot.coffee.program.kinds.cross_group import LABELS
from bot.coffee.program.rhythm import Rhythm
from bot.coffee.program.templates import KNOWN, Template
from bot.coffee.texts import setup as texts
from bot.core.blocks import actions, button, confirmed, context, header, plain_text, section
from bot.core.catalog import Button
from bot.core.channel_trouble import RESTRICTED
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import channel, escape, mention, moment
from storage.kinds import Joining, ProgramState
from storage.programs.programs import MEMBERS_UNREAD, Program

SET_UP, EDIT, OPEN, FIND, MORE, WORDING, START, STOP, DELETE, PREVIEW = (
    f"programs_{what}"
    for what in ("set_up", "edit", "open", "find", "more", "wording", "start", "stop", "delete", "preview")
)
KIND, GROUPED_BY, RHYTHM = (f"programs_{what}" for what in ("kind", "grouped_by", "rhythm"))
"""Form fields that others depend on."""
MOST_LISTED = 30


# Messages to admins


def alert(program: Program, text: str, label: Button, action_id: str) -> Message:
    return Message(text, [section(text), actions(button(label(), action_id, str(program.id)))])


def round_skipped(program: Program, due_at: datetime) -> Message:
    due, following = moment(due_at, program.zone), moment(program.next_round_at, program.zone)
    text = texts.ROUND_SKIPPED(program=program.name, due=due, next=following)
    return alert(program, text, texts.OPEN_PROGRAM, OPEN)


def round_overdue(program: Program) -> Message:
    text = texts.ROUND_LATE(program=program.name, due=moment(program.next_round_at, program.zone))
    return alert(program, text, texts.OPEN_PROGRAM, OPEN)


def no_one_meets(program: Program) -> Message:
    text = texts.NOT_ENOUGH_PEOPLE(program=program.name, channel=channel_of(program))
    return alert(program, text, texts.OPEN_PROGRAM, OPEN)


TROUBLES = {
    "is_archived": texts.CHANNEL_ARCHIVED,
    "channel_deleted": texts.CHANNEL_DELETED,
    "not_in_channel": texts.CHANNEL_LEFT,
    MEMBERS_UNREAD: texts.CHANNEL_UNREAD,
}


def channel_lost(program: Program, code: str) -> Message:
    return alert(program, lost(program, code), texts.CHOOSE_CHANNEL, EDIT)


def lost(program: Program, code: str) -> str:
    """Return what's wrong with a program's channel, and what to do."""
    is_restricted = code.startswith(RESTRICTED)
    text = texts.CHANNEL_RESTRICTED if is_restricted else TROUBLES.get(code, texts.CHANNEL_UNSEEN)
    values = {"program": program.name, "channel": channel_of(program)}
    return text(**{place: values[place] for place in text.places})


def groups_missed(program: Program, names: Sequence[str]) -> Message:
    if len(names) == 1:
        text = texts.GROUP_MISSED(program=program.name, group=names[0])
    else:
        text = texts.GROUPS_MISSED(program=program.name, groups=listed([escape(one) for one in names]))
    return alert(program, text, texts.OPEN_PROGRAM, OPEN)


def channel_of(program: Program) -> str:
    return channel(program.channel_id)


# The admins' page


def admin_section(programs: Sequence[tuple[Program, Rhythm, int]], *, can_set_up: bool) -> list[Block]:
    drawn: list[Block] = [header(texts.PROGRAMS())]
    for program, rhythm, members in programs[:MOST_LISTED]:
        drawn.append(section(line(program, rhythm, members), accessory=button(texts.OPEN(), OPEN, str(program.id))))
    if len(programs) > MOST_LISTED:
        drawn.append(context(texts.MORE_PROGRAMS(more=len(programs) - MOST_LISTED, total=len(programs))))
        drawn.append(actions(finder()))
    return [*drawn, actions(button(texts.SET_UP_PROGRAM(), SET_UP))] if can_set_up else drawn


def line(program: Program, rhythm: Rhythm, members: int) -> str:
    shown = {"program": program.name, "channel": channel_of(program), "rhythm": rhythm.words}
    if program.state in texts.STATES:
        return texts.PROGRAM_OFF(**shown, state=texts.STATES[program.state]())
    return (texts.PROGRAM_LOST if program.channel_trouble else texts.PROGRAM)(**shown, count=members)


def finder() -> dict[str, Any]:
    return {
        "type": "external_select",
        "action_id": FIND,
        "min_query_length": 0,
        "placeholder": plain_text(texts.FIND_PROGRAM(), 150),
    }


def first_steps() -> list[Block]:
    return [actions(button(texts.SET_UP_PROGRAM(), SET_UP, style="primary"))]


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
        "close": plain_text(texts.CLOSE(), 24),
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
        "title": plain_text(texts.WEFT(), 24),
        "close": plain_text(texts.CLOSE(), 24),
        "blocks": [section(texts.DRAFT_DELETED())],
    }


def about(shown: Overview) -> str:
    program = shown.program
    lines = [
        meeting(program),
        texts.PLACE(count=shown.members, channel=channel_of(program), rhythm=shown.rhythm.words),
        next_round(program),
        texts.MATCH_ACROSS(groups=grouping(shown)) if program.grouped_by else "",
        texts.DAYS_OFF(days=days_off(program)) if program.exception_days or program.country else "",
        texts.JOIN_BY_CHANNEL() if program.joining is Joining.CHANNEL else "",
        texts.WHO_CAN_JOIN(groups=listed(shown.audience)) if program.audience else "",
        texts.GUESTS_CAN_JOIN() if program.lets_guests else "",
        texts.CUSTOM_MESSAGES(messages=own_words(program)) if program.templates else "",
        texts.PROGRAM_ADMINS(names=listed([mention(one) for one in shown.admins])) if shown.admins else "",
    ]
    return "\n".join(each for each in lines if each)


def meeting(program: Program) -> str:
    if program.size > 2:
        return texts.GROUPS_OF(program=program.name, size=program.size, minutes=program.minutes)
    return texts.PAIRS(program=program.name, minutes=program.minutes)


def next_round(program: Program) -> str:
    is_running = program.state is ProgramState.RUNNING
    return texts.NEXT_ROUND(when=moment(program.next_round_at, program.zone)) if is_running else ""


def trouble_of(program: Program) -> list[Block]:
    return [section(lost(program, program.channel_trouble))] if program.channel_trouble else []


def grouping(shown: Overview) -> str:
    named = shown.program.choices or shown.user_groups
    if named or shown.program.grouped_by is None:
        return listed(named)
    return LABELS[shown.program.grouped_by]()


def days_off(program: Program) -> str:
    named = [texts.NAMED_DAYS(count=len(program.exception_days))] if program.exception_days else []
    country = countries().get(program.country, program.country) if program.country else None
    return listed([*named, *([texts.HOLIDAYS_IN(country=country)] if country else [])])


def own_words(program: Program) -> str:
    return listed([KNOWN[Template(key)].label() for key in program.templates])


def what_next(program: Program) -> list[Block]:
    which = str(program.id)
    look = button(texts.PREVIEW_MATCHES(), PREVIEW, which)
    if program.state is ProgramState.RUNNING:
        return [actions(look, stop_button(which))]
    if program.state is ProgramState.STOPPED:
        again = button(texts.START_AGAIN(), START, which, style="primary")
        return [context(texts.STOPPED()), actions(again)]
    start = button(texts.START(), START, which, style="primary")
    return [context(texts.DRAFT()), actions(start, delete_button(which))]


def stop_button(which: str) -> dict[str, Any]:
    stop = button(texts.STOP(), STOP, which)
    return confirmed(stop, texts.STOP_TITLE(), texts.STOP_QUESTION(), texts.STOP(), texts.KEEP_RUNNING())


def delete_button(which: str) -> dict[str, Any]:
    delete = button(texts.DELETE_DRAFT(), DELETE, which)
    return confirmed(delete, texts.DELETE_TITLE(), texts.DELETE_QUESTION(), texts.DELETE(), texts.KEEP())


def to_change(program: Program) -> list[Block]:
    which = str(program.id)
    return [
        actions(
            button(texts.EDIT(), EDIT, which),
            button(texts.SCHEDULE_ACCESS(), MORE, which),
            button(texts.MESSAGES(), WORDING, which),
        )
    ]
