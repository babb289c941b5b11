"""The protocol of delivery holds in every order of steps and faults, and the checker sees when a part is missing."""

import os
from importlib import import_module
from operator import attrgetter

import pytest

from tests.delivery.model.search import explore
from tests.delivery.model.steps import BUILT_AS, STEPS
from tests.delivery.model.table import (
    AS_BUILT,
    EXECUTED_LATE,
    FROZEN_AND_LATE,
    ON_OPEN_CONNECTION,
    ON_SQLITE,
    SCENARIOS,
    WITHOUT,
    WITHOUT_WAIT,
    can_be_doubled,
    one_fault_more,
)

pytestmark = pytest.mark.slow

NIGHT = "WEFT_TESTS_FOR_THE_NIGHT"

scenarios = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
harmless_pauses = pytest.mark.parametrize("protocol", [ON_SQLITE, ON_OPEN_CONNECTION], ids=lambda one: one.name)
at_night = pytest.mark.skipif(NIGHT not in os.environ, reason=f"only at night, when {NIGHT} is set")


def check_once_or_healed(scenario):
    result = explore(AS_BUILT, scenario)

    assert result.stories == {}
    assert can_be_doubled(scenario) or not result.is_ever_doubled


@scenarios
def test_each_message_arrives_once_and_a_copy_that_a_frozen_process_made_is_deleted(scenario):
    check_once_or_healed(scenario)


@at_night
@scenarios
def test_so_it_is_with_one_fault_more(scenario):
    check_once_or_healed(one_fault_more(scenario))


@harmless_pauses
def test_under_these_conditions_a_frozen_process_makes_no_copy_at_all(protocol):
    check_never_doubled(protocol, FROZEN_AND_LATE)


@at_night
@harmless_pauses
def test_so_it_is_under_these_conditions_with_one_fault_more(protocol):
    check_never_doubled(protocol, one_fault_more(FROZEN_AND_LATE))


def check_never_doubled(protocol, scenario):
    result = explore(protocol, scenario)

    assert result.stories == {}
    assert not result.is_ever_doubled


@pytest.mark.parametrize("missing", WITHOUT, ids=lambda missing: missing.part)
def test_without_one_of_its_parts_a_message_ends_badly(missing):
    assert missing.ends in explore(missing.protocol, missing.scenario, to_the_end=False).bad_endings


def test_without_the_wait_a_request_that_is_executed_late_is_seen_twice_for_a_while():
    assert explore(WITHOUT_WAIT, EXECUTED_LATE).is_ever_doubled


def test_a_connection_that_slack_leaves_open_for_longer_is_no_protection():
    too_long = ON_OPEN_CONNECTION.silence + 1
    assert explore(ON_OPEN_CONNECTION._replace(silence=too_long), FROZEN_AND_LATE).is_ever_doubled


def test_each_step_of_the_model_names_the_functions_that_do_the_same():
    names = [name for step in STEPS for name in BUILT_AS[step]]

    for module, _, path in (name.partition(":") for name in names):
        assert callable(attrgetter(path)(import_module(f"bot.delivery.{module}")))
