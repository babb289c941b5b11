"""The bulk history that benchmarks stand on fits the tables as they are."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select

from storage.connections.connections import Meeting
from storage.kinds import MatchState
from storage.people.people import Person
from storage.rounds.rounds import Match, Seat
from tests.benchmarks.history import WORKSPACE, Company, Past, fill

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SMALL = Company(people=40, rounds=10)


def test_a_history_can_be_filled_in_and_gone_on_with(database):
    fill(database, SMALL, NOW)

    with database.transaction() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Person, Match, Seat, Meeting)]
        assert counts[0] == 40
        assert 140 < counts[1] < 200
        assert counts[2] == 2 * counts[1]
        met = select(func.count()).select_from(Match).where(Match.state == MatchState.MET)
        assert session.scalar(met) == counts[3] > 50
        session.add(Match(workspace_id=WORKSPACE, round_id=10, why=""))


def test_the_same_seed_makes_the_same_history():
    one, again, other = (Past(company, NOW) for company in (SMALL, SMALL, replace(SMALL, seed=8)))

    assert one.seats == again.seats
    assert one.messages == again.messages
    assert one.seats != other.seats
