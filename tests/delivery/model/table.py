"""What is checked: the protocol as built against each kind of fault, and without each of its parts."""

from typing import NamedTuple

from tests.delivery.model.faults import (
    CLOCK,
    EVERYTHING,
    KILLED,
    LATE_EXECUTION,
    LOST,
    NO_COMMIT,
    ODD,
    PAUSED,
    POWER,
    TOO_MANY,
)
from tests.delivery.model.world import Protocol, Scenario

AS_BUILT = Protocol("as built")
LEASE_ONLY = Protocol("1 lease", waits=False, heals=False)
WITH_WAIT = Protocol("2 + wait", heals=False)
ON_SQLITE = Protocol("+ process lock", process_lock=True)
"""All processes are on one machine, so the one that carries keeps a lock of the operating system."""
ON_OPEN_CONNECTION = Protocol("+ silence ends", silence=3)
"""As built, and Slack closes a connection on which nothing comes for thirty seconds."""

CRASHES = Scenario("killed, lost, no commit", frozenset({KILLED, LOST, NO_COMMIT}), 2)
WRONG_CLOCK = Scenario("killed, a wrong clock", frozenset({KILLED, CLOCK}), 2)
ODD_ANSWERS = Scenario("odd answers, 429", frozenset({ODD, TOO_MANY}), 2)
POWER_FAILS = Scenario("power fails, killed", frozenset({POWER, KILLED}), 1)
EXECUTED_LATE = Scenario("late, killed, lost, no commit", frozenset({LATE_EXECUTION, KILLED, LOST, NO_COMMIT}), 2)
HISTORY_LAGS = Scenario("history late, lost", frozenset({LOST}), 2, lag=1)
FROZEN = Scenario("paused, killed", frozenset({PAUSED, KILLED}), 2)
FROZEN_AND_LATE = Scenario("paused, late, killed, lost", frozenset({PAUSED, LATE_EXECUTION, KILLED, LOST}), 2)
ANYTHING = Scenario("everything, two messages", EVERYTHING, 1, messages=2, lag=1)
THREE = Scenario("paused, late, three processes", frozenset({PAUSED, LATE_EXECUTION}), 1, processes=3)
SCENARIOS = (
    CRASHES,
    WRONG_CLOCK,
    ODD_ANSWERS,
    POWER_FAILS,
    EXECUTED_LATE,
    HISTORY_LAGS,
    FROZEN,
    FROZEN_AND_LATE,
    ANYTHING,
    THREE,
)


class Missing(NamedTuple):
    """A part taken out, where that is noticed, and what becomes of a message then."""

    part: str
    protocol: Protocol
    scenario: Scenario
    ends: str


WITHOUT = (
    Missing("heartbeats", AS_BUILT._replace(name="without", heartbeats=False), WRONG_CLOCK, "STUCK"),
    Missing("epochs", AS_BUILT._replace(name="without", epochs=False), FROZEN, "STUCK"),
    Missing("care for answers", AS_BUILT._replace(name="without", careful=False), ODD_ANSWERS, "LOST"),
    Missing("durable commits", AS_BUILT._replace(name="without", durable=False), POWER_FAILS, "TWICE"),
    Missing("healing", AS_BUILT._replace(name="without", heals=False), FROZEN, "TWICE"),
    Missing("looking for ever", AS_BUILT._replace(name="without", looks=2), FROZEN, "TWICE"),
)
WITHOUT_WAIT = AS_BUILT._replace(name="without", waits=False)
"""Without the wait nothing ends badly, but a request that was executed late is seen twice for a while."""


def one_fault_more(scenario):
    return scenario._replace(budget=scenario.budget + 1)


def can_be_doubled(scenario):
    """Only a process that is frozen between its last look at the lease and its request can add a copy."""
    return PAUSED in scenario.kinds
