"""Messages of an introduction: to the asker, the connector and the target, and the person's opt-out."""

from collections.abc import Sequence
from typing import Any

from bot.core.blocks import actions, button, context, section
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, mention
from bot.network import texts
from bot.network.blocks import quote
from storage.connections.network import IntroductionRequest
from storage.people.people import Card

REACH, CONNECT, CONNECT_SECOND, CONNECT_THIRD, MEET, RATHER_NOT = (
    f"network_{what}" for what in ("reach", "connect", "connect_second", "connect_third", "meet", "rather_not")
)
CONNECTS = (CONNECT, CONNECT_SECOND, CONNECT_THIRD)
DONT_NAME, NAME_AGAIN = "network_dont_name", "network_name_again"


def would_you(request: IntroductionRequest, asker: Card, goals: Sequence[Card]) -> Message:
    """Return the question to the connector. For a team, they choose which of the `goals` to ask."""
    if request.team:
        text = texts.KNOW_ANYONE(asker=with_team(asker), team=request.team)
    else:
        text = texts.COULD_YOU_INTRODUCE(asker=with_team(asker), target=mention(goals[0].person_id))
    yes = [
        button(texts.ASK_THEM(name=goal.name), action_id, f"{request.id}:{goal.person_id}")
        for goal, action_id in zip(goals, CONNECTS, strict=False)
    ]
    return Message(
        text,
        [
            section(texts.INTRODUCTION(text=text)),
            *quote(request.because),
            actions(*yes, rather_not(request), dont_suggest_me()),
            context(texts.I_CHECK_FIRST()),
        ],
    )


def would_you_meet(request: IntroductionRequest, asker: Card, connector: Card) -> Message:
    text = texts.WANTS_TO_MEET_YOU(asker=with_team(asker), connector=mention(connector.person_id))
    yes = button(texts.INTRODUCE_US(), MEET, str(request.id), style="primary")
    return Message(
        text,
        [
            section(texts.INTRODUCTION(text=text)),
            *quote(request.because),
            actions(yes, rather_not(request)),
            context(texts.NO_ANSWER_IS_FINE()),
        ],
    )


def with_team(card: Card) -> Mrkdwn:
    person = mention(card.person_id)
    return texts.NAME_AND_TEAM(person=person, team=card.team) if card.team else person


def rather_not(request: IntroductionRequest) -> dict[str, Any]:
    return button(texts.RATHER_NOT(), RATHER_NOT, str(request.id))


def dont_suggest_me() -> dict[str, Any]:
    """Return the button to opt out of connecting others."""
    return button(texts.DONT_SUGGEST_ME(), DONT_NAME)


def introduction(request: IntroductionRequest, asker: Card, target: Card) -> Message:
    people = {"asker": mention(asker.person_id), "target": mention(target.person_id)}
    connector = mention(request.connector_person_id)
    return Message(
        texts.MEET(**people, connector=connector),
        [
            section(texts.INTRODUCED(**people, connector=connector)),
            *quote(request.because),
            section(texts.SUGGEST_A_TIME(asker=people["asker"])),
        ],
    )


def it_worked(asker: Card) -> Message:
    text = texts.WORKED_OUT(asker=mention(asker.person_id))
    return Message(text, [section(texts.INTRODUCTION(text=text)), actions(dont_suggest_me())])


def not_this_time(request: IntroductionRequest) -> Message:
    who = texts.SOMEONE_IN(team=request.team) if request.team else mention(str(request.target_person_id))
    text = texts.DIDNT_WORK_OUT(who=who)
    way = actions(button(texts.FIND_ANOTHER_WAY(), REACH))
    return Message(text, [section(texts.INTRODUCTION(text=text)), way, context(texts.NOT_ABOUT_YOU())])


def being_suggested(*, is_suggested: bool) -> list[Block]:
    """Return the opt-out of connecting others, for the settings."""
    if is_suggested:
        return [section(texts.CAN_SUGGEST_YOU(), accessory=button(texts.OPT_OUT(), DONT_NAME))]
    return [section(texts.DONT_SUGGEST_YOU(), accessory=button(texts.OPT_IN(), NAME_AGAIN))]
