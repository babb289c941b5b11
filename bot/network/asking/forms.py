"""Forms for asking to be introduced: first the target, then the connector and the reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import field, form, option, plain_text, section, select
from bot.core.errors import FormError
from bot.core.texts import escape, plain

REACH_FORM, ASK_FORM = "network_reach_form", "network_ask_form"
TEAM, PERSON, CONNECTOR, BECAUSE = (f"network_{what}" for what in ("team", "person", "connector", "because"))
WHO = "Who would you like to meet?"
MOST_TEAMS = 100
LONGEST_OPTION = 75
LONGEST_REASON = 500
TEAM_TARGET, PERSON_TARGET = "team:", "person:"


def reach_form(teams: Sequence[str], chosen: str | None = None) -> dict[str, Any]:
    options = [option(team, team) for team in teams[:MOST_TEAMS] if len(team) <= LONGEST_OPTION]
    person = {"type": "users_select", "placeholder": plain_text("Somebody in particular", 150)}
    if not options:
        return form(REACH_FORM, "Who could introduce me?", "Look", [field(PERSON, WHO, person)])
    teams_field = select(options, chosen=chosen, placeholder="Anybody of a team")
    fields = [
        section(f"{WHO} Choose a person, or a team."),
        field(PERSON, "A person", person, optional=True),
        field(TEAM, "Or somebody of a team", teams_field, optional=True),
    ]
    return form(REACH_FORM, "Who could introduce me?", "Look", fields)


def read_target(answers: Mapping[str, Any]) -> str:
    """Return the target as a string that the second form carries along."""
    if answers.get(PERSON):
        return PERSON_TARGET + str(answers[PERSON])
    if answers.get(TEAM):
        return TEAM_TARGET + str(answers[TEAM])
    raise FormError(PERSON, "Please choose somebody, or a team.")


def ask_form(target: str, goal: str, connectors: Mapping[str, str]) -> dict[str, Any]:
    """`connectors`: names of possible connectors, by id."""
    named = [option(name, person_id) for person_id, name in connectors.items()]
    because = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_REASON}
    hint = "Whom I ask reads this, and so does the person you want to meet if the first agrees."
    first = next(iter(connectors))
    return form(
        ASK_FORM,
        "Ask to be introduced",
        "Ask",
        [
            section(escape(goal)),
            field(CONNECTOR, "Whom shall I ask?", select(named, chosen=first)),
            field(BECAUSE, "What would you like to talk about?", because, hint=hint),
        ],
        about=target,
    )


def read_because(answers: Mapping[str, Any]) -> str:
    words = plain(str(answers.get(BECAUSE) or ""))
    if not words:
        raise FormError(BECAUSE, "A sentence on what you would like to talk about, please. It helps them to say yes.")
    if len(words) > LONGEST_REASON:
        raise FormError(BECAUSE, f"{LONGEST_REASON} characters at most, please.")
    return words


def is_team(target: str) -> bool:
    return target.startswith(TEAM_TARGET)


def name_of(target: str) -> str:
    return target.partition(":")[2]
