"""Blocks of a celebration: in the channel, in private, and when delivery fails."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.drawing import IN_NOTIFICATION, in_a_line, quoted
from bot.celebrate.texts import posts as texts
from bot.core.blocks import actions, button, confirmed, context, section
from bot.core.channel_trouble import is_about_channel, trouble_of
from bot.core.lists import listed
from bot.core.message import Block, Message
from bot.core.mrkdwn import Mrkdwn, channel, link, mention
from storage.celebrations.celebrations import Celebration
from storage.connections.connections import FORGOTTEN
from storage.kinds import CelebrationKind, Part

EDIT, WITHDRAW, ENOUGH = "celebrate_edit", "celebrate_withdraw", "celebrate_elsewhere_enough"


def mention_or_forgotten(person_id: str) -> Mrkdwn:
    return texts.SOMEONE() if person_id == FORGOTTEN else mention(person_id)


def author_of(row: Celebration) -> Mrkdwn:
    return texts.SOMEONE_FIRST() if row.person_id == FORGOTTEN else mention(row.person_id)


def thanked(row: Celebration) -> str:
    """List the thanked people; members of a group under the group's name."""
    named = [mention_or_forgotten(one.person_id) for one in row.people if one.part is Part.RECEIVER and one.is_named]
    return listed([*named, *(mention_group(group["id"]) for group in row.groups)])


def mention_group(group_id: str) -> Mrkdwn:
    return Mrkdwn(f"<!subteam^{group_id}>")


def headline(row: Celebration) -> Mrkdwn:
    if row.kind is CelebrationKind.WIN:
        return texts.SHARED_WIN(author=author_of(row))
    if not row.people and not row.groups:
        return texts.SAYS_THANK_YOU(giver=author_of(row))
    return texts.THANKS(giver=author_of(row), receivers=thanked(row))


def notification(row: Celebration) -> Mrkdwn:
    return texts.NOTIFICATION(headline=headline(row), words=in_a_line(row.words, IN_NOTIFICATION))


def in_channel(row: Celebration) -> Message:
    return Message(notification(row), whole(row, headline(row), texts.CHEER(emoji=row.seconding_emoji)))


def whole(row: Celebration, lead: Mrkdwn, *below: Mrkdwn) -> list[Block]:
    """Render all of it: a first line, the author's words, the helpers, and lines below."""
    first = texts.WIN if row.kind is CelebrationKind.WIN else texts.SHOUTOUT
    drawn = [section(first(headline=lead)), *quoted(row.words)]
    if row.change:
        drawn += [section(texts.WHAT_CHANGED()), *quoted(row.change)]
    helpers = [one for one in row.those(Part.HELPER) if mention(one) not in row.words + row.change]
    if helpers:
        drawn.append(section(with_thanks(helpers)))
    foot = [*below, *([link(row.link, texts.SEE_MESSAGE())] if row.link else [])]
    return [*drawn, context(*foot)] if foot else drawn


def with_thanks(helpers: Sequence[str]) -> Mrkdwn:
    return texts.WITH_THANKS(names=listed([mention_or_forgotten(one) for one in helpers]))


def privately(row: Celebration, receiver: str) -> Message:
    lead = texts.THANK_YOU_FROM(giver=author_of(row))
    seen_by = visible_to(row, receiver)
    return Message(texts.SENT_YOU_THANKS(giver=author_of(row)), whole(row, lead, seen_by, texts.ALSO_ON_HOME()))


def visible_to(row: Celebration, receiver: str) -> Mrkdwn:
    others = [one for one in row.those(Part.RECEIVER) if one != receiver]
    if len(others) > 1:
        return texts.ONLY_THE_THANKED()
    return texts.ONLY_YOU_AND(person=mention_or_forgotten(others[0])) if others else texts.ONLY_YOU()


def elsewhere(row: Celebration) -> Message:
    """Build the message to a person who is named in a channel that they aren't in."""
    where = channel(row.channel_id or "")
    if row.kind is CelebrationKind.WIN:
        lead = texts.SAYS_YOU_HELPED(author=author_of(row), channel=where)
    else:
        lead = texts.GAVE_YOU_SHOUTOUT(giver=author_of(row), channel=where)
    return Message(lead, [*whole(row, lead, texts.ALSO_ON_HOME()), actions(button(texts.TURN_THESE_OFF(), ENOUGH))])


def not_posted(row: Celebration, code: str) -> Message:
    """Build the failure notice, which includes the author's text."""
    where = channel(row.channel_id or "")
    text = texts.WIN_NOT_POSTED if row.kind is CelebrationKind.WIN else texts.SHOUTOUT_NOT_POSTED
    first = section(texts.NOT_POSTED_BECAUSE(channel=where, reason=reason_of(code)))
    blocks = [first, *quoted(row.words), *(quoted(row.change) if row.change else [])]
    retry = button(texts.EDIT_AND_RETRY(), EDIT, str(row.id))
    return Message(text(channel=where), [*blocks, actions(retry, delete_button(row))])


def not_changed(row: Celebration, code: str) -> Message:
    text = texts.NOT_UPDATED(channel=channel(row.channel_id or ""), reason=reason_of(code))
    return Message(text, [section(text)])


def reason_of(code: str) -> str:
    return trouble_of(code).reason if is_about_channel(code) else code


def not_brought(row: Celebration, receiver: str) -> Message:
    person = mention_or_forgotten(receiver)
    return Message(
        texts.NOT_DELIVERED(person=person), [section(texts.NOT_DELIVERED_BECAUSE(person=person)), *quoted(row.words)]
    )


def own_buttons(row: Celebration) -> Block:
    return actions(button(texts.EDIT(), EDIT, str(row.id)), delete_button(row))


def delete_button(row: Celebration) -> dict[str, Any]:
    delete = button(texts.DELETE(), WITHDRAW, str(row.id))
    return confirmed(delete, texts.DELETE_TITLE(), texts.DELETE_WHAT(), texts.DELETE(), texts.KEEP())


def line(row: Celebration) -> str:
    """Summarize a celebration for a list."""
    return f"*{headline(row)}*\n{in_a_line(row.words)}"
