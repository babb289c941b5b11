"""Common flow of shoutouts and wins: directly from a command, or in a form that asks for what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from slack_bolt import Ack, BoltContext, Respond
from slack_sdk import WebClient

from bot.celebrate.making import opening
from bot.celebrate.making import service as making
from bot.celebrate.making.drafts import Draft, FormContext, unpacked
from bot.celebrate.making.forms import read_draft
from bot.celebrate.making.service import CHANNEL, Done, Hinted
from bot.celebrate.rules import by_mention, by_name
from bot.core.errors import NotForYou, UserError
from bot.core.page import Page
from bot.core.work import Bot, Work
from bot.slack.deferred_views import ack_then_update_view
from bot.slack.payload import Payload, about, answers, sender
from bot.slack.replies import open_view, show_home, window
from storage.kinds import Reach


class Share(Protocol):
    def __call__(self, work: Work, draft: Draft, frame: FormContext, /, *, by: str, origin: str) -> Done | Hinted: ...


class Review(Protocol):
    def __call__(self, work: Work, draft: Draft, frame: FormContext, /, *, by: str, origin: str) -> Hinted | None: ...


@dataclass(frozen=True, slots=True)
class CelebrationType:
    """The parts of the flow that differ between shoutouts and wins."""

    form: Callable[[Draft, FormContext, Sequence[str]], dict[str, Any]]
    look_over: Review
    say: Share
    told: Callable[[Done, Draft], str]
    """Returns the confirmation for the author."""


def open_form(
    saying: CelebrationType,
    bot: Bot,
    client: WebClient,
    body: Payload,
    draft: Draft,
    frame: FormContext,
    notes: Sequence[str] = (),
) -> None:
    with bot.look() as work:
        making.author_of(work, sender(body))
        names = making.names_of(work, frame.mentioned)
    shown = replace(draft, words=by_name(draft.words, names))
    open_view(body, client, saying.form(shown, frame, notes))


def open_empty(saying: CelebrationType, bot: Bot, ack: Ack, body: Payload, client: WebClient) -> None:
    ack()
    open_form(saying, bot, client, body, Draft(), FormContext(opening.channel_for(bot, client, None)))


def in_a_line(
    saying: CelebrationType,
    bot: Bot,
    client: WebClient,
    body: Payload,
    respond: Respond,
    draft: Draft,
    frame: FormContext,
) -> None:
    """Handle a one-line command, already acknowledged. Opens the form with its content if it can't be posted as is."""
    about = {"by": sender(body), "origin": f"command:{body['trigger_id']}"}
    try:
        # Checks without Slack come first: a trigger_id expires in three seconds.
        with bot.look() as work:
            hinted = saying.look_over(work, draft, frame, **about)
        if hinted is not None:
            open_form(saying, bot, client, body, draft, frame.after_hints(), hinted.notes)
            return
        frame = replace(frame, channel_id=opening.chosen(frame.channel_id))
        opening.make_sure_of(bot, client, frame)
        with bot.begin() as work:
            said = saying.say(work, draft, frame, **about)
    except NotForYou:
        raise
    except opening.SharedWithOthersError as problem:
        open_form(saying, bot, client, body, draft, replace(frame, is_warned=True), (str(problem),))
    except UserError as problem:
        open_form(saying, bot, client, body, draft, frame, (str(problem),))
    else:
        if isinstance(said, Done):
            respond(text=saying.told(said, draft))


def submitted(
    saying: CelebrationType, bot: Bot, ack: Ack, body: Payload, client: WebClient, context: BoltContext
) -> None:
    """Handle a submitted form. Slack is called only if the celebration is public or names groups."""
    frame = unpacked(about(body))
    typed = read_draft(answers(body), frame)
    then = partial(show_home, bot, client, sender(body), Page.WINS)
    if typed.reach is Reach.CHANNEL:
        frame = replace(frame, channel_id=opening.chosen(frame.channel_id or answers(body).get(CHANNEL)))
    if frame.groups:
        ack_then_update_view(
            ack, context, body, client, partial(to_groups, saying, bot, client, body, typed, frame), then
        )
        return
    with bot.look() as work:
        hinted = saying.look_over(work, meant(work, typed, frame), frame, by=sender(body), origin=origin_of(body))
    if hinted is not None:
        ack(response_action="update", view=saying.form(typed, frame.after_hints(), hinted.notes))
    elif typed.reach is Reach.CHANNEL:
        ack_then_update_view(
            ack, context, body, client, partial(in_public, saying, bot, client, body, typed, frame), then
        )
    else:
        ack(response_action="update", view=outcome(saying, bot, body, typed, frame))
        then()


def in_public(
    saying: CelebrationType, bot: Bot, client: WebClient, body: Payload, typed: Draft, frame: FormContext
) -> dict[str, Any]:
    try:
        opening.make_sure_of(bot, client, frame)
    except opening.SharedWithOthersError as problem:
        return saying.form(typed, replace(frame, is_warned=True), (str(problem),))
    return outcome(saying, bot, body, typed, frame)


def to_groups(
    saying: CelebrationType, bot: Bot, client: WebClient, body: Payload, typed: Draft, frame: FormContext
) -> dict[str, Any]:
    frame = opening.with_members(client, frame)
    return (in_public if typed.reach is Reach.CHANNEL else outcome_in_private)(saying, bot, client, body, typed, frame)


def outcome_in_private(
    saying: CelebrationType, bot: Bot, _client: WebClient, body: Payload, typed: Draft, frame: FormContext
) -> dict[str, Any]:
    return outcome(saying, bot, body, typed, frame)


def outcome(saying: CelebrationType, bot: Bot, body: Payload, typed: Draft, frame: FormContext) -> dict[str, Any]:
    """Post the celebration and return the next view."""
    with bot.begin() as work:
        said = saying.say(work, meant(work, typed, frame), frame, by=sender(body), origin=origin_of(body))
    if isinstance(said, Hinted):
        return saying.form(typed, frame.after_hints(), said.notes)
    return window(saying.told(said, typed))


def meant(work: Work, typed: Draft, frame: FormContext) -> Draft:
    """Turn names back into the mentions that they were before the form was opened."""
    return replace(typed, words=by_mention(typed.words, making.names_of(work, frame.mentioned)))


def origin_of(body: Payload) -> str:
    """Return the deduplication key of a form, which may be submitted twice."""
    return f"form:{body['view']['id']}"
