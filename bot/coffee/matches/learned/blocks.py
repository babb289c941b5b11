"""Messages to share a learning from a coffee, with the other's consent."""

from collections.abc import Sequence
from typing import Any

from bot.coffee.program.drawing import mentions
from bot.coffee.texts import learned as texts
from bot.core.blocks import actions, button, context, section
from bot.core.channel_trouble import trouble_of
from bot.core.message import Block, Message
from bot.core.mrkdwn import channel, mention
from storage.programs.programs import Program

LEARNED, AGREE, DISAGREE = (f"programs_learned_{what}" for what in ("share", "agree", "disagree"))


def share_button(origin: str) -> dict[str, Any]:
    return button(texts.SHARE(), LEARNED, origin)


def asked(program: Program, learned_id: int, author_id: str, words: str, *, is_pair: bool) -> Message:
    author, which = mention(author_id), str(learned_id)
    lead = texts.WOULD_SHARE if is_pair else texts.WOULD_SHARE_OF_GROUP
    return Message(
        texts.OK_WITH_YOU(author=author),
        [
            section(lead(author=author, channel=channel(program.channel_id))),
            quote(words),
            actions(
                button(texts.FINE_BY_ME(), AGREE, which, style="primary"), button(texts.RATHER_NOT(), DISAGREE, which)
            ),
            context(texts.NO_STAYS_PRIVATE(author=author)),
        ],
    )


def shared(author: str, partners: Sequence[str], words: str) -> Message:
    said = one_line(words)
    by = context(texts.BY(author=mention(author), names=mentions(partners)))
    return Message(texts.POSTED(words=said), [section(texts.POSTED_LEAD(words=said)), by])


def not_shared(channel_id: str, words: str, code: str) -> Message:
    text = texts.NOT_POSTED(channel=channel(channel_id), reason=trouble_of(code).reason)
    return Message(text, [section(text), quote(words)])


def quote(words: str) -> Block:
    return section(texts.QUOTE(words=one_line(words)))


def one_line(words: str) -> str:
    return " ".join(words.split())


def thanks(partners: Sequence[str], program: Program) -> str:
    return texts.WILL_ASK(names=mentions(partners), channel=channel(program.channel_id))
