"""What happens around the processes, and what goes wrong: Slack, kills, pauses, commits, power, and time."""

from collections.abc import Callable
from typing import NamedTuple

from tests.delivery.model.steps import LATER, NO_ANSWER, NO_LOOK, NO_TS, NONSENSE, OK, take_step
from tests.delivery.model.world import (
    A_PROCESS,
    GONE,
    LATE,
    LEASE,
    LONG_AGO,
    LOOK_EVERY,
    NONE,
    REQUEST,
    TEN_YEARS,
    At,
    Message,
    Process,
)

KILLED, PAUSED, LOST, NO_COMMIT, POWER = "killed", "paused", "lost", "no commit", "power"
ODD, TOO_MANY, LATE_EXECUTION, CLOCK = "odd", "429", "late", "clock"
EVERYTHING = frozenset({KILLED, PAUSED, LOST, NO_COMMIT, POWER, ODD, TOO_MANY, LATE_EXECUTION, CLOCK})
NO_PROCESS = -1
COMMITS = frozenset({At.BEAT, At.CLAIM, At.CHECK, At.PUT_BACK, At.NOTE, At.NOT_POSTED, At.NOTE_COPIES})
"""Steps that are transactions."""


class Kind:
    """In which order things happen once nothing goes wrong any longer. What has no place here is a fault."""

    RESUME, RESTART, SET_RIGHT, EXECUTE, STEP, TICK = range(6)
    FAULT = DROP = 99


class Action(NamedTuple):
    kind: int
    who: int
    says: str | None
    change: Callable
    given: tuple = ()
    cost: int = 0


def possible(world, kinds):
    """Everything that can happen next; of faults only those of these kinds."""
    around = [*in_slack(world, kinds), *of_processes(world, kinds), *of_power(world, kinds)]
    return [*around, Action(Kind.TICK, NO_PROCESS, "ten seconds pass", tick)] if may_time_pass(world) else around


def may_time_pass(world):
    """A step and a request do not take longer than they may, unless their process is paused."""
    moving = any(one.at not in (At.REST, At.WAIT, At.DEAD) and not one.paused for one in world.processes)
    return not moving and all(
        age < (LATE if is_late else REQUEST) for post in world.posts for _, age, is_late in post.requests
    )


# Slack


def in_slack(world, kinds):
    for n, post in enumerate(world.posts):
        for request in post.requests:
            yield from executions(world, kinds, n, request)
            yield from refusals(kinds, n, request)


def executions(world, kinds, n, request):
    sender, _, is_late = request
    for lag in sorted({0, world.scenario.lag}):
        says = "- Slack posts it" + ", the history shows it later" * (lag > 0) + ", late" * is_late
        unheard = ", no process hears the answer" * (sender < A_PROCESS)
        yield Action(Kind.EXECUTE, sender, says + unheard, end_request, (n, request, OK, lag))
        if sender >= A_PROCESS and LOST in kinds:
            yield Action(
                Kind.FAULT, sender, f"{says}, the answer is lost", end_request, (n, request, NO_ANSWER, lag), 1
            )


def refusals(kinds, n, request):
    sender, age, is_late = request
    if age >= REQUEST and not is_late and LATE_EXECUTION in kinds:
        says = "- no answer in time, Slack still has it"
        yield Action(Kind.FAULT, sender, says, outlive, (n, request), 1)
    if sender < A_PROCESS:
        yield Action(Kind.DROP, sender, "the request is lost", end_request, (n, request))
        return
    for kind, answer in ((ODD, NONSENSE), (ODD, NO_TS), (TOO_MANY, LATER), (LOST, NO_ANSWER)):
        if kind in kinds:
            says = f"gets '{answer}', nothing is posted"
            yield Action(Kind.FAULT, sender, says, end_request, (n, request, answer), 1)


def end_request(world, n, request, answer="", lag=None):
    """It was posted when there is a `lag`."""
    post, sender = world.posts[n], request[0]
    post.requests.remove(request)
    if sender >= A_PROCESS:
        set_values(world, sender, at=At.NOTE, answer=answer, ts=post.next_ts)
    if lag is not None:
        post.copies.append((post.next_ts, lag))
        post.next_ts += 1


