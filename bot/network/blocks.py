"""A person's own network on Home and for `/network`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.core.blocks import BUTTON, actions, button, context, header, option, section, sections, select
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import cut, escape, mention
from bot.network import texts
from bot.network.rules import RHYTHMS
from bot.network.service import Acquaintance, Network, Pinned

WISH, UNWISH, HELLO, PINS, RHYTHM, PICTURE, DARK_PICTURE = (
    f"network_{what}" for what in ("wish", "unwish", "hello", "pins", "pin_rhythm", "picture", "dark_picture")
)
REACH = "network_reach"
SHOWN, TEAMS_SHOWN = 5, 6
FEWEST_DRAWN = 2


def network(shown: Network) -> list[Block]:
    """Return the page for Home and for `/network`."""
    heading = header(texts.MY_NETWORK())
    if not shown.people:
        return [heading, section(texts.NO_ONE_YET()), *unknown_teams(shown), *pinned(shown), more(is_drawn=False)]
    return [
        heading,
        section(breadth(shown)),
        section(texts.CLOSEST(people=listed([mention(one.card.person_id) for one in shown.people[:SHOWN]]))),
        *losing_touch(shown),
        *unknown_teams(shown),
        *pinned(shown),
        more(is_drawn=len(shown.people) >= FEWEST_DRAWN),
        context(texts.ONLY_YOU()),
    ]


def breadth(shown: Network) -> str:
    people, teams = len(shown.people), len(shown.teams)
    if not teams:
        return texts.KNOWN(count=people)
    if shown.all_offices < 2:
        return texts.KNOWN_IN_TEAMS(count=people, teams=teams, all_teams=shown.all_teams)
    return texts.KNOWN_IN_TEAMS_AND_OFFICES(
        count=people,
        teams=teams,
        all_teams=shown.all_teams,
        offices=len(shown.offices),
        all_offices=shown.all_offices,
    )


def losing_touch(shown: Network) -> list[Block]:
    """Return people once close and quiet for a while, each with a button to say hello."""
    quiet = shown.fading[:SHOWN]
    lead = [section(texts.LOSING_TOUCH())] if quiet else []
    return [*lead, *(quiet_person(one, shown) for one in quiet)]


def quiet_person(one: Acquaintance, shown: Network) -> Block:
    person, month = mention(one.card.person_id), month_of(one.connection.last_on, shown.today)
    has_met = one.connection.last_met_on == one.connection.last_on
    last = (texts.LAST_MET if has_met else texts.LAST_IN_TOUCH)(person=person, month=month)
    note = shown.notes.get(one.card.person_id)
    hello = with_accessibility(
        button(texts.SAY_HELLO(), HELLO, one.card.person_id), texts.SAY_HELLO_TO(name=one.card.name)
    )
    return section("\n".join([last, *([note] if note else [])]), accessory=hello)


def with_accessibility(element: dict[str, Any], label: str) -> dict[str, Any]:
    """Add an accessibility label to a button: it names what others read beside it."""
    return element | {"accessibility_label": cut(label, BUTTON)}


def month_of(day: date, today: date) -> str:
    return f"{day:%B}" if day.year == today.year else f"{day:%B %Y}"


def unknown_teams(shown: Network) -> list[Block]:
    """Return the team wishes, and teams to wish for. A wish stays listed until it is fulfilled or withdrawn."""
    wished = [section(texts.TRYING(team=team), accessory=options_of(team)) for team in shown.wished]
    teams = [team for team in shown.unreached if team not in shown.wished]
    room = max(TEAMS_SHOWN - len(wished), 0)
    offered = [section(escape(team), accessory=match_with(team)) for team in teams[:room]]
    after = [context(texts.MORE_TEAMS(count=len(teams) - room))] if len(teams) > room else []
    asked = [section(texts.ON_YOUR_LIST()), *wished] if wished else []
    lead = [section(texts.TEAMS_TO_MEET())] if offered else []
    return [*asked, *lead, *offered, *after]


def match_with(team: str) -> dict[str, Any]:
    return with_accessibility(button(texts.MATCH_ME(), WISH, team), texts.MATCH_ME_WITH(team=team))


def options_of(team: str) -> dict[str, Any]:
    return with_accessibility(button(texts.SEE_OPTIONS(), WISH, team), texts.SEE_OPTIONS_FOR(team=team))


def coffee_there(team: str, ways: Sequence[Block]) -> list[Block]:
    """Return what can be done about the wish now."""
    return [*ways, actions(button(texts.UNDO(), UNWISH, team)), context(texts.ONLY_YOU_WISH())]


def pinned(shown: Network) -> list[Block]:
    if not shown.pins:
        return []
    return [section(texts.STAYING_IN_TOUCH()), *(pin(one, shown.today) for one in shown.pins)]


def pin(one: Pinned, today: date) -> Block:
    """Return a pinned person with a menu for their rhythm."""
    values = {weeks: f"{one.other_id}:{weeks}" for weeks in RHYTHMS}
    choices = [option(texts.RHYTHMS[weeks](), values[weeks]) for weeks in RHYTHMS]
    rhythm = select(choices, chosen=values.get(one.every_weeks), placeholder=texts.HOW_OFTEN())
    return section(last_talked(one, today), accessory=rhythm | {"action_id": RHYTHM})


def last_talked(one: Pinned, today: date) -> str:
    person = mention(one.other_id)
    if one.last_on is None:
        return (texts.PIN_NEW_DUE if one.is_due else texts.PIN_NEW)(person=person)
    return (texts.PIN_DUE if one.is_due else texts.PIN)(person=person, month=month_of(one.last_on, today))


def more(*, is_drawn: bool) -> Block:
    picture = [button(texts.DRAW(), PICTURE), button(texts.DRAW_DARK(), DARK_PICTURE)]
    return actions(
        *(picture if is_drawn else []),
        button(texts.FIND_INTRODUCTION(), REACH),
        button(texts.STAY_IN_TOUCH(), PINS),
    )


def hello(sender: str, other: str, words: str) -> Message:
    return Message(
        texts.SAYS_HI_TO(sender=mention(sender), other=mention(other)),
        [section(texts.SAYS_HI(sender=mention(sender))), *quote(words), context(texts.IS_PLENTY())],
    )


def quote(words: str) -> list[Block]:
    return sections((line for line in escape(words).splitlines() if line.strip()), before="> ")


def draft(name: str, last_on: date | None, today: date) -> str:
    """Return a draft for a hello."""
    first_name = name.split()[0]
    if last_on is None:
        return texts.DRAFT_TO_ANYONE(name=first_name)
    return texts.DRAFT(name=first_name, month=month_of(last_on, today))


def described(shown: Network) -> str:
    """Return the picture's alt text."""
    teams: dict[str, list[str]] = {}
    for one in shown.people:
        teams.setdefault(one.card.team or texts.NO_TEAM(), []).append(one.card.name)
    inside = [texts.TEAM_IN_WORDS(team=team, names=", ".join(names)) for team, names in teams.items()]
    return texts.PICTURE_IN_WORDS(teams=" ".join(inside))
