"""Syncs people's do-not-disturb status (DND) once after startup: changes while no process ran were missed.

Afterwards Slack's events suffice. All people are read, as anyone may get a message; those in DND with waiting messages
come first. Ten thousand people take twenty minutes.
"""

import logging
from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.core.clients import ReadingClient
from bot.core.work import Bot
from bot.people import service
from bot.slack.replies import understood
from storage.outbox import sending
from storage.people import people

logger = logging.getLogger(__name__)

IN_A_CALL = 50
CALLS = 10
"""Calls per minute. Slack allows 20."""
LASTING = {"missing_scope", "not_allowed_token_type", "team_access_not_granted"}
LEFT = "people.quiet.left"
PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", "not_an_answer"}


def read_dnd_after_start(bot: Bot, client: ReadingClient) -> None:
    left = bot.memory[LEFT] if LEFT in bot.memory else bot.memory.setdefault(LEFT, people_to_read(bot))
    for _ in range(CALLS):
        if left:
            bot.memory[LEFT] = left = left[IN_A_CALL:] if read(bot, client, left[:IN_A_CALL]) else []


def people_to_read(bot: Bot) -> list[str]:
    """Return all person ids. People believed to be in DND with waiting messages come first: it may be outdated."""
    with bot.look() as work:
        quiet = people.quiet_until(work)
        awaited = sending.earliest_wait(work)
        now = work.now
    return sorted(quiet, key=lambda one: ((quiet[one] or now) <= now and one not in awaited, one))


def read(bot: Bot, client: ReadingClient, some: Sequence[str]) -> bool:
    """Read some people's DND status; those Slack leaves out are unchanged. Returns False if Slack refuses for good."""
    with bot.look() as work:
        before = people.quiet_until(work, among=some)
    try:
        said = client.dnd_teamInfo(users=list(some)).get("users")
    except SlackApiError as refusal:
        code = understood(refusal)
        logger.warning("do-not-disturb could not be read", extra={"code": code})
        if code in PASSING:
            raise  # The tick failed and resumes here next time.
        return code not in LASTING
    with bot.begin() as work:
        service.record_all_dnd(work, said if isinstance(said, dict) else dict[str, Any](), before)
    return True
