"""Form for a win."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.forms import notes, people_field, reach_fields, read_reach, text_field
from bot.celebrate.making.service import CHANGE, PEOPLE, WORDS
from bot.core.blocks import form

WIN_FORM = "celebrate_win_form"


def win_form(draft: Draft, frame: FormContext, sentences: Sequence[str] = ()) -> dict[str, Any]:
    return form(
        WIN_FORM,
        "Share a win",
        "Share",
        [
            *notes(sentences),
            text_field(WORDS, "What worked?", draft.words, example="Builds take 5 minutes instead of 20"),
            text_field(CHANGE, "What changed, and for whom?", draft.change, example="Nobody waits", optional=True),
            people_field("Who helped?", draft.people, hint="They are thanked with it."),
            *reach_fields(frame, draft, private="Only me, in my own log"),
        ],
        about=frame.packed(),
    )


def read_win(answers: dict[str, Any], frame: FormContext) -> Draft:
    return Draft(
        words=answers.get(WORDS) or "",
        change=answers.get(CHANGE) or "",
        people=tuple(answers.get(PEOPLE) or ()),
        reach=read_reach(answers, frame),
    )
