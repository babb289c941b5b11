"""Checks that need Slack before a form opens or a command is handled: channel and group members."""

from collections.abc import Sequence
from dataclasses import replace

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.celebrate.drawing import quoted
from bot.celebrate.making.drafts import FormContext
from bot.celebrate.making.forms import LONGEST_TYPED
from bot.celebrate.making.service import CHANNEL, PEOPLE
from bot.celebrate.rules import LONGEST
from bot.celebrate.texts import forms as texts
from bot.core.blocks import section
from bot.core.errors import FormError, UserError
from bot.core.message import Message
from bot.core.parts import parts
from bot.core.work import Bot
from bot.slack.channels import come_to, look_at
from bot.slack.client import reads_of
from storage.celebrations import settings as kept


def channel_for(bot: Bot, client: WebClient, said_in: str | None) -> str | None:
    """Return the celebration channel, or else the public channel of the command. None: the form has to ask."""
    with bot.look() as work:
        chosen = kept.settings(work).channel_id
    if chosen is not None or said_in is None:
        return chosen
    place = look_at(reads_of(client), said_in)
    return said_in if place is not None and place.is_public and not place.is_archived else None


def with_members(client: WebClient, frame: FormContext) -> FormContext:
    """Update the members of the groups. Raises FormError if Slack doesn't know a group."""
    members = members_of(client, frame.groups)
    return replace(frame, members=members, in_groups=len(members))


def members_of(client: WebClient, groups: Sequence[str]) -> tuple[str, ...]:
    """Return the member ids of groups. Raises FormError if Slack doesn't know one."""
    found: dict[str, None] = {}
    for group in groups:
        try:
            found |= dict.fromkeys(client.usergroups_users_list(usergroup=group)["users"])
        except SlackApiError as refusal:
            raise FormError(PEOPLE, texts.UNKNOWN_GROUP()) from refusal
    return tuple(found)


def chosen(channel_id: str | None) -> str:
    if channel_id is None:
        raise FormError(CHANNEL, texts.NO_CHANNEL())
    return channel_id


class SharedWithOthersError(FormError):
    """The channel is shared with another company. The author may confirm it."""


def make_sure_of(bot: Bot, client: WebClient, frame: FormContext) -> None:
    """Check that the bot can post in the channel and that everyone in the company can read it. Raises FormError."""
    channel_id = frame.channel_id or ""
    try:
        place = come_to(reads_of(client), channel_id)
    except UserError as problem:
        raise FormError(CHANNEL, str(problem)) from problem
    if not place.is_public:
        raise FormError(CHANNEL, texts.PRIVATE_CHANNEL())
    if place.is_shared and channel_for(bot, client, None) == channel_id:
        raise FormError(CHANNEL, texts.NOW_SHARED())
    if place.is_shared and not frame.is_warned:
        raise SharedWithOthersError(CHANNEL, texts.SHARED_WARNING())


def is_too_long(words: str) -> bool:
    """Return whether a text exceeds a form field, so that it can't be shown in one."""
    return len(words) > LONGEST_TYPED


def give_back(respond: Respond, words: str) -> None:
    """Return an overlong text to its author, to copy and shorten it."""
    lead = texts.TOO_LONG_GIVEN_BACK(count=len(words), limit=LONGEST)
    for part in parts(Message(lead, [section(lead), *quoted(words)])):
        respond(text=part.text, blocks=part.blocks)
