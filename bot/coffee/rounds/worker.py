"""Plans large rounds in a subprocess, as that takes seconds, and memory that would never be freed.

Meanwhile this process answers clicks as usual.
"""

import logging
import multiprocessing
import os
import random
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection

from bot.coffee.rounds.partial_replan import PartialReplan
from bot.coffee.rounds.plan import Plan, decide, plan_next_of
from bot.core.work import Bot, Work
from storage import workspaces
from storage.db import Database
from storage.programs import programs

logger = logging.getLogger(__name__)

LARGE = 500
"""In members. With fewer, starting a process takes longer than planning."""


NICENESS = 10
"""Niceness of the subprocess, so that clicks go first on few cores."""


class NotDecidedError(Exception):
    """Carries the name of the subprocess's exception. The round stays due, so it is retried."""


Decide = Callable[[Work, int], Plan | None]


def decide_inline_or_in_subprocess(bot: Bot, program_id: int) -> Plan | None:
    """Return the plan of a due round. None if it is not due, or is left to another process."""
    with bot.look() as work:
        if is_large(work, program_id) and another_process_sends(bot, work):
            return None
    return plan_inline_or_in_subprocess(bot, program_id, decide)


def replan_inline_or_in_subprocess(bot: Bot, program_id: int, plan: Plan) -> Plan | None:
    """Plan again after people joined or left; a large round only partially."""
    with bot.look() as work:
        if not is_large(work, program_id):
            return decide(work, program_id)
    return plan_in_subprocess(bot, program_id, PartialReplan(plan))


def another_process_sends(bot: Bot, work: Work) -> bool:
    """Return whether another process holds the lease: its holder also plans, as planning twice gains nothing.

    If it dies, another takes over both after half a minute of silence.
    """
    lease = workspaces.lease(work)
    return lease is not None and lease.holder not in (workspaces.FREE, bot.process)


def preview_inline_or_in_subprocess(bot: Bot, program_id: int) -> Plan | None:
    """Return the plan of the next round, due or not. None if the program is not running."""
    return plan_inline_or_in_subprocess(bot, program_id, plan_next_of)


def plan_inline_or_in_subprocess(bot: Bot, program_id: int, how: Decide) -> Plan | None:
    with bot.look() as work:
        if not is_large(work, program_id):
            return how(work, program_id)
    return plan_in_subprocess(bot, program_id, how)


def is_large(work: Work, program_id: int) -> bool:
    return programs.count_members(work, program_id=program_id) >= LARGE


def plan_in_subprocess(bot: Bot, program_id: int, how: Decide = decide) -> Plan | None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    # A daemon process ends with this one, whatever it is doing.
    child = context.Process(
        target=worker_main, args=(theirs, bot.db.url, bot.workspace_id, bot.clock.now(), program_id, how), daemon=True
    )
    child.start()
    theirs.close()
    try:
        plan: Plan | str | None = ours.recv()
    except EOFError:
        plan = "it ended"
    finally:
        ours.close()
        child.join()
    if isinstance(plan, str):
        logger.error("a round could not be decided", extra={"program": program_id, "kind": plan})
        raise NotDecidedError(plan)
    return plan


def worker_main(
    answer: Connection, url: str, workspace_id: str, now: datetime, program_id: int, how: Decide = decide
) -> None:
    """Plan in the subprocess. Its random generator is unused, as a round's seed is in the database."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    database = Database(url)
    try:
        with database.snapshot() as session:
            work = Work(session, workspace_id, now, random.Random(0))  # noqa: S311
            answer.send(how(work, program_id))
    except Exception as failure:
        answer.send(type(failure).__name__)
    finally:
        database.close()
