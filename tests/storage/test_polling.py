"""Polled statements are built when their module is imported, so each is run once on both databases."""

import pkgutil
from datetime import UTC, datetime
from importlib import import_module

import storage
from storage.kinds import RequestState
from storage.polling import polled
from storage.scope import Scope

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WITH_PARAMETERS = {
    "storage.celebrations.celebrations.in_channels": {"since": NOW},
    "storage.celebrations.cheers.seconded_since": {"since": NOW, "settled": NOW},
    "storage.connections.network.ended_request_exists": {"states": list(RequestState)},
    "storage.counting.event_exists_before": {"before": NOW},
    "storage.nudges.exists_before": {"before": NOW},
    "storage.nudges.unplanned": {
        "in_zones": ["UTC", "Europe/Berlin"],
        "after": "",
        "day": NOW.date(),
        "weekday": "0",
        "hour": 9,
        "clock": "09:00",
        "starts": "09:00",
        "ends": "17:00",
        "days": "01234",
        "limit": 5,
    },
    "storage.outbox.attention.exists_before": {"before": NOW},
    "storage.outbox.keeping.exists_before": {"words_before": NOW, "keys_before": NOW},
    "storage.programs.programs.programs_before": {"until": NOW},
    "storage.rounds.check_ins.select_final": {"agreed_by": NOW, "ended_after": NOW, "limit": 5},
    "storage.rounds.check_ins.select_midway": {"agreed_by": NOW, "limit": 5},
    "storage.rounds.inactivity.is_moment_past": {"limit": 5},
}


def polled_functions():
    modules = [
        import_module(one.name)
        for one in pkgutil.walk_packages(storage.__path__, "storage.")
        if "migrations" not in one.name and not one.ispkg
    ]
    of_polled = polled(None).__qualname__
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__qualname__", "") == of_polled
    }


FUNCTIONS = polled_functions()


def test_the_list_above_names_polled_functions_only():
    assert FUNCTIONS.keys() > WITH_PARAMETERS.keys()


def test_each_finds_nothing_or_nothing_yet_in_a_new_database(database):
    with database.snapshot() as session:
        found = {
            name: list(ask(Scope(session, "T1", NOW), **WITH_PARAMETERS.get(name, {})))
            for name, ask in FUNCTIONS.items()
        }

    assert {name: rows for name, rows in found.items() if rows not in ([], [None])} == {}
