"""Messages of a coffee now."""

from collections.abc import Sequence
from datetime import datetime

from bot.coffee.matches.cards import card
from bot.coffee.program.drawing import name
from bot.core.blocks import actions, button, context, section, sections
from bot.core.message import Message
from bot.core.texts import escape, link, listed, mention
from bot.people.offers import meeting_link
from storage.people.people import Person
from storage.programs.programs import Program

YES, NO, NEVER, MET = (f"programs_now_{what}" for what in ("yes", "no", "never", "met"))
LOOKING = (
    "I'm asking, one person at a time, and only people who are at work now. "
    "I'll write to you in half an hour or so at the latest. `/coffee now stop` ends it."
)
STOPPED = "I have stopped looking. Another time."
NOT_LOOKING = "You are not looking for a coffee at the moment."
NO_THANKS = "No problem. Nobody learns that I asked you."
NEVER_AGAIN = "Noted, I won't ask you for a coffee now any more. `/coffee now open` lets me ask again."
OPEN = "Good. When somebody has time for a coffee and you are at work, I may ask you, once a day at most."
QUICKER = "Thank you for being willing! It is settled already, so another time."
GREAT = "Great. I'm opening a conversation for you two."


def asked(request_id: int, asker: Person, program: Program, now: datetime) -> Message:
    text = f"{mention(asker.person_id)} has {program.minutes} minutes for a coffee now. You too?"
    which = str(request_id)
    return Message(
        text,
        [
            section(text),
            *sections([card(asker, now)]),
            actions(button("Yes, now", YES, which, style="primary"), button("Not now", NO, which),
                    button("Don't ask me", NEVER, which)),
            context(f"You are in *{name(program)}*, so I may ask. With a no, or no answer, nobody learns that I did."),
        ],
    )  # fmt: skip


def found(request_id: int, people: Sequence[Person], minutes: int, now: datetime) -> Message:
    names = listed([mention(person.person_id) for person in people])
    text = f"{names}, you both have {minutes} minutes now. Start a huddle right here?"
    room = next((address for address in map(meeting_link, people) if address), "")
    where = [context(f"Or meet at {link(room, escape(room.removeprefix('https://')))}")] if room else []
    met = button("We met", MET, str(request_id))
    return Message(text, [section(text), *sections(card(one, now) for one in people), *where, actions(met)])


def no_one_free(program: Program, team: str | None) -> Message:
    who = f"Nobody from {escape(team)}" if team else "Nobody"
    text = f"{who} in {name(program)} is free for a coffee right now. Another time may be luckier."
    return Message(text, [section(text)])
