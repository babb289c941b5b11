"""What can happen next on a random walk, with a number that says the rest: to which process, how long, which fault."""

from datetime import timedelta

from tests.delivery.walking import GATES, UNFENCED

POST, READS = "chat.postMessage", ("conversations.history", "conversations.open")
RETRY_AFTER = (1, 30, 10**9)
LATE_BY = (5, 20, 59)
"""Seconds. Slack is assumed to carry out a request within a minute, or never."""
ODD_BODIES = (
    {},
    {"ok": True},
    {"ok": "yes", "ts": "1", "channel": "C1"},
    {"ok": True, "ts": "1"},
    {"ok": False},
    {"ok": False, "error": "new_to_you"},
    [1],
    "ok",
    17,
    None,
    "<!DOCTYPE html><title>Please log in</title>",
)


class Number:
    """Says one thing after the other."""

    def __init__(self, number):
        self.left = number

    def of(self, choices):
        self.left, chosen = divmod(self.left, len(choices))
        return choices[chosen]


def decide(world, number):
    world.decide()


def step(world, number):
    said = Number(number)
    process, steps = said.of(world.processes), said.of(range(1, 7))
    if world.can_work(process):
        for _ in range(steps):
            process.step()


def fall_asleep(world, number):
    said = Number(number)
    process, gate, is_frozen = said.of(world.processes), said.of(GATES), said.of((True, False))
    if world.can_work(process) and process.go_to(gate):
        process.pause(is_frozen=is_frozen)


def sleep_while_others_go_on(world, number):
    """The one that sends stops in the middle, for so long that another one takes over, and goes on."""
    said = Number(number)
    seconds, gate = said.of((20, 140, 260)), said.of((*GATES, UNFENCED, UNFENCED))
    is_killed, is_frozen = said.of((False, False, True)), said.of((True, False))
    world.decide()
    for process in world.processes:
        if process.carrier.lease.is_held and world.can_work(process) and process.go_to(gate):
            process.pause(is_frozen=is_frozen)
            world.live(seconds)
            process.resume()
            process.step()
            if is_killed:
                process.kill()


def wake_up(world, number):
    Number(number).of(world.processes).resume()


def pass_time(world, number):
    world.pass_time(Number(number).of((1, 5, 31, 95)))


def live(world, number):
    world.live(Number(number).of((10, 40, 100)))


def kill_or_start(world, number):
    process = Number(number).of(world.processes)
    if process.is_alive:
        process.kill()
    else:
        process.start()


def set_wrong_date(world, number):
    said = Number(number)
    clock, seconds = said.of(world.processes).clock, said.of((-3600, -90, 40, 86400 * 3650))
    clock.jump(timedelta(seconds=seconds))


def set_right_date(world, number):
    clock = Number(number).of(world.processes).clock
    clock.jump(world.clock.now() - clock.now())


def fail_database(world, number):
    said = Number(number)
    said.of(world.processes).database.fails_at = said.of(("begin", "commit"))


def fail_post(world, number):
    said, faults = Number(number), world.workspace.faults
    fault = said.of((faults.lose_answer, faults.drop_request, faults.late, faults.rate_limit, faults.answer))
    if fault == faults.late:
        faults.late(POST, said.of(LATE_BY))
    elif fault == faults.rate_limit:
        faults.rate_limit(POST, retry_after=said.of(RETRY_AFTER))
    elif fault == faults.answer:
        faults.answer(POST, said.of(ODD_BODIES), said.of((200, 502)), is_done=said.of((True, False)))
    else:
        fault(POST)


def fail_look(world, number):
    said, faults = Number(number), world.workspace.faults
    method, fault = said.of(READS), said.of((faults.drop_request, faults.rate_limit, faults.answer))
    if fault == faults.rate_limit:
        faults.rate_limit(method, retry_after=said.of(RETRY_AFTER))
    elif fault == faults.answer:
        faults.answer(method, said.of(ODD_BODIES))
    else:
        fault(method)


def lag(world, number):
    world.workspace.faults.history_lag(Number(number).of((0, 5, 25)))


OFTEN = (decide, step, step, fall_asleep, sleep_while_others_go_on, wake_up, pass_time, live, fail_post, fail_post)
SELDOM = (kill_or_start, set_wrong_date, set_right_date, fail_database, fail_look, lag)
BY_NAME = {action.__name__: action for action in (*OFTEN, *SELDOM)}
ACTIONS = [action.__name__ for action in (*OFTEN, *OFTEN, *SELDOM)]
