"""Files of messages, in three steps: upload, store the file id, share. Only sharing is visible to people.

A file has one id and is shared once. The id is stored before sharing, so after an uncertain attempt the conversation's
history shows whether it was shared.
"""

from urllib.request import Request

from bot.core.connection import send
from bot.core.work import Bot
from bot.delivery.calls import PacedCalls, Posted, address, done
from bot.delivery.failures import Failure, Meaning, OddAnswerError
from bot.delivery.pacing import SHARE, UPLOAD
from storage.outbox import files as outbox_files
from storage.outbox.files import OutgoingFile
from storage.outbox.outgoing import Outgoing


def file_of(bot: Bot, row: Outgoing) -> OutgoingFile | None:
    with bot.look() as work:
        return outbox_files.file_of(work, message_id=row.id)


def upload(bot: Bot, slack: PacedCalls, file: OutgoingFile) -> str:
    """Upload a file to Slack, still invisible to people. Stores and returns its id."""
    place = done(
        slack.call(
            UPLOAD,
            lambda: slack.client.files_getUploadURLExternal(
                filename=file.name, length=len(file.content), alt_txt=file.alt or None
            ),
        )
    )
    url, uploaded_id = place.get("upload_url"), place.get("file_id")
    if not isinstance(url, str) or not isinstance(uploaded_id, str):
        raise OddAnswerError("upload")
    bring(slack, url, file.content)
    with bot.begin() as work:
        outbox_files.note_uploaded(work, message_id=file.message_id, uploaded_id=uploaded_id)
    return uploaded_id


def bring(slack: PacedCalls, url: str, content: bytes) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    request = Request(url, data=content, headers=headers)  # noqa: S310 - the address is Slack's
    send(request, timeout=slack.client.timeout, context=slack.client.ssl, proxy=slack.client.proxy)


def share(slack: PacedCalls, row: Outgoing, uploaded_id: str, title: str) -> Posted:
    with slack.fence():
        answer = slack.call(
            SHARE,
            lambda: slack.client.files_completeUploadExternal(
                files=[{"id": uploaded_id, "title": title}], channel_id=address(row), thread_ts=row.thread_ts
            ),
            address(row),
        )
    done(answer)
    return Posted(address(row), None)


def is_refused(row: Outgoing, failure: Failure) -> bool:
    """Return whether Slack refuses this file for good. A missing scope counts too: it must not hold back messages."""
    return row.has_file and (failure.meaning is Meaning.LASTING or failure.code == "missing_scope")
