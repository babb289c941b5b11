"""Prints the tables. Exit status 1: the protocol as built fails, or it is not seen that one of its parts is missing."""

import argparse
import gc
import sys

from tests.delivery.model.search import explore
from tests.delivery.model.table import (
    AS_BUILT,
    EXECUTED_LATE,
    FROZEN,
    FROZEN_AND_LATE,
    HISTORY_LAGS,
    LEASE_ONLY,
    ON_OPEN_CONNECTION,
    ON_SQLITE,
    SCENARIOS,
    WITH_WAIT,
    WITHOUT,
    WITHOUT_WAIT,
    can_be_doubled,
    one_fault_more,
)


def main(words=None):
    command = argparse.ArgumentParser(prog="python -m tests.delivery.model", description=__doc__)
    command.add_argument("--deep", action="store_true", help="one fault more in each row (some minutes)")
    command.add_argument("--stories", action="store_true", help="the shortest story of each bad ending, too")
    arguments = command.parse_args(words)
    gc.disable()  # Nothing here is thrown away before the end of a row.
    failed = [*check_whole(arguments), *check_parts(arguments)]
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nThe protocol holds, and needs each of its parts.")
    return 1 if failed else 0


def check_whole(arguments):
    print(f"{'what goes wrong':32} {'faults':>6} {'protocol':16} {'states':>9}  what people get in the end")
    for scenario in SCENARIOS:
        scenario = one_fault_more(scenario) if arguments.deep else scenario
        for protocol in protocols_for(scenario):
            result = explore(protocol, scenario)
            tell(scenario.name, scenario, protocol, result, arguments)
            is_whole = protocol in (AS_BUILT, ON_SQLITE, ON_OPEN_CONNECTION)
            doubled = result.is_ever_doubled and not (protocol == AS_BUILT and can_be_doubled(scenario))
            if is_whole and (result.bad_endings or doubled):
                yield f"{protocol.name}: {scenario.name}"


def protocols_for(scenario):
    if scenario.name == FROZEN.name:
        return (LEASE_ONLY, WITH_WAIT, AS_BUILT, ON_SQLITE, ON_OPEN_CONNECTION)
    if scenario.name == FROZEN_AND_LATE.name:
        return (AS_BUILT, ON_SQLITE, ON_OPEN_CONNECTION)
    if scenario.name in (EXECUTED_LATE.name, HISTORY_LAGS.name):
        return (LEASE_ONLY, WITH_WAIT, AS_BUILT)
    return (AS_BUILT,) if scenario.messages > 1 or scenario.processes > 2 else (LEASE_ONLY, AS_BUILT)


def check_parts(arguments):
    print("\nWithout one of its parts, until the first bad ending:")
    for missing in WITHOUT:
        result = explore(missing.protocol, missing.scenario, to_the_end=False)
        tell(f"without {missing.part}", missing.scenario, missing.protocol, result, arguments)
        if missing.ends not in result.bad_endings:
            yield f"it is not seen that {missing.part} is missing"
    result = explore(WITHOUT_WAIT, EXECUTED_LATE)
    tell("without the wait", EXECUTED_LATE, WITHOUT_WAIT, result, arguments)
    if not result.is_ever_doubled:
        yield "it is not seen that the wait is missing"


def tell(title, scenario, protocol, result, arguments):
    print(f"{title:32} {scenario.budget:6} {protocol.name:16} {result.states:9,}  {result.words}", flush=True)
    for ending, story in result.stories.items() if arguments.stories else ():
        print(f"\n    {ending}:", *[f"{n:7} {label}" for n, label in enumerate(story, 1)], "", sep="\n")


if __name__ == "__main__":
    sys.exit(main())
