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
from bot.core.blocks import button, section
from bot.core.errors import UserError
from bot.core.message import Block
from bot.core.texts import channel, cut, escape, listed, plain
from bot.core.work import Bot, Work
from bot.people.hours import today_of
from bot.slack.payload import Payload, sender
from bot.slack.replies import open_view
from storage.kinds import ProgramState
from storage.programs import programs
from storage.programs.programs import Program

HELP = (
    "`/coffee` shows where you stand, with buttons for everything",
    "`/coffee join` joins, or ends your break · `/coffee leave`",
    "`/coffee why` says why you were matched, or why not this time",
    "`/coffee now` finds someone who's free now, `/coffee now Sales` in that team; `/coffee now stop` cancels",
    "`/coffee skip` skips the next round, `/coffee skip 2027-01-31` the one on that day",
    "`/coffee pause 2w` takes a break (`10d`, `2w`, `1m`, or until a day like `2027-01-31`)",
    "In several programs? Add a name, like `/coffee leave Lunch`, or type it in the program's channel",
)
SAME_WORDS = {"list": "status", "resume": "join", "back": "join", "unskip": "join"}
HOW_TO_SKIP = "Use `/coffee skip` for the next round, or a day, like `/coffee skip 2027-01-31`."
HOW_TO_NAME = "Use `/coffee {word}` alone, or with the name of a program."
LONGEST_QUOTED = 60

Word = Callable[[Work, str, str | None, str], Reply]
"""Handler of a subcommand: takes the transaction, person id, channel id and the rest of the line."""


def coffee(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    word, rest = typed(body)
    if word in {"", "status"} and not rest:
        show_status(bot, body, respond)
    elif word == "help":
        respond(text="What /coffee can do", blocks=help_blocks())
    elif word == "pause":
        pause(bot, body, client, respond, rest)
    elif word in WORDS:
        with bot.begin() as work:
            reply = WORDS[word](work, sender(body), body.get("channel_id"), rest)
        respond(text=reply.text, blocks=reply.blocks)
    else:
        lead = f"I didn't get {quoted(f'{word} {rest}')}. Here's what `/coffee` can do:"
        respond(text=lead, blocks=help_blocks(lead))


def typed(body: Payload) -> tuple[str, str]:
    """Return the subcommand and the rest of the line. Pasted text may contain spaces of any kind."""
    word, *rest = (body.get("text") or "").split(maxsplit=1) or [""]
    word = plain(word).lower()
    return SAME_WORDS.get(word, word), " ".join(plain(" ".join(rest)).split())


def quoted(words: str) -> str:
    return f"“{escape(cut(words.strip(), LONGEST_QUOTED))}”"


def help_blocks(lead: str = "Here's what `/coffee` can do:") -> list[Block]:
    return [section("\n".join([lead, *HELP]))]


def show_status(bot: Bot, body: Payload, respond: Respond) -> None:
    with bot.look() as work:
        drawn = standing.status(work, sender(body), channel_id=body.get("channel_id"))
    respond(text="Where you stand in your programs", blocks=drawn)


def find_meant(work: Work, person_id: str, channel_id: str | None, rest: str, how: str) -> Sequence[Program]:
    """Return the named program, else all possible ones. Raises UserError for an unknown name."""
    if not rest:
        return resolving.find_programs(work, person_id, channel_id)
    named = resolving.find_named(work, person_id, rest)
    if named is None:
        raise UserError(f"I didn't get {quoted(rest)}. {how}")
    return [named]


def join(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    here = programs.program_of_channel(work, channel_id=channel_id or "")
    if rest:
        [named] = find_meant(work, person_id, channel_id, rest, HOW_TO_NAME.format(word="join"))
        return join_one(work, person_id, named)
    if here is not None and here.state is ProgramState.RUNNING:
        return join_one(work, person_id, here, from_channel=True)
    ways = resolving.find_ways_in(work, person_id)
    if ways.only_one is not None:
        return join_one(work, person_id, ways.only_one)
    lines = [(one, button("Come back", JOIN, str(one.id))) for one in ways.to_resume]
    lines += [(one, button("Join", JOIN, str(one.id))) for one in ways.to_join]
    is_in = listed([name(one) for one in ways.is_in])
    if ways.to_resume or (lines and not ways.is_in):
        return blocks.which_one("Which one do you mean?", lines)
    if lines:
        return blocks.which_one(f"You're already in {is_in}. You can also join:", lines)
    if len(ways.is_in) == 1:
        return join_one(work, person_id, ways.is_in[0])
    if ways.is_in:
        return Reply(f"You're already in {is_in}.")
    if ways.through_channel:
        channels = listed([channel(one.channel_id) for one in ways.through_channel])
        return Reply(f"Join {channels} and you're in.")
    raise UserError("There's no program to join yet. An admin can set one up in Weft's Home tab.")


def join_one(work: Work, person_id: str, program: Program, *, from_channel: bool = False) -> Reply:
    member = programs.membership(work, program_id=program.id, person_id=person_id)
    was_member = member is not None and member.left_at is None
    has_changed = membership.join(work, program.id, person_id, from_channel=from_channel)
    if was_member and has_changed:
        return blocks.came_back([program])
    return blocks.joined(program, was_in=was_member)


def leave(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    meant = find_meant(work, person_id, channel_id, rest, HOW_TO_NAME.format(word="leave"))
    if len(meant) > 1:
        lines = [(one, leave_button(str(one.id))) for one in meant]
        return blocks.which_one("Which one do you want to leave?", lines)
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
        raise UserError(f"{quoted(rest)}: {problem}") from problem


def pause_now(work: Work, meant: Sequence[Program], person_id: str, until: date | None) -> Reply:
    if len(meant) == 1 and until is not None:
        return pausing.pause(work, [meant[0].id], person_id, until=until)
    action_id, end = (blocks.PAUSE_UNTIL, f":{until}") if until else (PAUSE, "")
    lines = [(one, button("Pause", action_id, f"{one.id}{end}")) for one in meant]
    every = button("Pause all of them", action_id, ",".join(str(one.id) for one in meant) + end)
    return blocks.which_one("Which one do you want to pause?", lines, every)


def skip(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    day = rules.read_day(rest)
    meant = find_meant(work, person_id, channel_id, "" if day else rest, HOW_TO_SKIP)
    if day is None and len(meant) > 1:
        lines = [(one, skip_button(work, one)) for one in meant]
        return blocks.which_one("Which round do you want to skip?", lines)
    if day is None:
        return skipping.skip_next(work, meant[0], person_id)
    on_day = [one for one in meant if skipping.has_round_on(one, day)]
    if len(on_day) > 1:
        lines = [(one, skip_button(work, one, day)) for one in on_day]
        return blocks.which_one("Which round do you want to skip?", lines)
    return skipping.skip_on(work, (on_day or meant)[0], person_id, day)


def skip_button(work: Work, program: Program, day: date | None = None) -> dict[str, object]:
    at = skipping.round_on(program, day) if day else None
    later = at if at != program.next_round_at else None
    return button("Skip", SKIP, round_after(program, skipping.last_id(work, program), later))


def why(work: Work, person_id: str, channel_id: str | None, rest: str) -> Reply:
    meant = find_meant(work, person_id, channel_id, rest, HOW_TO_NAME.format(word="why"))
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
    return blocks.which_one("With someone from which program?", lines)


WORDS: dict[str, Word] = {"now": now, "why": why, "join": join, "leave": leave, "skip": skip}
