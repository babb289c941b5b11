"""Form for a win."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.forms import change_field, notes, people_field, reach_fields, words_field
from bot.celebrate.texts import forms as texts
from bot.core.blocks import form
from storage.kinds import CelebrationKind

WIN_FORM = "celebrate_win_form"


def win_form(draft: Draft, frame: FormContext, sentences: Sequence[str] = ()) -> dict[str, Any]:
    fields = [
        *notes(sentences),
        words_field(CelebrationKind.WIN, draft.words),
        change_field(CelebrationKind.WIN, draft.change),
        people_field(texts.HELPERS(), draft.people, hint=texts.THEY_ARE_THANKED()),
        *reach_fields(frame, draft, private=texts.ONLY_ME()),
    ]
    return form(WIN_FORM, texts.SHARE_WIN(), texts.SHARE(), fields, about=frame.packed())
