"""Interactions by element ids, for user interfaces; tests use labels."""

from collections.abc import Mapping

from bot.slacksim import finding
from bot.slacksim.acting import Said
from bot.slacksim.errors import NotPossible
from bot.slacksim.forms import FIELDS, Values
from bot.slacksim.interacting import Interacting
from bot.slacksim.state import Content, Json, Message, View

Place = tuple[str, str]
"""block_id and action_id of an element."""


class OnScreen(Interacting):
    def entered(self, shown: Message | View) -> Values:
        """Return the input so far."""
        return self._values(shown)

    def enter(self, shown: Message | View, contents: Mapping[Place, Content]) -> None:
        """Fill in fields without telling the bot."""
        for place, content in contents.items():
            self._enter(shown, *finding.at(shown.blocks, *place), content)

    def use(self, shown: Message | View, place: Place, content: Content = None) -> Said | None:
        """Use an element that reports to the bot at once."""
        block, element = finding.at(shown.blocks, *place)
        if isinstance(shown, View):
            self._check_open(shown)
        if element["type"] in FIELDS:
            self._enter(shown, block, element, content)
            if block["type"] == "input" and not block.get("dispatch_action"):
                raise NotPossible("this is told with the whole form")
        return self._act(shown, block, element, content)

    def suggestions(self, shown: Message | View, place: Place, typed: str) -> list[Json]:
        """Return the bot's options for a search text, and remember them, so that one can be chosen."""
        block, element = finding.at(shown.blocks, *place)
        found = self._suggested(shown, block, element, typed)
        known = self.workspace.suggested.setdefault((self.user.id, element["action_id"]), {})
        known.update({option["value"]: option for option in found})
        return found

    def offered(self, element: Json) -> list[Json]:
        """Return the options that this person may choose: static ones, and those suggested to them."""
        drawn = [*finding.options_of(element), *(element.get("initial_options") or [])]
        preset = element.get("initial_option")
        suggested = self.workspace.suggested.get((self.user.id, element["action_id"]), {})
        return [*drawn, *([preset] if preset else []), *suggested.values()]

    def dismiss(self, message: Message) -> None:
        with self.workspace.lock:
            message.is_deleted = True
            self.workspace.ephemerals[self.user.id].remove(message)

    def _check_open(self, view: View) -> None:
        if view not in (self.home, self.modal):
            raise NotPossible("this form is closed")
