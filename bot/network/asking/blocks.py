"""Messages of an introduction: to the asker, the connector and the target, and the person's opt-out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.core.blocks import actions, button, context, section, sections
from bot.core.message import Block, Message
from bot.core.texts import day, escape, mention
from storage.connections.network import IntroductionRequest
from storage.people.people import Card

REACH, CONNECT, CONNECT_SECOND, CONNECT_THIRD, MEET, RATHER_NOT = (
    f"network_{what}" for what in ("reach", "connect", "connect_second", "connect_third", "meet", "rather_not")
)
CONNECTS = (CONNECT, CONNECT_SECOND, CONNECT_THIRD)
DONT_NAME, NAME_AGAIN = "network_dont_name", "network_name_again"
AGREED = "Lovely. I have opened a group message for the two of you."
DECLINED = "Noted, and nobody learns of it."
NAMED_NO_MORE = "Noted. I don't tell anybody any more that you could introduce them. Nobody learns of it."
NAMED_AGAIN = "Thank you. When somebody wants to meet a person whom you know, I may tell them of you."
QUIETLY = "Nobody learns of a no, and no answer is fine too."


def no_path(goal: str) -> str:
    return (
        f"I know of nobody who could introduce you to {goal} yet. A coffee with their team may help: "
        "`/network` shows the teams where you know nobody, with a button for it."
    )


def would_you(request: IntroductionRequest, asker: Card, goals: Sequence[Card]) -> Message:
    """Return the question to the connector. For a team, they choose which of the `goals` to ask."""
    who = f"somebody from {escape(request.team)}" if request.team else mention(goals[0].person_id)
    text = f"{mention(asker.person_id)}{place_of(asker)} would like to meet {who}. Could you introduce them?"
    yes = [
        button(f"Ask {goal.name}", action_id, f"{request.id}:{goal.person_id}")
        for goal, action_id in zip(goals, CONNECTS, strict=False)
    ]
    return Message(
        text,
        [
            section(text),
            *because(request),
            actions(*yes, button("Rather not", RATHER_NOT, str(request.id)), dont_name_me()),
            context(f"If you agree, I ask them in private first. {QUIETLY}"),
        ],
    )


def would_you_meet(request: IntroductionRequest, asker: Card, connector: Card) -> Message:
    text = (
        f"{mention(asker.person_id)}{place_of(asker)} would like to meet you, "
        f"and {mention(connector.person_id)} would introduce you. Fancy a short chat?"
    )
    yes = button("Introduce us", MEET, str(request.id), style="primary")
    return Message(
        text,
        [
            section(text),
            *because(request),
            actions(yes, button("Rather not", RATHER_NOT, str(request.id))),
            context(QUIETLY),
        ],
    )


def because(request: IntroductionRequest) -> list[Block]:
    return sections((line for line in escape(request.because).splitlines() if line.strip()), before="> ")


def place_of(card: Card) -> str:
    return f" ({escape(card.team)})" if card.team else ""


def asked(connector: Card, on: date, *, today: date) -> str:
    """Return the confirmation for the asker. `on`: the day the connector is asked, in the asker's zone."""
    when = "today" if on == today else f"on {day(on)}"
    return (
        f"Thanks! I'll ask {connector.name} in private {when}. They have a few days to answer. If it works out, "
        "I'll start a group message for the two of you; if not, I'll tell you in about two weeks."
    )


def connector_thanked(target: Card) -> str:
    return f"Thank you. I ask {mention(target.person_id)} in private, and tell you only if it works."


def introduction(request: IntroductionRequest, asker: Card, target: Card) -> Message:
    text = (
        f"{mention(asker.person_id)}, meet {mention(target.person_id)}. You both said yes to a short chat, "
        f"introduced by {mention(request.connector_person_id)}."
    )
    return Message(
        text,
        [
            section(text),
            *because(request),
            context(f"15 minutes are plenty. {mention(asker.person_id)}, would you suggest a time?"),
        ],
    )


def it_worked(asker: Card) -> Message:
    text = f"Your introduction for {mention(asker.person_id)} worked: they are in touch now. Thank you."
    return Message(text, [section(text), actions(dont_name_me())])


def dont_name_me() -> dict[str, Any]:
    """Return the button to opt out of connecting others."""
    return button("Don't name me", DONT_NAME)


def not_this_time(request: IntroductionRequest) -> Message:
    who = f"somebody from {escape(request.team)}" if request.team else mention(str(request.target_person_id))
    text = f"The introduction to {who} did not come together this time. That happens, and says nothing about you."
    way = button("Look for another way", REACH)
    return Message(text, [section(text), actions(way)])


def being_named(*, is_named: bool) -> list[Block]:
    """Return the opt-out of connecting others, for the settings."""
    heading = "*Introducing others*"
    if is_named:
        words = "When somebody wants to meet a person whom you know, I may tell them that you could introduce them."
        return [section(f"{heading}\n{words}", accessory=dont_name_me())]
    words = "I don't tell anybody that you could introduce them."
    return [section(f"{heading}\n{words}", accessory=button("Name me again", NAME_AGAIN))]
