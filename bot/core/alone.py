"""Fallback for group messages: a separate message to each recipient when Slack can't open a group conversation."""

from bot.core import texts
from bot.core.blocks import section
from bot.core.events import MessageLost
from bot.core.lists import listed
from bot.core.message import Message
from bot.core.mrkdwn import mention
from bot.core.work import Work
from storage.outbox import outbox


def send_to_each(work: Work, lost: MessageLost) -> None:
    """Send the same content to every reachable recipient, with a line that says why it isn't a group message."""
    row = outbox.message(work, key=lost.key)
    if row is None or len(lost.recipients) < 2:
        return
    for person_id in lost.recipients:
        if person_id not in lost.gone:
            others = [mention(one) for one in lost.recipients if one != person_id]
            lead = texts.NO_CHAT(others=listed(others))
            if any(one in lost.gone for one in lost.recipients):
                lead = texts.NOT_REACHED(people=listed([mention(one) for one in lost.gone]))
            message = Message(f"{lead}\n{row.text}", [section(lead), *row.blocks])
            work.send(message, to=person_id, key=lost.key.alone(person_id))
