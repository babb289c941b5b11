"""A person's network as they see it. It is never shown to anyone else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.connections.service import Connection, connections_of
from bot.core.errors import FormError, UserError
from bot.core.events import TeamWished
from bot.core.message import Block
from bot.core.work import Work
from bot.network import forms, rules, texts
from bot.network.remembered import last_notes
from bot.people.hours import today_of
from storage.connections import network
from storage.people import people
from storage.people.people import Card


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A known person with their card."""

    connection: Connection
    card: Card


@dataclass(frozen=True, slots=True)
class Pinned:
    other_id: str
    every_weeks: int
    last_on: date | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The content of `/network`."""

    people: tuple[Acquaintance, ...]
    """People who are still here, strongest first."""
    own_team: str | None
    teams: frozenset[str]
    """Teams of people they know, without their own, as in `all_teams`."""
    all_teams: int
    offices: frozenset[str]
    all_offices: int
    unreached: tuple[str, ...]
    wished: tuple[str, ...]
    pins: tuple[Pinned, ...]
    notes: Mapping[str, str]
    """Latest note about each person, by id."""
    today: date

    @property
    def fading(self) -> tuple[Acquaintance, ...]:
        return tuple(one for one in self.people if one.connection.is_fading(self.today))


def network_of(work: Work, person_id: str) -> Network:
    me = people.get(work, person_id=person_id)
    today = today_of(work, person_id)
    known = acquaintances(work, person_id)
    own = me.team if me else None
    teams = frozenset(one.card.team for one in known if one.card.team and one.card.team != own)
    offices = frozenset(one.card.office for one in known if one.card.office)
    sizes = people.sizes(work)
    wished = network.wishes(work, person_id=person_id)
    return Network(
        people=tuple(known),
        own_team=own,
        teams=teams,
        all_teams=len(sizes.teams.keys() - {own}),
        offices=offices,
        all_offices=len(sizes.offices),
        unreached=tuple(rules.unreached(sizes.teams, teams, own)),
        wished=tuple(wish.team for wish in wished),
        pins=tuple(pins_of(work, person_id, known, today)),
        notes={other_id: words for (_, other_id), words in last_notes(work, [person_id]).items()},
        today=today,
    )


def acquaintances(work: Work, person_id: str) -> list[Acquaintance]:
    connections = connections_of(work, person_id)
    ids = [connection.other_id for connection in connections]
    cards = people.cards(work, person_ids=ids)
    return [
        Acquaintance(connection, cards[connection.other_id])
        for connection in connections
        if connection.other_id in cards and cards[connection.other_id].is_here
    ]


# Pins


def pins_of(work: Work, person_id: str, known: Sequence[Acquaintance], today: date) -> list[Pinned]:
    """Return pins of people who are still here."""
    last = {one.connection.other_id: one.connection.last_on for one in known}
    pins = network.pins_of(work, person_ids=[person_id])
    cards = people.cards(work, person_ids=[pin.other_id for pin in pins])
    return [
        Pinned(
            pin.other_id,
            pin.every_weeks,
            last.get(pin.other_id),
            rules.is_due(pin.every_weeks, last.get(pin.other_id), pin.pinned_on, today),
        )
        for pin in pins
        if pin.other_id in cards and cards[pin.other_id].is_here
    ]


def chosen_pins(work: Work, person_id: str) -> dict[str, tuple[str, int]]:
    """Return name and weeks for each pinned person who is still here, by id."""
    pins = network.pins_of(work, person_ids=[person_id])
    cards = people.cards(work, person_ids=[pin.other_id for pin in pins])
    here = [pin for pin in pins if pin.other_id in cards and cards[pin.other_id].is_here]
    return {pin.other_id: (cards[pin.other_id].name, pin.every_weeks) for pin in here}


def pin(work: Work, person_id: str, rhythms: Mapping[str, int]) -> None:
    """Replace all pins. Raises FormError for an invalid person or rhythm."""
    if person_id in rhythms:
        raise FormError(forms.PINNED, texts.YOURSELF())
    if len(rhythms) > rules.MOST_PINS:
        raise FormError(forms.PINNED, texts.TOO_MANY_PINS(most=rules.MOST_PINS))
    if not set(rhythms.values()) <= set(rules.RHYTHMS):
        raise FormError(forms.RHYTHM, texts.NO_RHYTHM())
    cards = people.cards(work, person_ids=list(rhythms))
    if any(other not in cards or not cards[other].is_here for other in rhythms):
        raise FormError(forms.PINNED, texts.NOT_PINNABLE())
    network.replace_pins(work, person_id=person_id, rhythms=rhythms, on=work.now.date())


def change_rhythm(work: Work, person_id: str, other_id: str, every_weeks: int) -> None:
    if every_weeks not in rules.RHYTHMS:
        raise UserError(texts.RHYTHM_GONE())
    if not network.change_rhythm(work, person_id=person_id, other_id=other_id, every_weeks=every_weeks):
        raise UserError(texts.PIN_GONE())


# Wishes


def wish_for_team(work: Work, person_id: str, team: str) -> tuple[bool, list[Block]]:
    """Wish for a coffee with this team. Returns whether that is new, and blocks of other features to act on it now."""
    wished = network.wishes(work, person_id=person_id)
    if team not in {wish.team for wish in wished}:
        check_may_wish(work, team, len(wished))
    is_new = network.wish(work, person_id=person_id, team=team)
    return is_new, [block for ways in work.raise_(TeamWished(person_id, team)) for block in ways]


def check_may_wish(work: Work, team: str, wished: int) -> None:
    """`wished`: number of teams they have wished for already."""
    if team not in people.sizes(work).teams:
        raise UserError(texts.TEAM_GONE())
    if wished >= rules.MOST_WISHES:
        raise UserError(texts.TOO_MANY_TEAMS(most=rules.MOST_WISHES))


def take_wish_back(work: Work, person_id: str, team: str) -> None:
    network.unwish(work, person_id=person_id, team=team)
