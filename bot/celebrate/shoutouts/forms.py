"""Form for a shoutout."""

from collections.abc import Sequence
from typing import Any

from bot.celebrate.making.drafts import Draft, FormContext
from bot.celebrate.making.forms import notes, people_field, reach_fields, read_reach, text_field
from bot.celebrate.making.service import CHANGE, PEOPLE, WORDS
from bot.core.blocks import context, form
from bot.core.message import Block
from bot.core.texts import count

SHOUTOUT_FORM = "celebrate_shoutout_form"


def shoutout_form(draft: Draft, frame: FormContext, sentences: Sequence[str] = ()) -> dict[str, Any]:
    return form(
        SHOUTOUT_FORM,
        "Give a shoutout",
        "Send",
        [
            *notes(sentences),
            people_field("Who?", draft.people, hint="Whoever you name here hears of it."),
            *of_groups(frame),
            text_field(
                WORDS, "What did they do?", draft.words, example="for staying late so the customer could go live"
            ),
            text_field(CHANGE, "What changed because of it?", draft.change, example="For whom?", optional=True),
            *reach_fields(frame, draft, private="Only those I thank"),
        ],
        about=frame.packed(),
    )


def of_groups(frame: FormContext) -> list[Block]:
    if not frame.groups:
        return []
    return [context(f"And {count(frame.in_groups, 'person', 'people')} of the user group that you named.")]


def read_shoutout(answers: dict[str, Any], frame: FormContext) -> Draft:
    return Draft(
        words=answers.get(WORDS) or "",
        change=answers.get(CHANGE) or "",
        people=tuple(answers.get(PEOPLE) or ()),
        reach=read_reach(answers, frame),
    )
