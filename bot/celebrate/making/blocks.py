"""Blocks of a celebration: in the channel, in private, and when delivery fails."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.drawing import in_a_line, quoted
from bot.core.blocks import actions, button, confirmed, context, section
from bot.core.channel_trouble import is_about_channel, trouble_of
from bot.core.message import Block, Message
from bot.core.texts import channel, escape, link, listed, mention
from storage.celebrations.celebrations import Celebration
from storage.connections.connections import FORGOTTEN
from storage.kinds import CelebrationKind, Part

EDIT, WITHDRAW, ENOUGH = "celebrate_edit", "celebrate_withdraw", "celebrate_elsewhere_enough"


def mention_or_forgotten(person_id: str) -> str:
    return FORGOTTEN if person_id == FORGOTTEN else mention(person_id)


def thanked(row: Celebration) -> str:
    """List the thanked people; members of a group under the group's name."""
    named = [mention_or_forgotten(one.person_id) for one in row.people if one.part is Part.RECEIVER and one.is_named]
    return listed([*named, *(f"<!subteam^{group['id']}>" for group in row.groups)])


def headline(row: Celebration) -> str:
    if row.kind is CelebrationKind.WIN:
        return f"{mention_or_forgotten(row.person_id)} shares a win"
    return (
        f"{mention_or_forgotten(row.person_id)} thanks {thanked(row)}"
        if row.people or row.groups
        else f"{mention_or_forgotten(row.person_id)} gives thanks"
    )


def in_channel(row: Celebration) -> Message:
    me_too = context(f"React with :{row.seconding_emoji}: to say “me too”.")
    return Message(f"{headline(row)}: {in_a_line(row.words)}", [*whole(row, headline(row)), me_too])


def whole(row: Celebration, lead: str) -> list[Block]:
    drawn = [section(f"*{lead}*"), *quoted(row.words)]
    if row.change:
        drawn += [section("What changed:"), *quoted(row.change)]
    helpers = [one for one in row.those(Part.HELPER) if mention(one) not in row.words + row.change]
    if helpers:
        drawn.append(section(f"With thanks to {listed([mention_or_forgotten(one) for one in helpers])}."))
    return [*drawn, context(link(row.link, "The message this is about"))] if row.link else drawn


def privately(row: Celebration, receiver: str) -> Message:
    others = [one for one in row.those(Part.RECEIVER) if one != receiver]
    you = listed(["you", *(mention_or_forgotten(one) for one in others)])
    lead = f"{mention_or_forgotten(row.person_id)} thanks {you}"
    only = "Only you see this." if not others else "Only you who are thanked see this."
    return Message(
        f"{lead}: {in_a_line(row.words)}",
        [*whole(row, lead), context(f"{only} Home keeps it under *Wins and thanks*.")],
    )


MUTED = "I won't tell you about thanks in other channels. You can turn this back on in Weft's Home tab, under Settings."


def elsewhere(row: Celebration) -> Message:
    """Build the message to a person who is named in a channel that they aren't in."""
    where = channel(row.channel_id or "")
    lead = f"{mention_or_forgotten(row.person_id)} thanks you in {where}"
    if row.kind is CelebrationKind.WIN:
        lead = f"{mention_or_forgotten(row.person_id)} shares a win in {where} and says that you helped"
    below = [context("Home keeps it under *Wins and thanks*."), actions(button("Don't tell me such things", ENOUGH))]
    return Message(f"{lead}: {in_a_line(row.words)}", [*whole(row, lead), *below])


def not_posted(row: Celebration, code: str) -> Message:
    """Build the failure notice, which includes the author's text."""
    where = channel(row.channel_id or "")
    text = f"I could not post this in {where}: {reason_of(code)}. Nobody has seen it."
    blocks = [section(text), *quoted(row.words), *(quoted(row.change) if row.change else [])]
    return Message(text, [*blocks, actions(button("Edit and try again", EDIT, str(row.id)), *withdraw(row))])


def not_changed(row: Celebration, code: str) -> Message:
    text = f"I couldn't update your post in {channel(row.channel_id or '')}: {reason_of(code)}. It's still as it was."
    return Message(text, [section(text)])


def reason_of(code: str) -> str:
    return trouble_of(code).reason if is_about_channel(code) else escape(code)


def not_brought(row: Celebration, receiver: str) -> Message:
    text = f"I could not bring your thanks to {mention_or_forgotten(receiver)}: Slack says that I can't reach them."
    return Message(text, [section(text), *quoted(row.words)])


def own_buttons(row: Celebration) -> Block:
    return actions(button("Edit", EDIT, str(row.id)), *withdraw(row))


def withdraw(row: Celebration) -> Sequence[dict[str, Any]]:
    question = "It goes from the channel and from everybody's Home."
    return [confirmed(button("Take back", WITHDRAW, str(row.id)), "Take it back?", question, "Take back", "Keep it")]


def line(row: Celebration) -> str:
    """Summarize a celebration for a list."""
    return f"*{headline(row)}*\n{in_a_line(row.words)}"
