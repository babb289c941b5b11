"""Form for a congratulation."""

from typing import Any

from bot.celebrate.congratulating import blocks
from bot.celebrate.making.forms import text_field
from bot.celebrate.texts import suggestions as texts
from bot.core.blocks import form
from storage.celebrations.celebrations import Celebration

CONGRATULATE_FORM = "celebrate_congratulate_form"
WORDS = "celebrate_congratulation"


def congratulate_form(row: Celebration) -> dict[str, Any]:
    words = text_field(WORDS, texts.YOUR_WORDS(), "", example=texts.WORDS_EXAMPLE())
    return form(CONGRATULATE_FORM, texts.CONGRATS(), texts.POST(), [*blocks.in_form(row), words], about=str(row.id))
