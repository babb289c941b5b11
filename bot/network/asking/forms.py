"""Forms for asking to be introduced: first the target, then the connector and the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form, option, plain_text, section, select
from bot.core.errors import FormError
from bot.core.mrkdwn import plain
from bot.network import texts

REACH_FORM, ASK_FORM = "network_reach_form", "network_ask_form"
TEAM, PERSON, CONNECTOR, BECAUSE = (f"network_{what}" for what in ("team", "person", "connector", "because"))
MOST_TEAMS = 100
LONGEST_OPTION = 75
LONGEST_REASON = 500
TEAM_TARGET, PERSON_TARGET = "team:", "person:"


def reach_form(teams: Sequence[str], chosen: str | None = None) -> dict[str, Any]:
    options = [option(team, team) for team in teams[:MOST_TEAMS] if len(team) <= LONGEST_OPTION]
    person = {"type": "users_select", "placeholder": plain_text(texts.CHOOSE_SOMEONE(), 150)}
    if not options:
        fields = [field(PERSON, texts.WHO_TO_MEET(), person)]
    else:
        fields = [
            section(texts.CHOOSE_EITHER()),
            field(PERSON, texts.A_PERSON(), person, optional=True),
            field(TEAM, texts.OR_A_TEAM(), select(options, chosen=chosen, placeholder=texts.ANY_TEAM()), optional=True),
        ]
    return form(REACH_FORM, texts.WHO_COULD_INTRODUCE(), texts.NEXT(), fields)


def read_target(answers: Mapping[str, Any]) -> str:
    """Return the target as a string that the second form carries along."""
    if answers.get(PERSON):
        return PERSON_TARGET + str(answers[PERSON])
    if answers.get(TEAM):
        return TEAM_TARGET + str(answers[TEAM])
    raise FormError(PERSON, texts.NO_TARGET())


def ask_form(target: str, lead: str, connectors: Mapping[str, str]) -> dict[str, Any]:
    """`connectors`: names of possible connectors, by id."""
    named = [option(name, person_id) for person_id, name in connectors.items()]
    because = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_REASON}
    first = next(iter(connectors))
    return form(
        ASK_FORM,
        texts.ASK_FOR_INTRO(),
        texts.ASK(),
        [
            section(lead),
            field(CONNECTOR, texts.WHO_TO_ASK(), select(named, chosen=first)),
            field(BECAUSE, texts.WHAT_ABOUT(), because, hint=texts.BOTH_READ_THIS()),
        ],
        about=target,
    )


def read_because(answers: Mapping[str, Any]) -> str:
    words = plain(str(answers.get(BECAUSE) or ""))
    if not words:
        raise FormError(BECAUSE, texts.NO_REASON())
    if len(words) > LONGEST_REASON:
        raise FormError(BECAUSE, texts.TOO_LONG(length=len(words), most=LONGEST_REASON))
    return words


def is_team(target: str) -> bool:
    return target.startswith(TEAM_TARGET)


def name_of(target: str) -> str:
    return target.partition(":")[2]