def outlive(world, n, request):
    """Slack keeps the request, and its sender hears no more of it."""
    end_request(world, n, request, NO_ANSWER)
    world.posts[n].requests.append((GONE, request[1], True))


# Processes


def of_processes(world, kinds):
    for number, process in enumerate(world.processes):
        if process.paused:
            yield Action(Kind.RESUME, number, "goes on", set_values, (number, (("paused", False),)))
        elif process.at == At.DEAD:
            yield Action(Kind.RESTART, number, "is started again", set_values, (number, (("at", At.BEAT),)))
        elif process.at not in (At.REST, At.WAIT):
            yield Action(Kind.STEP, number, None, take_step, (number,))
        if process.off_by:
            yield Action(Kind.SET_RIGHT, number, "has the right time again", set_values, (number, (("off_by", 0),)))
        if kinds:
            yield from faults_of(world, kinds, number, process)


def faults_of(world, kinds, number, process):
    if KILLED in kinds and process.at != At.DEAD:
        yield Action(Kind.FAULT, number, "is killed", kill, (number,), 1)
    if process.at == At.DEAD or process.paused:
        return
    if LOST in kinds and process.at == At.LOOK:
        then = At.PUT_BACK if world.protocol.epochs else At.NOTE
        values = (("answer", NO_LOOK), ("at", then))
        yield Action(Kind.FAULT, number, "asks for the history and gets no answer", set_values, (number, values), 1)
    if NO_COMMIT in kinds and process.at in COMMITS:
        values = (("answer", ""), ("at", At.REST), ("sure_for", -99), ("epoch", NONE))
        yield Action(Kind.FAULT, number, "can't commit, forgets its lease", set_values, (number, values), 1)
    if PAUSED in kinds:
        yield Action(Kind.FAULT, number, "is paused", set_values, (number, (("paused", True),)), 1)
    if CLOCK in kinds and not world.protocol.heartbeats:
        for off_by in ((-9, TEN_YEARS), (4,), ())[number]:
            says = f"- its clock jumps to {off_by * 10:+} seconds"
            yield Action(Kind.FAULT, number, says, set_values, (number, (("off_by", off_by),)), 1)


def set_values(world, number, values=(), **named):
    for name, value in (*values, *named.items()):
        setattr(world.processes[number], name, value)


def kill(world, number):
    new = Process.started(len(world.messages))
    new.at, new.beat_seen, new.off_by = At.DEAD, True, world.processes[number].off_by
    world.processes[number] = new
    if world.holder == number:
        world.holder = GONE
    for post in world.posts:
        post.requests = [(GONE if sender == number else sender, age, late) for sender, age, late in post.requests]


def of_power(world, kinds):
    if POWER in kinds:
        for lost in range(1 + len(world.before)):
            yield Action(Kind.FAULT, NO_PROCESS, f"the power fails, {lost} commits are lost", fail_power, (lost,), 1)


def fail_power(world, lost):
    (world.holder, world.epoch, world.until), messages = world.before[lost - 1] if lost else world.database()
    world.messages, world.before = [Message(one) for one in messages], ()
    for number in range(len(world.processes)):
        kill(world, number)


# Time


def tick(world):
    world.until = max(world.until - 1, LONG_AGO)
    for post in world.posts:
        post.copies = [(ts, max(hidden_for - 1, 0)) for ts, hidden_for in post.copies]
        post.requests = [(sender, age + 1, is_late) for sender, age, is_late in post.requests]
    for process in world.processes:
        let_pass(world, process)


def let_pass(world, process):
    protocol = world.protocol
    process.at = At.BEAT if process.at == At.REST else process.at
    process.pause_calls = max(process.pause_calls - 1, 0)
    sleeps = process.paused and protocol.silence
    process.silent_connection = min(process.silent_connection + 1, protocol.silence + 1) if sleeps else 0
    if not protocol.heartbeats:
        process.sure_for = max(process.sure_for - 1, LONG_AGO) if process.sure_for > -99 else process.sure_for
    elif not process.paused:
        oldest = max(LATE + world.scenario.lag + 1, LOOK_EVERY)
        process.silent_for = min(process.silent_for + 1, LEASE)
        process.known_for = tuple([min(age + 1, oldest) for age in process.known_for])
