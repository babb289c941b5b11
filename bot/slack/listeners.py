"""The thread pool of listeners, with a limit per person."""

from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any

from bot.core.work import ACTOR

MOST_EACH = 3
"""Threads per person: many clicks by one person on something slow must not block others."""


@dataclass(eq=False)
class Job:
    actor: str
    call: Callable[[], Any]
    future: Future[Any] = field(default_factory=Future)
    ready_at: float = 0.0


class ListenerPool(ThreadPoolExecutor):
    """Thread pool that limits threads per acting person. Listeners inherit the submitting thread's context."""

    def __init__(self, threads: int) -> None:
        super().__init__(threads, "listener")
        self._guard = Lock()
        self._running = Counter[str]()
        self._held: dict[str, deque[Job]] = {}
        self._ready: dict[Job, None] = {}

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        job = Job(ACTOR.get(), partial(copy_context().run, fn, *args, **kwargs))
        with self._guard:
            if job.actor and self._running[job.actor] >= MOST_EACH:
                self._held.setdefault(job.actor, deque()).append(job)
                return job.future
            self._running[job.actor] += 1
            self._hand_over(job)
        return job.future

    def longest_wait(self) -> float:
        """Return the longest wait for a thread in seconds, not counting jobs held back by their person's limit."""
        with self._guard:
            return max((monotonic() - job.ready_at for job in self._ready), default=0.0)

    def is_working(self) -> bool:
        with self._guard:
            return bool(self._running)

    def _hand_over(self, job: Job) -> None:
        job.ready_at = monotonic()
        self._ready[job] = None
        super().submit(self._work_on, job)

    def _work_on(self, job: Job) -> None:
        with self._guard:
            del self._ready[job]
        try:
            job.future.set_result(job.call())
        except BaseException as failure:
            job.future.set_exception(failure)
        with self._guard:
            if held := self._held.get(job.actor):
                self._hand_over(held.popleft())
                return
            self._held.pop(job.actor, None)
            self._running[job.actor] -= 1
            if not self._running[job.actor]:
                del self._running[job.actor]
