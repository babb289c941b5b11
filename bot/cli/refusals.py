"""What Slack refused, in words for the person who set Weft up."""

import re

from slack_sdk.errors import SlackApiError

NO_SOCKET = "Can't reach Slack for Socket Mode. Check your network, your proxy, and SLACK_API_URL."
CODE = re.compile(r"[a-z0-9_]+")


def words_for(problem: Exception) -> str:
    if not isinstance(problem, SlackApiError):
        return "Can't reach Slack. Check your network, your proxy, and SLACK_API_URL."
    code = code_of(problem)
    if code in {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"}:
        return f"Slack rejected SLACK_BOT_TOKEN ({code}). Reinstall the app and copy the new token."
    return f"Slack answered with an error: {code}."


def code_of(problem: SlackApiError) -> str:
    """Return Slack's error code. For a response that isn't Slack's, slack_sdk puts the whole page there."""
    code = str(problem.response.get("error", ""))
    return code if CODE.fullmatch(code) else "its response wasn't understood"
