"""Form for a shoutout."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.making.blocks import mention_group
from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.forms import change_field, notes, people_field, reach_fields, words_field
from bot.celebrate.texts import forms as texts
from bot.core.blocks import context, form
from bot.core.lists import listed
from bot.core.message import Block
from storage.kinds import CelebrationKind

SHOUTOUT_FORM = "celebrate_shoutout_form"


def shoutout_form(draft: Draft, frame: FormContext, sentences: Sequence[str] = ()) -> dict[str, Any]:
    fields = [
        *notes(sentences),
        people_field(texts.FOR(), draft.people, hint=texts.THEY_ARE_NOTIFIED()),
        *of_groups(frame),
        words_field(CelebrationKind.SHOUTOUT, draft.words),
        change_field(CelebrationKind.SHOUTOUT, draft.change),
        *reach_fields(frame, draft, private=texts.ONLY_PEOPLE_I_THANK()),
    ]
    return form(SHOUTOUT_FORM, texts.GIVE_SHOUTOUT(), texts.SEND(), fields, about=frame.packed())


def of_groups(frame: FormContext) -> list[Block]:
    if not frame.groups:
        return []
    return [context(texts.PLUS_GROUPS(count=frame.in_groups, groups=listed([*map(mention_group, frame.groups)])))]
