"""Classification of failed calls: permanent or not, possibly carried out or not, caused by the message or the setup."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.core.connection import NotSentError


class Meaning(enum.Enum):
    LATER = "Slack said no for now: nothing was done"
    NOT_SENT = "not a byte was written: nothing was done"
    UNCERTAIN = "it may have been done"
    UNKNOWN = "it may have been done: a code that we don't know"
    LASTING = "this message will never be taken"
    OURS = "the installation is broken: no message can go out"


MAY_BE_DONE = {Meaning.UNCERTAIN, Meaning.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Failure:
    meaning: Meaning
    code: str
    retry_after: timedelta | None = None


class OddAnswerError(Exception):
    """A response that is not in Slack's format."""


CODE = re.compile(r"[a-z0-9_]{1,64}")
SECONDS = re.compile(r"[0-9]{1,9}")
MOST_PATIENCE = timedelta(minutes=15)
"""Upper limit for Retry-After, from Slack or a proxy."""

# Closed lists. A code in none of them is unknown, and never loses a message.
LATER = {"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org", "org_login_required"}
OURS = {
    "access_denied",
    "account_inactive",
    "app_access_restricted",
    "ekm_access_denied",
    "invalid_auth",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "team_access_not_granted",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
}
# Slack's documentation: "Some aspect of the operation may have succeeded".
UNCERTAIN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "accesslimited"}

# Refusals that concern a recipient rather than the message.
ABOUT_PEOPLE = {"cannot_dm_bot", "channel_not_found", "user_disabled", "user_not_found", "user_not_visible"}
ABOUT_CONVERSATIONS = {
    "cannot_reply_to_message",
    "external_channel_migrating",
    "invalid_channel",
    "invalid_user_combination",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "method_not_supported_for_channel_type",
    "not_enough_users",
    "not_in_channel",
    "posting_to_channel_denied",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "thread_not_found",
    "too_many_users",
    "users_list_not_supplied",
}
ABOUT_WORDS = {
    "attachment_payload_limit_exceeded",
    "block_mismatch",
    "cant_delete_message",
    "cant_update_message",
    "edit_window_closed",
    "invalid_blocks",
    "invalid_blocks_format",
    "invalid_metadata_format",
    "invalid_metadata_schema",
    "markdown_text_conflict",
    "message_not_found",
    "metadata_too_large",
    "msg_blocks_too_long",
    "msg_too_long",
    "no_text",
    "too_many_attachments",
    "too_many_contact_cards",
}
ABOUT_FILES = {
    "alt_txt_too_large",
    "blocked_file_type",
    "channels_limit_exceeded",
    "file_not_found",
    "file_type_not_allowed",
    "file_update_failed",
    "file_upload_size_restricted",
    "file_uploads_disabled",
    "file_uploads_except_images_disabled",
    "snippet_too_large",
    "storage_limit_reached",
}
LASTING = ABOUT_PEOPLE | ABOUT_CONVERSATIONS | ABOUT_WORDS | ABOUT_FILES
KNOWN = LATER | OURS | UNCERTAIN | LASTING


def understand(error: Exception) -> Failure:
    """Classify the exception of a request. Whatever can't be interpreted may have been carried out."""
    if isinstance(error, NotSentError):
        return Failure(Meaning.NOT_SENT, "not_sent")
    if not isinstance(error, SlackApiError):
        return Failure(Meaning.UNCERTAIN, type(error).__name__[:64])
    response = error.response
    if not isinstance(response, SlackResponse):
        return Failure(Meaning.UNCERTAIN, "not_an_answer")
    if response.status_code == 429:
        return Failure(Meaning.LATER, "ratelimited", retry_after(response.headers))
    # For a body that isn't JSON, such as a proxy's error page, slack_sdk puts a sentence of its own here.
    code = response.data.get("error") if isinstance(response.data, dict) else None
    if not isinstance(code, str) or not CODE.fullmatch(code):
        return Failure(Meaning.UNCERTAIN, "not_an_answer")
    return Failure(meaning_of(code, response.status_code), code, retry_after(response.headers))


def meaning_of(code: str, status: int) -> Meaning:
    if status >= 500 or code in UNCERTAIN:
        return Meaning.UNCERTAIN
    if code in LATER:
        return Meaning.LATER
    if code in OURS:
        return Meaning.OURS
    return Meaning.LASTING if code in LASTING else Meaning.UNKNOWN


def is_unknown(code: str) -> bool:
    """Return whether a stored error is a Slack code that is in none of the lists."""
    return CODE.fullmatch(code) is not None and code not in KNOWN | {"not_an_answer", "not_sent"}


def retry_after(headers: Mapping[str, object]) -> timedelta:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    value = str(value[0] if isinstance(value, list) and value else value)
    return min(timedelta(seconds=int(value)), MOST_PATIENCE) if SECONDS.fullmatch(value) else timedelta(minutes=1)


def backoff(attempts: int) -> timedelta:
    """Return the retry delay: 2, 4, 8 seconds and so on, up to an hour."""
    return timedelta(seconds=min(2 ** min(attempts, 12), 3600))
