"""Messages of a coffee now."""

from collections.abc import Sequence
from datetime import datetime

from bot.coffee.matches.cards import card, cards, online
from bot.coffee.program.drawing import mentions
from bot.coffee.texts import now as texts
from bot.coffee.texts.matches import ANSWERS
from bot.core.blocks import actions, button, context, section, sections
from bot.core.message import Message
from bot.core.mrkdwn import escape, link, mention
from bot.people.offers import meeting_link
from storage.kinds import Answer
from storage.people.people import Person
from storage.programs.programs import Program

YES, NO, NEVER, MET = (f"programs_now_{what}" for what in ("yes", "no", "never", "met"))


def asked(request_id: int, asker: Person, program: Program, now: datetime) -> Message:
    person, which = mention(asker.person_id), str(request_id)
    return Message(
        texts.UP_FOR_COFFEE(person=person, minutes=program.minutes),
        [
            section(texts.UP_FOR_COFFEE_LEAD(person=person, minutes=program.minutes)),
            section(card(asker, [online(asker, now)])),
            actions(
                button(texts.IM_IN(), YES, which, style="primary"),
                button(texts.NOT_NOW(), NO, which),
                button(texts.DONT_ASK(), NEVER, which),
            ),
            context(texts.PASS_IS_PRIVATE(program=program.name, person=person)),
        ],
    )


def found(request_id: int, people: Sequence[Person], minutes: int, now: datetime) -> Message:
    names = mentions(person.person_id for person in people)
    room = next((address for address in map(meeting_link, people) if address), "")
    lead = texts.BOTH_FREE_LEAD(names=names, minutes=minutes)
    if room:
        address = link(room, escape(room.removeprefix("https://")))
        lead = texts.BOTH_FREE_LINK_LEAD(names=names, minutes=minutes, link=address)
    met = button(ANSWERS[Answer.MET](), MET, str(request_id))
    return Message(texts.BOTH_FREE(names=names), [section(lead), *sections(cards(people, now)), actions(met)])


def no_one_free(team: str | None) -> Message:
    if team:
        return Message(texts.NO_ONE_FREE_FROM(team=team), [section(texts.NO_ONE_FREE_FROM_LEAD(team=team))])
    return Message(texts.NO_ONE_FREE(), [section(texts.NO_ONE_FREE_LEAD())])
