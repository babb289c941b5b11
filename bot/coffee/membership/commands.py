"""`/coffee` and its subcommands."""

from collections.abc import Callable, Sequence
from datetime import date

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.coffee.membership import blocks, pausing, resolving, rules, skipping, standing
from bot.coffee.membership import service as membership
from bot.coffee.membership.blocks import Reply
from bot.coffee.now import buttons as now_buttons
from bot.coffee.now import service as coffee_now
from bot.coffee.program.buttons import JOIN, PAUSE, SKIP, leave_button, round_after
from bot.coffee.program.drawing import name
from bot.coffee.program.lookup import membership_of
from bot.coffee.texts import membership as texts
from bot.coffee.texts.program import JOIN as JOIN_LABEL
from bot.coffee.texts.program import PAUSE as PAUSE_LABEL
from bot.core.blocks import button, section
from bot.core.errors import UserError
from bot.core.lists import listed
from bot.core.message import Block
from bot.core.mrkdwn import channel, cut, plain
from bot.core.work import Bot, Work
from bot.people.hours import today_of
from bot.slack.payload import Payload, sender
from bot.slack.replies import open_view
from storage.kinds import ProgramState
from storage.programs import programs
from storage.programs.programs import Program

SAME_WORDS = {"list": "status", "resume": "join", "back": "join", "unskip": "join"}

Word = Callable[[Work, str, str | None, str], Reply]
"""Handler of a subcommand: takes the transaction, person id, channel id and the rest of the line."""


