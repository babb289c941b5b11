"""What Slack refused, in words for the person who set Weft up."""

import re

from slack_sdk.errors import SlackApiError

CODE = re.compile(r"[a-z0-9_]+")


def words_for(problem: Exception) -> str:
    if not isinstance(problem, SlackApiError):
        return "Slack can't be reached. Check the network, the proxy, and SLACK_API_URL."
    code = code_of(problem)
    if code in {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"}:
        return f"Slack does not take SLACK_BOT_TOKEN ({code}). Install the app again and copy the new token."
    return f"Slack refuses ({code})."


def code_of(problem: SlackApiError) -> str:
    """Return Slack's error code. For a response that isn't Slack's, slack_sdk puts the whole page there."""
    code = str(problem.response.get("error", ""))
    return code if CODE.fullmatch(code) else "its answer was not understood"
