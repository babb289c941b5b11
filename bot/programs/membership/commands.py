"""`/coffee` and its words."""

from collections.abc import Callable

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.core.blocks import section
from bot.core.errors import UserError
from bot.core.message import Block
from bot.core.texts import day, moment, plain
from bot.core.work import Bot, Work
from bot.programs.drawing import name
from bot.programs.membership import blocks, forms, rules, standing
from bot.programs.membership import service as membership
from bot.programs.now import service as coffee_now
from bot.slack.payload import Payload, sender
from bot.slack.replies import open_view
from storage import programs
from storage.programs import Program

HELP = (
    "`/coffee` shows where you stand, with buttons for everything",
    "`/coffee join` · `/coffee leave`",
    "`/coffee why` says why you two, or why nobody this time",
    "`/coffee now` looks for somebody who has time now, `/coffee now Sales` in that team; `/coffee now stop` ends it",
    "`/coffee skip` sits out the next round",
    "`/coffee pause 2w` takes a break (`10d`, `2w`, `1m`, or until a day like `2027-01-31`)",
)

Word = Callable[[Work, Payload, str], str]
"""What one word of the command does: the transaction, the payload, the rest of the line. Returns a sentence."""


def coffee(bot: Bot, ack: Ack, body: Payload, client: WebClient, respond: Respond) -> None:
    ack()
    word, rest = typed(body)
    if word in {"", "status"}:
        show_status(bot, body, respond)
    elif word == "help":
        respond(text="What /coffee can do", blocks=help_blocks())
    elif word == "pause" and not rest:
        ask_how_long(bot, body, client)
    elif word in WORDS:
        with bot.begin() as work:
            sentence = WORDS[word](work, body, rest)
        respond(text=sentence)
    else:
        respond(text="I don't know that word. Here is what I do know.", blocks=help_blocks(unknown=True))


def typed(body: Payload) -> tuple[str, str]:
    """The word, and the rest of the line, whatever stands between them: what is pasted may have spaces of any kind."""
    word, *rest = (body.get("text") or "").split(maxsplit=1) or [""]
    return plain(word).lower(), " ".join(rest)


def help_blocks(*, unknown: bool = False) -> list[Block]:
    lead = ["I don't know that word. Here is what I do know:"] if unknown else []
    return [section("\n".join([*lead, *HELP]))]


def show_status(bot: Bot, body: Payload, respond: Respond) -> None:
    with bot.look() as work:
        drawn = standing.status(work, sender(body), channel_id=body.get("channel_id"))
    respond(text="Where you stand in your programs", blocks=drawn)


def ask_how_long(bot: Bot, body: Payload, client: WebClient) -> None:
    with bot.look() as work:
        program = membership.which(work, sender(body), body.get("channel_id"))
        membership.membership_of(work, program.id, sender(body))
        today = membership.today_of(work, sender(body))
    open_view(body, client, forms.pause_form(program.id, program.name, today))


def join(work: Work, body: Payload, _rest: str) -> str:
    program = membership.which_to_join(work, body.get("channel_id"))
    joined = membership.join(work, program.id, sender(body))
    lead = f"You are in {name(program)}" + ("" if joined else " already")
    return f"{lead}. The next round starts {moment(program.next_round_at, program.zone)}."


def leave(work: Work, body: Payload, _rest: str) -> str:
    program = membership.which(work, sender(body), body.get("channel_id"))
    membership.membership_of(work, program.id, sender(body))
    membership.leave(work, program.id, sender(body))
    return f"You have left {name(program)}. `/coffee join` brings you back any time."


def pause(work: Work, body: Payload, rest: str) -> str:
    program = membership.which(work, sender(body), body.get("channel_id"))
    try:
        until = rules.read_until(rest, membership.today_of(work, sender(body)))
    except rules.NotADayError as problem:
        raise UserError(str(problem)) from problem
    membership.pause(work, program.id, sender(body), until=until)
    return f"You are taking a break from {name(program)} until {day(until)}. `/coffee` ends it earlier."


def skip(work: Work, body: Payload, _rest: str) -> str:
    program = membership.which(work, sender(body), body.get("channel_id"))
    return blocks.sits_out(membership.skip(work, program.id, sender(body)))


def why(work: Work, body: Payload, _rest: str) -> str:
    program = membership.which(work, sender(body), body.get("channel_id"))
    return standing.why(work, program, sender(body))


def now(work: Work, body: Payload, rest: str) -> str:
    words = " ".join(rest.split())
    if words.lower() in {"stop", "cancel"}:
        return coffee_now.stop(work, sender(body))
    program = membership.which(work, sender(body), body.get("channel_id"))
    if words.lower() == "open":
        return coffee_now.open_again(work, program, sender(body))
    return coffee_now.start(work, program, sender(body), plain(words))


WORDS: dict[str, Word] = {"now": now, "why": why, "join": join, "leave": leave, "pause": pause, "skip": skip}


def program_here(work: Work, channel_id: str) -> Program | None:
    return programs.program_of_channel(work.session, workspace_id=work.workspace_id, channel_id=channel_id)
