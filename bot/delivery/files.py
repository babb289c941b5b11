"""A message with a file: upload it, keep its id, share it. Only the last of these is seen by anybody.

A file has one id and is shared once. Its id is kept before it is shared, so after an uncertain end the history of the
conversation tells whether it was.
"""

import urllib.request
from collections.abc import Sequence
from datetime import timedelta
from urllib.error import HTTPError

from bot.core.work import Bot
from bot.delivery.calls import PacedCalls, Posted, address
from bot.delivery.failures import Failure, Meaning, backoff
from bot.delivery.pacing import POST, SHARE, UPLOAD
from storage import outbox_files
from storage.kinds import DeliveryState
from storage.outbox import OutboxMessage
from storage.outbox_files import OutboxFile

SEEN_WITHIN = timedelta(minutes=5)
"""A file that was shared stands in the history by then."""


def methods_for(row: OutboxMessage) -> Sequence[str]:
    return (UPLOAD, SHARE) if row.has_file else (POST,)


def file_of(bot: Bot, row: OutboxMessage) -> OutboxFile | None:
    if not row.has_file:
        return None
    with bot.look() as work:
        return outbox_files.file_of(work.session, message_id=row.id)


def upload(bot: Bot, slack: PacedCalls, file: OutboxFile) -> str:
    """Bring the file to Slack, where nobody sees it yet. Returns its id, which is kept."""
    place = slack.call(
        UPLOAD,
        lambda: slack.client.files_getUploadURLExternal(
            filename=file.name, length=len(file.content), alt_txt=file.alt or None
        ),
    )
    bring(slack, place["upload_url"], file.content)
    uploaded_id: str = place["file_id"]
    with bot.begin() as work:
        outbox_files.note_uploaded(work.session, message_id=file.message_id, uploaded_id=uploaded_id)
    return uploaded_id


def bring(slack: PacedCalls, url: str, content: bytes) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(url, data=content, headers=headers)  # noqa: S310 - the address is Slack's
    try:
        urllib.request.urlopen(request, timeout=slack.client.timeout, context=slack.client.ssl).close()  # noqa: S310
    except HTTPError as error:
        error.close()
        raise


def share(slack: PacedCalls, row: OutboxMessage, uploaded_id: str, title: str) -> Posted:
    slack.call(
        SHARE,
        lambda: slack.client.files_completeUploadExternal(
            files=[{"id": uploaded_id, "title": title}], channel_id=address(row), initial_comment=row.text
        ),
        address(row),
    )
    return Posted(address(row), None)


def is_refused(row: OutboxMessage, failure: Failure) -> bool:
    """Slack will not take this file. A scope that is missing is no reason to hold back all other messages."""
    return row.has_file and (failure.meaning is Meaning.LASTING or failure.code == "missing_scope")


def go_on_without(bot: Bot, row: OutboxMessage, failure: Failure) -> None:
    """The words are worth sending without the file; but not while it may still turn up."""
    with bot.begin() as work:
        waiting = work.session.get_one(OutboxMessage, row.id)
        waiting.state, waiting.error = DeliveryState.WAITING, failure.code
        waiting.first_attempt_at = waiting.first_attempt_at or work.now
        if row.is_uncertain and work.now - waiting.first_attempt_at < SEEN_WITHIN:
            waiting.due_at = work.now + backoff(waiting.attempts)
            return
        waiting.has_file = waiting.is_uncertain = False
        outbox_files.drop(work.session, message_id=row.id)
