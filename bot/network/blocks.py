"""A person's own network on Home and for `/network`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.core.blocks import BUTTON, actions, button, context, header, option, section, select
from bot.core.message import Block, Message
from bot.core.texts import count, cut, escape, listed, mention
from bot.network.rules import RHYTHMS
from bot.network.service import Acquaintance, Network, Pinned

WISH, UNWISH, HELLO, PINS, RHYTHM, PICTURE, DARK_PICTURE = (
    f"network_{what}" for what in ("wish", "unwish", "hello", "pins", "pin_rhythm", "picture", "dark_picture")
)
REACH = "network_reach"
SHOWN, TEAMS_SHOWN = 5, 6
ONLY_YOU = "Only you see this page. Nobody is ranked by it, and admins can't look at it."
NO_ONE_YET = "Nobody yet. After your first coffee you find here whom you know, and where you know nobody."
EMPTY_PICTURE = "There is nobody to draw yet. After your first coffee there is."
FEW_PICTURE = "From two people on I draw you a picture. The next coffee may be enough."
FEWEST_DRAWN = 2
ON_ITS_WAY = "I'm drawing. The picture comes to you alone, as a direct message."
UNWISHED = "Taken back. No round looks for somebody from {team} for you any more."
PINNED = "Noted. Only you know of it."
RHYTHM_CHANGED = "Noted: {rhythm}."
SENT = "Sent. I have opened a group message for the two of you."


def network(shown: Network) -> list[Block]:
    """Return the page for Home and for `/network`."""
    if not shown.people:
        return [header("My network"), section(NO_ONE_YET), *unknown_teams(shown), *pinned(shown), more(is_drawn=False)]
    return [
        header("My network"),
        section(breadth(shown)),
        *strongest(shown.people),
        *fading(shown),
        *unknown_teams(shown),
        *pinned(shown),
        more(is_drawn=len(shown.people) >= FEWEST_DRAWN),
        context(ONLY_YOU),
    ]


def breadth(shown: Network) -> str:
    teams = f" in {of_teams(shown)}" if shown.all_teams else ""
    offices = f" and *{len(shown.offices)} of {count(shown.all_offices, 'office')}*" if shown.all_offices > 1 else ""
    return f"You know *{count(len(shown.people), 'person', 'people')}*{teams}{offices}."


def of_teams(shown: Network) -> str:
    kind = "other team" if shown.own_team else "team"
    if not shown.teams:
        return f"none of the {count(shown.all_teams, kind)} yet"
    return f"*{len(shown.teams)} of {count(shown.all_teams, kind)}*"


def strongest(people: Sequence[Acquaintance]) -> list[Block]:
    names = [mention(one.card.person_id) for one in people[:SHOWN]]
    return [section(f"*Closest at the moment*\n{listed(names)}")]


def fading(shown: Network) -> list[Block]:
    """Return people once close and quiet for a while, each with a button to say hello."""
    quiet = shown.fading[:SHOWN]
    lead = [section("*Fading*\nIt has been a while. A short hello is enough.")] if quiet else []
    return lead + [
        section(
            "\n".join([last_time(one, shown.today), *noted(one, shown)]),
            accessory=button(f"Say hello to {one.card.name}", HELLO, one.card.person_id),
        )
        for one in quiet
    ]


def noted(one: Acquaintance, shown: Network) -> list[str]:
    words = shown.notes.get(one.card.person_id)
    return [words] if words else []


def last_time(one: Acquaintance, today: date) -> str:
    what = "you met" if one.connection.last_met_on == one.connection.last_on else "you were in touch"
    return f"{mention(one.card.person_id)} · {what} last {in_month(one.connection.last_on, today)}"


def in_month(day: date, today: date) -> str:
    return f"in {day:%B}" if day.year == today.year else f"in {day:%B %Y}"


def unknown_teams(shown: Network) -> list[Block]:
    """Return the team wishes, and teams to wish for. A wish stays listed until it is fulfilled or withdrawn."""
    wished = [section(f"{escape(team)} · noted for the next round", accessory=more_of(team)) for team in shown.wished]
    teams = [team for team in shown.unreached if team not in shown.wished]
    room = max(TEAMS_SHOWN - len(wished), 0)
    offered = [section(escape(team), accessory=coffee_in(team)) for team in teams[:room]]
    after = [context(f"and {count(len(teams) - room, 'more team')}")] if len(teams) > room else []
    asked = [section("*A coffee you wished for*"), *wished] if wished else []
    lead = [section("*Teams where you know nobody yet*")] if offered else []
    return [*asked, *lead, *offered, *after]


def coffee_in(team: str) -> dict[str, Any]:
    """Return the wish button. Its accessibility label names the team, which others read beside it."""
    label = cut(f"Get me a coffee in {team}", BUTTON)
    return button("Get me a coffee there", WISH, team) | {"accessibility_label": label}


def more_of(team: str) -> dict[str, Any]:
    label = cut(f"More about the coffee in {team}", BUTTON)
    return button("Now, or take it back", WISH, team) | {"accessibility_label": label}


def wish_noted(team: str, *, is_new: bool) -> str:
    noted = "Noted" if is_new else "That is noted already"
    return f"{noted}: you would like to have coffee with somebody from *{escape(team)}*."


def coffee_there(team: str, ways: Sequence[Block]) -> list[Block]:
    """Return what can be done about the wish now."""
    back = actions(button("Take the wish back", UNWISH, team))
    return [*ways, back, context("Only you know of this wish; whoever you meet by it is not told.")]


def pinned(shown: Network) -> list[Block]:
    if not shown.pins:
        return []
    return [section("*Staying in touch*"), *(pin(one, shown.today) for one in shown.pins)]


def pin(one: Pinned, today: date) -> Block:
    """Return a pinned person with a menu for their rhythm."""
    last = f"last {in_month(one.last_on, today)}" if one.last_on else "no contact that I know of yet"
    due = " · time for a hello" if one.is_due else ""
    values = {weeks: f"{one.other_id}:{weeks}" for weeks in RHYTHMS}
    choices = [option(words, values[weeks]) for weeks, words in RHYTHMS.items()]
    rhythm = select(choices, chosen=values.get(one.every_weeks), placeholder="How often")
    return section(f"{mention(one.other_id)} · {last}{due}", accessory=rhythm | {"action_id": RHYTHM})


def more(*, is_drawn: bool) -> Block:
    picture = [button("A picture of it", PICTURE), button("The same for dark mode", DARK_PICTURE)]
    return actions(
        *(picture if is_drawn else []),
        button("Who could introduce me?", REACH),
        button("People to stay in touch with", PINS),
    )


def hello(who: str, to: str, words: str) -> Message:
    text = f"{mention(who)} says hello to {mention(to)}."
    said = "\n".join(f"> {line}" for line in escape(words).splitlines())
    return Message(f"{text}\n{said}", [section(f"{text}\n{said}"), context("15 minutes are plenty.")])


def ready_words(name: str, last_on: date | None, today: date) -> str:
    """Return a draft for a hello."""
    since = f"we last spoke {in_month(last_on, today)}" if last_on else "we have not spoken for a while"
    return f"Hi {name.split()[0]}, {since}. How are you, and what are you working on? Fancy 15 minutes soon?"


def drawn(shown: Network) -> Message:
    return Message(f"Your network as I know it: {breadth(shown).replace('*', '')} Only you get this picture.")


def not_drawn(shown: Network) -> str:
    """Return the network in words if it is too small to draw."""
    if not shown.people:
        return EMPTY_PICTURE
    [only] = shown.people
    team = f" of {escape(only.card.team)}" if only.card.team else ""
    return f"So far I know of one person: {mention(only.card.person_id)}{team}. {FEW_PICTURE}"


def described(shown: Network) -> str:
    """Return the picture's alt text."""
    teams: dict[str, list[str]] = {}
    for one in shown.people:
        teams.setdefault(one.card.team or "no team", []).append(one.card.name)
    inside = ". ".join(f"{team}: {', '.join(names)}" for team, names in teams.items())
    return f"You in the middle, around you {count(len(shown.people), 'person', 'people')} by team. {inside}."
