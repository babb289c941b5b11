"""Which teams are in touch, and which teams each person reaches: what another meeting of the two still bridges.

A company whose teams know each other finds ideas and help sooner (Burt 2004). The first tie between two teams is worth
most; a person who reaches a new team carries news to a whole one (Granovetter 1973).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from bot.matching.model import Wishes

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Shorts = NDArray[np.int16]
Places = NDArray[np.intp]

FULL_DAYS, FADED_DAYS = 365, 730
WHOLE, FADED = 256, 64
"""Strength of a tie of up to a year, and of one of two years and more, in between fading evenly."""
MOST_COUNTED = 1500
"""People among whom ways are counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Points that a meeting does not bring because there is a tie already. Sparse arrays of int16: there are many."""

    between: csr_array
    """Teams x teams, symmetric. All points on the diagonal: there is nothing to bridge within a team."""
    reached: csr_array
    """People x teams: the points of people for a team in which they know someone. Not of their own."""
    reached_by: csr_array
    """The same, teams x people."""
    coffees: csr_array
    """Teams x teams, the lower number first: where anyone of the two has met. int8."""
    sizes: Ints
    """People on each team, those absent included; 0 where not all meetings are known."""

    def take(self, chosen: Places) -> "Ties":
        """The ties of these people alone, in this order."""
        reached = self.reached[chosen]
        return replace(self, reached=reached, reached_by=csr_array(reached.T))

    def of_teams(self, people: Places, team: Ints) -> Shorts:
        """The points that each of these people, whose teams are known, does not bring with each team: dense."""
        points: Shorts = self.between[team].toarray()
        points += self.reached[people].toarray()
        return points


def most(w: Wishes) -> int:
    """Points of a meeting between two teams that aren't in touch, of two people who reach neither."""
    return w.bridge + 2 * w.reach


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """Row i: the places of two people, -1 for one who is unknown, and whether they met or are in touch otherwise."""

    a: Ints
    b: Ints
    met: NDArray[np.bool_]
    age_days: NDArray[np.float32]

    def where(self, which: NDArray[np.bool_]) -> "Contact":
        return Contact(self.a[which], self.b[which], self.met[which], self.age_days[which])


def ties_of(w: Wishes, contact: Contact, team_of: Ints, n: int) -> Ties:
    """Build the ties of the first `n` people. `team_of`: the team at each place, -1 for one that is unknown."""
    teams = int(team_of[:n].max(initial=-1)) + 1
    known = contact.where((contact.a >= 0) & (contact.b >= 0))
    known = known.where((team_of[known.a] >= 0) & (team_of[known.b] >= 0))
    apart = known.where(team_of[known.a] != team_of[known.b])
    one, other = team_of[apart.a], team_of[apart.b]
    square, ones = (teams, teams), np.ones(len(one), np.int32)
    between = added((one, other), (other, one), strength_of(apart.age_days), square)
    between.data = (w.bridge * np.minimum(between.data, WHOLE) // WHOLE).astype(np.int16)
    reached = added((apart.a, other), (apart.b, one), ones, (len(team_of), teams))[:n]
    reached.data = np.full(reached.nnz, w.reach, np.int16)
    low, high = np.minimum(one, other)[apart.met], np.maximum(one, other)[apart.met]
    coffees = csr_array(coo_array((ones[apart.met].astype(np.int8), (low, high)), shape=square))
    coffees.data[:] = 1
    return Ties(
        between=csr_array(between + whole_within(most(w), teams)),
        reached=reached,
        reached_by=csr_array(reached.T),
        coffees=coffees,
        sizes=np.bincount(team_of[team_of >= 0], minlength=teams).astype(np.int32),
    )


def whole_within(points: int, teams: int) -> csr_array:
    own = np.arange(teams)
    return csr_array(coo_array((np.full(teams, points, np.int16), (own, own)), shape=(teams, teams)))


def strength_of(age_days: NDArray[np.float32]) -> Ints:
    past = np.clip(age_days - FULL_DAYS, 0, FADED_DAYS - FULL_DAYS).astype(np.int32)
    strength: Ints = WHOLE - (WHOLE - FADED) * past // (FADED_DAYS - FULL_DAYS)
    return strength


def added(there: tuple[Ints, Ints], back: tuple[Ints, Ints], values: Ints, shape: tuple[int, int]) -> csr_array:
    """The values at their rows and columns, there and back; those of equal places are added up."""
    at = tuple(np.concatenate(both) for both in zip(there, back, strict=True))
    return csr_array(coo_array((np.concatenate((values, values)), at), shape=shape))


def nearness(w: Wishes, contact: Contact, n: int, everyone: int) -> Ints:
    """Return the points that two people do not bring because many ways of three steps join them already: n x n.

    A meeting shortens the ways between everyone near the one and everyone near the other. Where they are joined in many
    ways, it shortens few. Empty where there are too many people to count: there, few are near each other.
    """
    if everyone > MOST_COUNTED or not w.far:
        return np.empty((0, 0), np.int32)
    known = contact.where((contact.a >= 0) & (contact.b >= 0))
    knows = np.zeros((everyone, everyone), np.float32)
    knows[known.a, known.b] = knows[known.b, known.a] = 1
    ways = np.rint(knows[:n] @ knows @ knows[:, :n]).astype(np.int64)  # Exact: fewer than 2 ** 24.
    many = max(1, 2 * int(ways.sum()) // max(1, n * n))
    return (w.far * np.minimum(ways, many) // many).astype(np.int32)


def connected(ties: Ties, least: int) -> float | None:
    """Return the share of pairs of teams that have had a coffee, among teams of `least` people and more.

    None where there are fewer such pairs than `least`.
    """
    told = np.flatnonzero(ties.sizes >= least)
    pairs = len(told) * (len(told) - 1) // 2
    return ties.coffees[told][:, told].nnz / pairs if pairs >= least else None