def coffee(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    word, rest = typed(body)
    if word in {"", "status"} and not rest:
        show_status(bot, body, respond)
    elif word == "help":
        respond(text=texts.HELP_TITLE(), blocks=help_blocks(texts.HELP_LEAD()))
    elif word == "pause":
        pause(bot, body, client, respond, rest)
    elif word in WORDS:
        with bot.begin() as work:
            reply = WORDS[word](work, sender(body), body.get("channel_id"), rest)
        respond(text=reply.text, blocks=reply.blocks)
    else:
        lead = texts.NOT_UNDERSTOOD(words=quoted(f"{word} {rest}"))
        respond(text=lead, blocks=help_blocks(lead))


def typed(body: Payload) -> tuple[str, str]:
    """Return the subcommand and the rest of the line. Pasted text may contain spaces of any kind."""
    word, *rest = (body.get("text") or "").split(maxsplit=1) or [""]
    word = plain(word).lower()
    return SAME_WORDS.get(word, word), " ".join(plain(" ".join(rest)).split())


def quoted(words: str) -> str:
    return cut(words.strip(), rules.LONGEST_QUOTED)


def help_blocks(lead: str) -> list[Block]:
    return [section("\n".join([lead, *(line() for line in texts.HELP)]))]


def show_status(bot: Bot, body: Payload, respond: Respond) -> None:
    with bot.look() as work:
        drawn = standing.status(work, sender(body), channel_id=body.get("channel_id"))
    respond(text=texts.STATUS(), blocks=drawn)


def find_meant(work: Work, person_id: str, channel_id: str | None, rest: str, word: str) -> Sequence[Program]:
    """Return the named program, else all possible ones. Raises UserError for an unknown name."""
    if not rest:
        return resolving.find_programs(work, person_id, channel_id)
    named = resolving.find_named(work, person_id, rest)
    if named is None:
        how = texts.HOW_TO_SKIP(words=quoted(rest)) if word == "skip" else None
        raise UserError(how or texts.HOW_TO_NAME(words=quoted(rest), word=word))
    return [named]


def join(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    here = programs.program_of_channel(work, channel_id=channel_id or "")
    if rest:
        [named] = find_meant(work, person_id, channel_id, rest, "join")
        return join_one(work, person_id, named)
    if here is not None and here.state is ProgramState.RUNNING:
        return join_one(work, person_id, here, from_channel=True)
    ways = resolving.find_ways_in(work, person_id)
    if ways.only_one is not None:
        return join_one(work, person_id, ways.only_one)
    lines = [(one, button(texts.COME_BACK(), JOIN, str(one.id))) for one in ways.to_resume]
    lines += [(one, button(JOIN_LABEL(), JOIN, str(one.id))) for one in ways.to_join]
    is_in = listed([name(one) for one in ways.is_in])
    if ways.to_resume or (lines and not ways.is_in):
        return blocks.which_one(texts.WHICH_ONE(), lines)
    if lines:
        return blocks.which_one(texts.ALSO_JOIN(programs=is_in), lines)
    if len(ways.is_in) == 1:
        return join_one(work, person_id, ways.is_in[0])
    if ways.is_in:
        return Reply(texts.ALREADY_IN_ALL(programs=is_in))
    if ways.through_channel:
        channels = listed([channel(one.channel_id) for one in ways.through_channel])
        return Reply(texts.JOIN_CHANNELS(channels=channels))
    raise UserError(texts.NOTHING_TO_JOIN())


def join_one(work: Work, person_id: str, program: Program, *, from_channel: bool = False) -> Reply:
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    was_member = member is not None and member.left_at is None
    has_changed = membership.join(work, program.id, person_id, from_channel=from_channel)
    if was_member and has_changed:
        return blocks.came_back([program])
    return blocks.joined(program, was_in=was_member)


def leave(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    meant = find_meant(work, person_id, channel_id, rest, "leave")
    if len(meant) > 1:
        lines = [(one, leave_button(str(one.id))) for one in meant]
        return blocks.which_one(texts.LEAVE_WHICH(), lines)
    membership_of(work, meant[0].id, person_id)
    membership.leave(work, meant[0].id, person_id)
    return blocks.left(meant[0])


def pause(bot: Bot, body: Payload, client: WebClient, respond: Respond, rest: str) -> None:
    """Pause, or open a form if no time is given."""
    with bot.begin() as work:
        person_id, channel_id = sender(body), body.get("channel_id")
        named = resolving.find_named(work, person_id, rest) if rest else None
        meant = [named] if named else resolving.find_programs(work, person_id, channel_id)
        until = read_until(work, person_id, rest) if rest and named is None else None
        ids = [one.id for one in meant]
        reply = pause_now(work, meant, person_id, until) if until or len(meant) > 1 else None
        view = pausing.form(work, ids, person_id) if reply is None else {}
    if reply is not None:
        respond(text=reply.text, blocks=reply.blocks)
    else:
        open_view(body, client, view)


def read_until(work: Work, person_id: str, rest: str) -> date:
    try:
        return rules.read_until(rest, today_of(work, person_id))
    except rules.NotADayError as problem:
        raise UserError(str(problem)) from problem


def pause_now(work: Work, meant: Sequence[Program], person_id: str, until: date | None) -> Reply:
    if len(meant) == 1 and until is not None:
        return pausing.pause(work, [meant[0].id], person_id, until=until)
    action_id, end = (blocks.PAUSE_UNTIL, f":{until}") if until else (PAUSE, "")
    lines = [(one, button(PAUSE_LABEL(), action_id, f"{one.id}{end}")) for one in meant]
    every = button(texts.PAUSE_ALL(), action_id, ",".join(str(one.id) for one in meant) + end)
    return blocks.which_one(texts.PAUSE_WHICH(), lines, every)


def skip(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    day = rules.read_day(rest)
    meant = find_meant(work, person_id, channel_id, "" if day else rest, "skip")
    if day is None and len(meant) > 1:
        lines = [(one, skip_button(work, one)) for one in meant]
        return blocks.which_one(texts.SKIP_WHICH(), lines)
    if day is None:
        return skipping.skip_next(work, meant[0], person_id)
    on_day = [one for one in meant if skipping.has_round_on(one, day)]
    if len(on_day) > 1:
        lines = [(one, skip_button(work, one, day)) for one in on_day]
        return blocks.which_one(texts.SKIP_WHICH(), lines)
    return skipping.skip_on(work, (on_day or meant)[0], person_id, day)


def skip_button(work: Work, program: Program, day: date | None = None) -> dict[str, object]:
    at = skipping.round_on(program, day) if day else None
    later = at if at != program.next_round_at else None
    return button(texts.SKIP(), SKIP, round_after(program, skipping.last_id(work, program), later))


def why(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    meant = find_meant(work, person_id, channel_id, rest, "why")
    return Reply("\n".join(standing.why(work, one, person_id) for one in meant))


def now(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    if rest.lower() in {"stop", "cancel"}:
        return Reply(coffee_now.stop(work, person_id))
    meant = resolving.find_programs(work, person_id, channel_id)
    if rest.lower() == "open":
        said = [coffee_now.open_again(work, one, person_id) for one in meant]
        return Reply(said[0])
    if len(meant) == 1:
        return Reply(coffee_now.start(work, meant[0], person_id, rest))
    team = coffee_now.team_named(work, rest) if rest else ""
    lines = [(one, now_buttons.start(one.id, team)) for one in meant]
    return blocks.which_one(texts.NOW_WHICH(), lines)


WORDS: dict[str, Word] = {"now": now, "why": why, "join": join, "leave": leave, "skip": skip}
