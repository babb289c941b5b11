"""What a failed call means: does it last, may it have reached Slack, and whose fault is it?"""

import enum
import re
from dataclasses import dataclass
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse


class Meaning(enum.Enum):
    LATER = "Slack said no for now: nothing was done"
    UNCERTAIN = "it may have been done"
    LASTING = "this message will never be taken"
    OURS = "the installation is broken: no message can go out"


@dataclass(frozen=True, slots=True)
class Failure:
    meaning: Meaning
    code: str
    retry_after: timedelta | None = None


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
CODE = re.compile(r"[a-z0-9_]+")
# "Some aspect of the operation may have succeeded", says Slack of these.
UNCERTAIN = {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "accesslimited"}

# The refusals that speak of a person, not of the message.
ABOUT_PEOPLE = {"cannot_dm_bot", "channel_not_found", "user_disabled", "user_not_found", "user_not_visible"}


def understand(error: Exception) -> Failure:
    """Read an exception of slack_sdk. Whatever is not an answer of Slack's may have reached it."""
    if not isinstance(error, SlackApiError):
        return Failure(Meaning.UNCERTAIN, type(error).__name__)
    response = error.response
    if not isinstance(response, SlackResponse) or not isinstance(response.data, dict):
        return Failure(Meaning.UNCERTAIN, "not_an_answer")
    code = str(response.get("error", "unknown"))
    if not CODE.fullmatch(code):
        # slack_sdk puts a sentence of its own here when the body was no JSON: a proxy's error page, for example.
        return Failure(Meaning.UNCERTAIN, "not_an_answer")
    if response.status_code == 429 or code in LATER:
        return Failure(Meaning.LATER, code, retry_after(response))
    if response.status_code >= 500 or code in UNCERTAIN:
        return Failure(Meaning.UNCERTAIN, code)
    return Failure(Meaning.OURS if code in OURS else Meaning.LASTING, code)


def retry_after(response: SlackResponse) -> timedelta:
    headers = {name.lower(): value for name, value in response.headers.items()}
    value = headers.get("retry-after", "")
    value = value[0] if isinstance(value, list) and value else value
    return timedelta(seconds=int(value) if str(value).isdigit() else 60)


def backoff(attempts: int) -> timedelta:
    """2, 4, 8 seconds and so on, up to an hour."""
    return timedelta(seconds=min(2 ** min(attempts, 12), 3600))
