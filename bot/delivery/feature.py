"""Retention, export and deletion of outbox messages."""

from datetime import timedelta
from typing import Any

from bot.core.clients import ReadingClient
from bot.core.events import MessageLost, PersonGone
from bot.core.feature import Clients, Event, Feature, PersonalData, Tick
from bot.core.work import Bot, Work
from bot.delivery.budget import REMEMBER
from storage.kinds import Deed
from storage.outbox import attention, keeping, outbox

KEEP_WORDS, KEEP_KEYS = timedelta(days=90), timedelta(days=730)


def is_any_old(work: Work) -> bool:
    now = work.now
    words_before, keys_before = now - KEEP_WORDS, now - KEEP_KEYS
    return bool(
        keeping.exists_before(work, words_before=words_before, keys_before=keys_before)
        or attention.exists_before(work, before=now - REMEMBER)
    )


def tidy(bot: Bot, _client: ReadingClient) -> None:
    """Erase the content of old sent messages.

    Their keys stay longer: otherwise people who come back after a quarter would be welcomed a second time.
    """
    with bot.begin() as work:
        keeping.erase_words(work, before=work.now - KEEP_WORDS)
        keeping.delete_past(work, before=work.now - KEEP_KEYS)
        attention.delete_older(work, before=work.now - REMEMBER)


def cancel_waiting(work: Work, event: PersonGone) -> None:
    """Cancel what waits for someone who can't get it. Others hear of it, as if Slack had refused it a moment later."""
    for row in outbox.cancel_for(work, person_id=event.person_id):
        if row.deed is Deed.POST:
            lost = MessageLost(row.message_key, row.deed, tuple(row.people), (event.person_id,), "user_disabled")
            work.raise_(lost)


def channel_moved(bot: Bot, _clients: Clients, event: Event) -> None:
    """Redirect waiting messages, and changes to posted ones, to the channel's new id."""
    with bot.begin() as work:
        old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
        outbox.move_channel(work, old=old, new=new)


def export_person(work: Work, person_id: str) -> dict[str, Any]:
    rows = keeping.sent_to(work, person_id=person_id)
    spent = attention.uses_of(work, person_id=person_id)
    return {
        "messages": [{"text": row.text, "due_at": row.due_at.isoformat(), "state": row.state} for row in rows],
        "budget_spent": [{"at": one.spent_at.isoformat(), "as": one.attention} for one in spent],
    }


def forget_person(work: Work, person_id: str) -> None:
    keeping.forget_person(work, person_id=person_id)
    attention.forget_person(work, person_id=person_id)


FEATURE = Feature(
    name="delivery",
    slack_events=({"channel_id_changed": channel_moved},),
    handlers=(PersonGone.on(cancel_waiting),),
    ticks=(Tick("forget old messages", timedelta(hours=1), tidy, is_any_old),),
    personal_data=PersonalData(export_person, forget_person),
)
