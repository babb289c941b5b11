"""The search through all states, and how each of their stories ends."""

from collections import deque
from typing import NamedTuple

from tests.delivery.model.faults import Kind, possible
from tests.delivery.model.world import A_PROCESS, GIVEN_UP, IS_AT, IS_PAUSED, PATIENCE, SENT, At, World

FINE, TWICE, LOST, STUCK, LIE = "fine", "TWICE", "LOST", "STUCK", "LIE"
NO_FAULTS = frozenset()


class Result(NamedTuple):
    states: int
    bad_endings: tuple[str, ...]
    is_ever_doubled: bool
    healed_within: int
    """Ticks."""
    stories: dict[str, list[str]]

    @property
    def words(self):
        if self.bad_endings:
            return " ".join(self.bad_endings)
        return f"twice for up to {self.healed_within * 10} s, then healed" if self.is_ever_doubled else "once"


def explore(protocol, scenario, *, to_the_end=True):
    """Visit every state; or stop at the first from which a story ends badly."""
    start = World.begun(protocol, scenario).freeze()
    parents, endings, known = {start: None}, {}, ({}, {})
    is_ever_doubled, healed_within = False, 0
    queue = deque(parents)
    while queue and (to_the_end or not endings.keys() - {FINE}):
        state = queue.popleft()
        is_doubled = any(len(copies) > 1 for _, copies, _ in state[3])
        is_ever_doubled = is_ever_doubled or is_doubled
        for resumes in ways_to_go_on(state, protocol):
            verdict, ticks = ending(state, protocol, scenario, resumes, known[resumes])
            if is_doubled and verdict == FINE:
                healed_within = max(healed_within, ticks)
            endings.setdefault(verdict, (state, resumes))
        for after, said in successors(state, protocol, scenario):
            if after not in parents:
                parents[after] = state, said
                queue.append(after)
    stories = {verdict: story(*end, parents, protocol, scenario) for verdict, end in endings.items() if verdict != FINE}
    return Result(len(parents), tuple(sorted(stories)), is_ever_doubled, healed_within, stories)


def ways_to_go_on(state, protocol):
    """A paused process goes on; or never does, and the others must do the work, where there are any and they may."""
    _, (holder, _, _), _, _, processes, _ = state
    paused = [one[IS_PAUSED] for one in processes]
    keeps_lock = protocol.process_lock and holder >= A_PROCESS and paused[holder]
    return (True, False) if any(paused) and not all(paused) and not keeps_lock else (True,)


def successors(state, protocol, scenario):
    world = World(state, protocol, scenario)
    for action in possible(world, scenario.kinds if world.faults_left else NO_FAULTS):
        yield apply(state, action, protocol, scenario)


def apply(state, action, protocol, scenario):
    world = World(state, protocol, scenario)
    can_lose_commits = not protocol.durable and "power" in scenario.kinds and action.kind == Kind.STEP
    before = world.database() if can_lose_commits else None
    said = action.change(world, *action.given)
    world.faults_left -= action.cost
    if before is not None and world.database() != before:
        world.before = (before, *world.before[:1])
    who = f"{chr(ord('A') + action.who)} " if action.who >= A_PROCESS else ""
    return world.freeze(), who + (action.says or said)


# Endings


def judge(state):
    _, _, messages, posts, processes, _ = state
    for (has_state, _, _, _, has_ts), (_, copies, requests) in zip(messages, posts, strict=True):
        if len(copies) > 1:
            return TWICE
        if has_state != SENT or requests:
            return LOST if has_state == GIVEN_UP else STUCK
        if not copies or has_ts != copies[0][0]:
            return LIE
    at_rest = all(one[IS_AT] in At.OUTSIDE or one[IS_PAUSED] for one in processes)
    return FINE if at_rest else STUCK


def ending(state, protocol, scenario, resumes, known):
    """The verdict when nothing goes wrong from here on, and after how many ticks."""
    here, path, passed = (0, *state[1:5], ()), [], set()
    while here not in known and judge(here) != FINE and here not in passed:
        passed.add(here)
        after, said = go_on(here, protocol, scenario, resumes)
        path.append((here, said == "ten seconds pass"))
        here = after
    known.setdefault(here, (judge(here), 0))
    verdict, ticks = known[here]
    for past, is_tick in reversed(path):
        known[past] = verdict, ticks = verdict, ticks + is_tick
    return (STUCK if verdict == FINE and ticks > PATIENCE else verdict), ticks


def go_on(state, protocol, scenario, resumes):
    actions = possible(World(state, protocol, scenario), NO_FAULTS)
    able = [one for one in actions if one.kind <= Kind.TICK and (resumes or one.kind != Kind.RESUME)]
    if not able:
        return state, "nothing happens any longer"
    return apply(state, min(able, key=lambda action: action.kind), protocol, scenario)


def story(state, resumes, parents, protocol, scenario):
    """The shortest way into this state, and how it goes on, without the steps that change nothing."""
    said, here, after = ["(From here on nothing goes wrong.)"], state, (0, *state[1:5], ())
    while parents[here] is not None:
        here, label = parents[here]
        said.insert(0, label)
    for _ in range(3 * PATIENCE):
        after, label = go_on(after, protocol, scenario, resumes)
        said.append(label)
    dull = ("not get the lease", "nothing to do", "renews the lease")
    said = [label for label in said if not label.endswith(dull)]
    return said[: 1 + max(n for n, label in enumerate(said) if label != "ten seconds pass")]
